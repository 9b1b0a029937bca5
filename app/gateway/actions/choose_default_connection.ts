import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import { ConnectionLeaving, ConnectionNeedsReauthorization } from '#app/gateway/gateway_errors'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import Tenant from '#app/tenants/models/tenant'

/** The connection that serves every store which chose none. */
export class ChooseDefaultConnection {
  /** @throws ConnectionLeaving; ConnectionNeedsReauthorization: the stores would stop with it */
  async handle({ tenantId, id, actor }: { tenantId: string; id: string; actor: Actor }) {
    await transaction(async (trx) => {
      // Two at once would each find the other's default.
      await Tenant.query({ client: trx }).where('id', tenantId).forUpdate().firstOrFail()
      const connection = await TenantGatewayConfig.locked({ tenantId, id }, trx)
      const { label } = connection
      if (connection.isDefault) return
      if (connection.isLeaving) throw new ConnectionLeaving({ label })
      if (!connection.maySell) throw new ConnectionNeedsReauthorization({ label })
      const former = await TenantGatewayConfig.query({ client: trx })
        .where({ tenant_id: tenantId, is_default: true })
        .first()
      await former?.merge({ isDefault: false }).save()
      await connection.merge({ isDefault: true }).save()
      await recordAudit(trx, {
        actor,
        action: 'connection.made_default',
        subject: { type: 'connection', id },
        tenantId,
        details: { former: former?.id ?? null },
      })
    })
  }
}
