import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import TenantEntitlement from '#app/tenants/models/tenant_entitlement'

interface SetTenantFeeInput {
  tenantId: string
  /** "2.50"; null is the platform's default. */
  percent: string | null
  actor: Actor
}

/** What the platform keeps of this tenant's sales from now on; charges that were issued keep theirs. */
export class SetTenantFee {
  handle({ tenantId, percent, actor }: SetTenantFeeInput): Promise<void> {
    return transaction(async (trx) => {
      const entitlement = await TenantEntitlement.query({ client: trx })
        .where('tenant_id', tenantId)
        .forUpdate()
        .firstOrFail()
      const before = entitlement.platformFeePercent
      if (before === percent) return
      await entitlement.merge({ platformFeePercent: percent }).useTransaction(trx).save()
      await recordAudit(trx, {
        actor,
        action: 'tenant.fee_changed',
        subject: { type: 'tenant', id: tenantId },
        tenantId,
        details: { before, after: percent },
      })
    })
  }
}
