import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'

/** What the tenant calls one of its accounts. */
export class RenameConnection {
  async handle(input: { tenantId: string; id: string; label: string; actor: Actor }) {
    const { tenantId, id, label, actor } = input
    await transaction(async (trx) => {
      const connection = await TenantGatewayConfig.locked({ tenantId, id }, trx)
      const before = connection.label
      if (before === label) return
      await connection.merge({ label }).save()
      await recordAudit(trx, {
        actor,
        action: 'connection.renamed',
        subject: { type: 'connection', id },
        tenantId,
        details: { before, after: label },
      })
    })
  }
}
