import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { transaction, type Trx } from '#app/core/transaction'
import { open } from '#app/core/vault'
import { verifierPurpose } from '#app/gateway/actions/begin_connection'
import { RefreshAccountMethods } from '#app/gateway/actions/refresh_account_methods'
import { connectAccount, hindrance, type Connected } from '#app/gateway/connect_account'
import { sealChoice } from '#app/gateway/connection_choice'
import { mercadoPago, type ProviderUser } from '#app/gateway/mercado_pago'
import ConnectionAttempt, {
  fingerprint,
  type AttemptReason,
} from '#app/gateway/models/connection_attempt'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { ProviderRefused, ProviderUnreadable } from '#app/gateway/provider_errors'
import { mayConnect } from '#app/gateway/queries/connection_rights'
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

interface Brought {
  grant: Grant
  user: ProviderUser
}

const CHOICE_LIFE = { minutes: 10 }

/**
 * What consent came back with. The attempt is used up before anything is asked, so that no answer
 * counts twice and nothing but the row's own ending is changed when something is wrong.
 */
export class CompleteConnection {
  /** @returns the attempt as it ended; null for a state that nobody gave out */
  async handle(input: CompleteInput): Promise<ConnectionAttempt | null> {
    const taken = await transaction((trx) => this.#take(trx, input))
    if (!taken || !taken.verifier) return taken?.attempt ?? null
    const { attempt, verifier } = taken
    const brought = await this.#ask(verifier, input)
    const outcome = await transaction((trx) =>
      'reason' in brought
        ? this.#end(trx, attempt, brought.reason, input)
        : this.#keep(trx, attempt, brought, input)
    )
    if (outcome) await new RefreshAccountMethods().refresh(outcome.connection)
    return attempt
  }

  /** Without a verifier the attempt has ended here, or long before. */
  async #take(trx: Trx, input: CompleteInput) {
    // tenant: the callback names none; the attempt's state says which it is
    const attempt = await ConnectionAttempt.query({ client: trx })
      .where('state_hash', fingerprint(input.state))
      .forUpdate()
      .first()
    if (!attempt || attempt.state !== 'pending') return attempt && { attempt }
    const verifier = open<string>(attempt.verifierCiphertext!, verifierPurpose(attempt))
    const reason = await this.#hindrance(trx, attempt, input)
    if (reason) {
      await this.#end(trx, attempt, reason, input)
      return { attempt }
    }
    // Until the provider has answered; so it stays if this process dies meanwhile.
    await attempt.end('refused', 'interrupted').save()
    return { attempt, verifier }
  }

  async #hindrance(
    trx: Trx,
    attempt: ConnectionAttempt,
    input: CompleteInput
  ): Promise<AttemptReason | null> {
    if (!attempt.belongsTo(input)) return 'another_session'
    if (attempt.isOver) return 'expired'
    if (!(await mayConnect(attempt, trx))) return 'not_owner'
    return input.isDenied ? 'denied' : null
  }

  async #ask(
    verifier: string,
    { exchange }: CompleteInput
  ): Promise<Brought | { reason: AttemptReason }> {
    try {
      const grant = await exchange(verifier)
      const user = await mercadoPago.whoIs(grant.accessToken)
      const isSame = grant.userId === null || grant.userId === user.collectorId
      return isSame ? { grant, user } : { reason: 'unreadable' }
    } catch (error) {
      return { reason: reasonOf(error) }
    }
  }

  async #end(
    trx: Trx,
    attempt: ConnectionAttempt,
    reason: AttemptReason,
    { actor }: CompleteInput
  ): Promise<null> {
    const state = reason === 'expired' ? 'expired' : 'refused'
    await attempt.useTransaction(trx).end(state, reason).save()
    await recordAudit(trx, {
      actor,
      action: 'connection.not_connected',
      subject: { type: 'connection_attempt', id: attempt.id },
      tenantId: attempt.tenantId,
      details: { reason },
    })
    return null
  }

  /** @returns null when nothing was connected: another's account, or one that must be chosen */
  async #keep(
    trx: Trx,
    attempt: ConnectionAttempt,
    brought: Brought,
    input: CompleteInput
  ): Promise<Connected | null> {
    const { tenantId, label, connectionId, userId } = attempt.useTransaction(trx)
    const former = connectionId
      ? await TenantGatewayConfig.of({ tenantId, id: connectionId }, trx)
      : null
    if (former && former.mpUserId !== brought.user.collectorId) {
      const reason = await hindrance(trx, tenantId, brought.user)
      if (reason) return this.#end(trx, attempt, reason, input)
      return this.#letChoose(trx, attempt, brought, input)
    }
    const { actor } = input
    const outcome = await connectAccount(trx, { ...brought, tenantId, label, userId, actor })
    if ('reason' in outcome) return this.#end(trx, attempt, outcome.reason, input)
    attempt.connectionId = outcome.connection.id
    await attempt.end('completed').save()
    return outcome
  }

  /** Nothing is swapped in silence: whoever answers sees both accounts. */
  async #letChoose(
    trx: Trx,
    attempt: ConnectionAttempt,
    brought: Brought,
    { actor }: CompleteInput
  ): Promise<null> {
    attempt.merge({ state: 'to_choose', reason: null, endedAt: null })
    attempt.expiresAt = clock.now().plus(CHOICE_LIFE)
    attempt.grantCiphertext = sealChoice(attempt, brought)
    await attempt.save()
    await recordAudit(trx, {
      actor,
      action: 'connection.account_differs',
      subject: { type: 'connection_attempt', id: attempt.id },
      tenantId: attempt.tenantId,
      details: { connectionId: attempt.connectionId, mpUserId: brought.user.collectorId },
    })
    return null
  }
}

function reasonOf(error: unknown): AttemptReason {
  if (error instanceof ProviderUnreadable) return 'unreadable'
  if (!(error instanceof ProviderRefused)) return 'not_answered'
  return error.code === 'invalid_client' ? 'application_refused' : 'code_refused'
}
