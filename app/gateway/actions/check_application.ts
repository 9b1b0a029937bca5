import { isApplicationAccepted } from '#app/gateway/adapter/oauth_calls'
import { ApplicationNotSet } from '#app/gateway/gateway_errors'
import { callbackUrl } from '#app/gateway/oauth/mercado_pago_driver'
import { ProviderError } from '#app/gateway/provider_errors'

export type Verdict = 'accepted' | 'refused' | 'not_set' | 'not_answered'

/** Asks the provider whether it accepts the application's id and secret; nothing is changed. */
export class CheckApplication {
  async handle(): Promise<Verdict> {
    try {
      return (await isApplicationAccepted(callbackUrl)) ? 'accepted' : 'refused'
    } catch (error) {
      if (error instanceof ApplicationNotSet) return 'not_set'
      if (error instanceof ProviderError) return 'not_answered'
      throw error
    }
  }
}
