import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { transaction } from '#app/core/transaction'
import { ConnectionLeaving } from '#app/gateway/gateway_errors'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'

/**
 * No new charges on a connection from this moment on. Its tokens stay while charges on it can still
 * be paid: whoever knows them calls EndConnection.
 */
export class Disconnect {
  /** @throws ConnectionLeaving when it was disconnected before */
  async handle({ tenantId, id, actor }: { tenantId: string; id: string; actor: Actor }) {
    await transaction(async (trx) => {
      const connection = await TenantGatewayConfig.locked({ tenantId, id }, trx)
      const { label } = connection
      if (connection.isLeaving) throw new ConnectionLeaving({ label })
      await connection.moveTo('disconnecting').merge({ disconnectingAt: clock.now() }).save()
      await recordAudit(trx, {
        actor,
        action: 'connection.disconnecting',
        subject: { type: 'connection', id },
        tenantId,
      })
    })
  }
}
