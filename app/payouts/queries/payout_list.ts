import Payout, { type PayoutState } from '#app/payouts/models/payout'

export const PAGE_SIZE = 30

interface ListInput {
  /** Without one: those of all tenants, for the back office. */
  tenantId?: string
  states?: readonly PayoutState[]
  /** The last row of the page before. */
  after?: string
}

/** Payouts, the newest first, with where they go and whose they are. */
export async function payoutList({ tenantId, states, after }: ListInput) {
  // tenant: named below for a tenant's own page; the back office sees all.
  const query = Payout.query()
    .preload('destination')
    .preload('tenant')
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
  if (tenantId) query.where('tenant_id', tenantId)
  if (states) query.whereIn('state', [...states])
  if (after) query.where('id', '<', after)
  const rows = await query
  const payouts = rows.slice(0, PAGE_SIZE)
  return { payouts, next: rows.length > PAGE_SIZE ? payouts[PAGE_SIZE - 1].id : null }
}

/** One payout with where it goes and whose it is; null when that tenant has none of this id. */
export async function findPayout(id: string, tenantId?: string): Promise<Payout | null> {
  // tenant: named below for a tenant's own page; the back office sees all.
  const query = Payout.query().where('id', id).preload('destination').preload('tenant')
  if (tenantId) query.where('tenant_id', tenantId)
  return query.first()
}
