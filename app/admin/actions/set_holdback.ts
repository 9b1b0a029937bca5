import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import TenantEntitlement from '#app/tenants/models/tenant_entitlement'

interface SetHoldbackInput {
  tenantId: string
  /** "10.00" of what is released, for so many days; null: nothing is held back. */
  holdback: { percent: string; days: number } | null
  actor: Actor
}

/** What is held back of this tenant's payments from now on; what is held already stays as it is. */
export class SetHoldback {
  handle({ tenantId, holdback, actor }: SetHoldbackInput): Promise<void> {
    return transaction(async (trx) => {
      const entitlement = await TenantEntitlement.query({ client: trx })
        .where('tenant_id', tenantId)
        .forUpdate()
        .firstOrFail()
      const { holdbackPercent, holdbackDays } = entitlement
      const after = {
        holdbackPercent: holdback?.percent ?? null,
        holdbackDays: holdback?.days ?? null,
      }
      if (after.holdbackPercent === holdbackPercent && after.holdbackDays === holdbackDays) return
      await entitlement.merge(after).useTransaction(trx).save()
      await recordAudit(trx, {
        actor,
        action: 'tenant.holdback_changed',
        subject: { type: 'tenant', id: tenantId },
        tenantId,
        details: { before: { holdbackPercent, holdbackDays }, after },
      })
    })
  }
}
