import { recordAudit } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { transaction } from '#app/core/transaction'
import { TellOfConnection } from '#app/gateway/actions/tell_of_connection'
import { NoCredential } from '#app/gateway/gateway_errors'
import { mercadoPago } from '#app/gateway/mercado_pago'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { ProviderCredentialRefused, ProviderError } from '#app/gateway/provider_errors'
import type { AccountRef, ConnectionRef } from '#app/gateway/provider'
import { tokenKeeper } from '#app/gateway/token_keeper'

/** `not_answered`: nobody knows. `another_account`: money would land with someone else. */
export type CheckOutcome = 'well' | 'refused' | 'another_account' | 'not_answered'

/** Asks the provider who the account is, with its own token: the cheapest call that proves it. */
export async function verify(ref: AccountRef, collectorId: string): Promise<CheckOutcome> {
  try {
    const answered = await mercadoPago.on(ref).ownId()
    return answered === collectorId ? 'well' : 'another_account'
  } catch (error) {
    if (error instanceof NoCredential || error instanceof ProviderCredentialRefused) {
      return 'refused'
    }
    if (error instanceof ProviderError) return 'not_answered'
    throw error
  }
}

/** Proves one connection by a real call, keeps what came of it, and tells who must know. */
export class CheckConnection {
  /** @throws Undecryptable */
  async handle({ ref, mpUserId }: TenantGatewayConfig): Promise<CheckOutcome> {
    const outcome = await verify(ref, mpUserId)
    await this.#keep(ref, outcome)
    await new TellOfConnection().handle({ connectionId: ref.id }, ref)
    return outcome
  }

  #keep(ref: ConnectionRef, outcome: CheckOutcome): Promise<void> {
    return transaction(async (trx) => {
      const connection = await TenantGatewayConfig.locked(ref, trx)
      if (outcome !== 'not_answered') connection.checkedAt = clock.now()
      if (outcome !== 'another_account' || connection.tokenRefusedAt) {
        await connection.save()
        return
      }
      connection.merge({ tokenRefusedAt: clock.now(), lastFailureAt: clock.now() })
      connection.merge({ lastFailure: outcome })
      if (connection.state === 'connected') connection.moveTo('needs_reauthorization')
      await connection.save()
      tokenKeeper.forget(ref)
      await recordAudit(trx, {
        actor: { kind: 'worker' },
        action: 'connection.another_account',
        subject: { type: 'connection', id: ref.id },
        tenantId: ref.tenantId,
      })
    })
  }
}
