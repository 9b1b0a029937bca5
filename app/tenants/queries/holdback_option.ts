import type { Trx } from '#app/core/transaction'
import TenantEntitlement from '#app/tenants/models/tenant_entitlement'

export interface HoldbackOption {
  /** "10.00" of what a payment releases. */
  percent: string
  days: number
}

/** What is held back of a tenant's payments that are released from now on; null: nothing. */
export async function holdbackOption(trx: Trx, tenantId: string): Promise<HoldbackOption | null> {
  const entitlement = await TenantEntitlement.query({ client: trx })
    .where('tenant_id', tenantId)
    .first()
  const { holdbackPercent: percent, holdbackDays: days } = entitlement ?? {}
  return percent && days ? { percent, days } : null
}
