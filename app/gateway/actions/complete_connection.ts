import type { Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import { open } from '#app/core/vault'
import { clock } from '#app/core/clock'
import { fingerprint, verifierPurpose } from '#app/gateway/actions/begin_connection'
import { RefreshAccountMethods } from '#app/gateway/actions/refresh_account_methods'
import { connectAccount, type Connected } from '#app/gateway/connect_account'
import { sealChoice } from '#app/gateway/connection_choice'
import { mercadoPago, type ProviderUser } from '#app/gateway/mercado_pago'
import ConnectionAttempt, { type AttemptReason } from '#app/gateway/models/connection_attempt'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { ProviderRefused } from '#app/gateway/provider_errors'
import type { Grant } from '#app/gateway/tokens/grant'

interface CompleteInput {
  /** As it came back from the provider. */
  state: string
  userId: string
  sessionId: string
  /** The owner said no. */
  isDenied: boolean
  /** Asks for the tokens, with the verifier that the attempt kept. */
  exchange: (verifier: string) => Promise<Grant>
  actor: Actor
}

const CHOICE_LIFE = { minutes: 10 }

/**
 * What consent came back with. The attempt is used up before anything is asked, so that no answer
 * counts twice and nothing but the row's own ending is changed when something is wrong.
 */
export class CompleteConnection {
  /** @returns the attempt as it ended; null for a state that nobody gave out */
  async handle(input: CompleteInput): Promise<ConnectionAttempt | null> {
    const taken = await this.#take(input)
    if (!taken || !taken.verifier) return taken?.attempt ?? null
    const { attempt, verifier } = taken
    const brought = await this.#ask(verifier, input)
    if ('reason' in brought) return this.#end(attempt, brought.reason)
    const outcome = await transaction((trx) =>
      this.#keep(attempt.useTransaction(trx), brought, input)
    )
    if (outcome) await new RefreshAccountMethods().refresh(outcome.connection)
    return attempt
  }

  /** Without a verifier the attempt has ended here, or long before. */
  #take({ state, userId, sessionId, isDenied }: CompleteInput) {
    return transaction(async (trx) => {
      // tenant: the callback names none; the attempt's state says which it is
      const attempt = await ConnectionAttempt.query({ client: trx })
        .where('state_hash', fingerprint(state))
        .forUpdate()
        .first()
      if (!attempt || attempt.state !== 'pending') return attempt && { attempt }
      const isSame = attempt.userId === userId && attempt.sessionHash === fingerprint(sessionId)
      const ciphertext = attempt.verifierCiphertext!
      if (!isSame) attempt.end('refused', 'another_session')
      else if (attempt.isOver) attempt.end('expired', 'expired')
      else if (isDenied) attempt.end('refused', 'denied')
      // Until the provider has answered; so it stays if this process dies meanwhile.
      else attempt.end('refused', 'not_answered')
      await attempt.save()
      if (attempt.reason !== 'not_answered') return { attempt }
      return { attempt, verifier: open<string>(ciphertext, verifierPurpose(attempt)) }
    })
  }

  async #ask(verifier: string, { exchange }: CompleteInput): Promise<Brought> {
    try {
      const grant = await exchange(verifier)
      const user = await mercadoPago.whoIs(grant.accessToken)
      const isSame = grant.userId === null || grant.userId === user.collectorId
      return isSame ? { grant, user } : { reason: 'unreadable' }
    } catch (error) {
      return { reason: error instanceof ProviderRefused ? 'code_refused' : 'not_answered' }
    }
  }

  async #end(attempt: ConnectionAttempt, reason: AttemptReason): Promise<ConnectionAttempt> {
    return attempt.end('refused', reason).save()
  }

  /** @returns null when nothing was connected: another's account, or one that must be chosen */
  async #keep(
    attempt: ConnectionAttempt,
    brought: { grant: Grant; user: ProviderUser },
    { actor }: CompleteInput
  ): Promise<Connected | null> {
    const { tenantId, label, connectionId, userId } = attempt
    const former = connectionId
      ? await TenantGatewayConfig.of({ tenantId, id: connectionId }, attempt.$trx)
      : null
    if (former && former.mpUserId !== brought.user.collectorId) {
      attempt.state = 'to_choose'
      attempt.reason = null
      attempt.endedAt = null
      attempt.expiresAt = clock.now().plus(CHOICE_LIFE)
      attempt.grantCiphertext = sealChoice(attempt, brought)
      await attempt.save()
      return null
    }
    const outcome = await connectAccount(attempt.$trx!, {
      ...brought,
      ...{ tenantId, label, userId, actor },
    })
    if ('reason' in outcome) await attempt.end('refused', outcome.reason).save()
    else {
      attempt.connectionId = outcome.connection.id
      await attempt.end('completed').save()
    }
    return 'reason' in outcome ? null : outcome
  }
}

type Brought = { grant: Grant; user: ProviderUser } | { reason: AttemptReason }
