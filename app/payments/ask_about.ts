import { TryAgain, type Notification, type Verdict } from '#app/core/work/contracts'
import { NoCredential } from '#app/gateway/gateway_errors'
import { ProviderBusy, ProviderNotFound } from '#app/gateway/provider_errors'
import { isGivenUp } from '#app/payments/patience'

/**
 * Asks the provider for what a notification points at.
 * @throws TryAgain, ProviderError: again later
 */
export async function askAbout<Answer>(
  notification: Notification,
  ask: () => Promise<Answer>
): Promise<{ answer: Answer } | { verdict: Verdict }> {
  try {
    return { answer: await ask() }
  } catch (error) {
    if (error instanceof NoCredential) return ignored('no_credential')
    if (error instanceof ProviderBusy) {
      throw new TryAgain('provider_busy', error.retryAfterSeconds ?? undefined)
    }
    if (!(error instanceof ProviderNotFound)) throw error
    // A notification may come before what it speaks of can be read.
    if (await isGivenUp(notification)) return ignored('not_found')
    throw new TryAgain('not_found')
  }
}

export const ignored = (reason: string): { verdict: Verdict } => ({
  verdict: { state: 'ignored', reason },
})
