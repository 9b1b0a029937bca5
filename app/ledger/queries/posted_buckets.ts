import type { Trx } from '#app/core/transaction'
import { bucketsOf, type Buckets } from '#app/ledger/posting'

/** What a tenant has by its entries: what its balance must say. */
export async function postedBuckets(
  trx: Trx,
  tenantId: string,
  currency: string
): Promise<Buckets> {
  const rows = await trx
    .from('ledger_entries')
    .where({ tenant_id: tenantId, currency })
    .select('account')
    .sum('amount_minor as amount_minor')
    .groupBy('account')
  return bucketsOf(
    rows.map(({ account, amount_minor: minor }) => ({ account, amountMinor: Number(minor) }))
  )
}
