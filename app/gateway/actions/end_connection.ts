import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { transaction } from '#app/core/transaction'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { tokenKeeper } from '#app/gateway/token_keeper'
import { destroyedColumns } from '#app/gateway/tokens/sealed_tokens'

interface EndInput {
  tenantId: string
  id: string
  /** "nothing_open", "time_over" or "at_once". */
  reason: string
  actor: Actor
}

/** Destroys the tokens of a connection that is being disconnected. Its row stays. */
export class EndConnection {
  /** @returns false when it is not being disconnected, or not any more */
  async handle({ tenantId, id, reason, actor }: EndInput): Promise<boolean> {
    const ended = await transaction(async (trx) => {
      const connection = await TenantGatewayConfig.locked({ tenantId, id }, trx)
      if (connection.state !== 'disconnecting') return false
      connection.merge(destroyedColumns(connection)).moveTo('disconnected')
      await connection.merge({ disconnectedAt: clock.now() }).save()
      await recordAudit(trx, {
        actor,
        action: 'connection.disconnected',
        subject: { type: 'connection', id },
        tenantId,
        details: { reason },
      })
      return true
    })
    if (ended) tokenKeeper.forget({ kind: 'connection', tenantId, id })
    return ended
  }
}
