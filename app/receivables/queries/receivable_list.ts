import type Tenant from '#app/tenants/models/tenant'
import { clock } from '#app/core/clock'
import Receivable from '#app/receivables/models/receivable'
import type { ReceivableState } from '#app/receivables/receivable_states'

export const PAGE_SIZE = 30

/** What the list can be narrowed to; `overdue` is derived, not stored. */
export const listFilters = [
  'overdue',
  'open',
  'draft',
  'partially_paid',
  'paid',
  'overpaid',
  'partially_refunded',
  'refunded',
  'charged_back',
  'cancelled',
] as const satisfies ('overdue' | ReceivableState)[]

export type ListFilter = (typeof listFilters)[number]

interface ListInput {
  tenant: Tenant
  /** The stores that the member sees; null is all of them. */
  storeIds: string[] | null
  filter?: ListFilter
  storeId?: string
  customerId?: string
  /** The last row of the page before. */
  after?: string
}

/** A tenant's receivables, newest first, customers and stores loaded. */
export async function receivableList(input: ListInput) {
  const { tenant, storeIds, filter, storeId, customerId, after } = input
  const query = Receivable.query()
    .where('tenant_id', tenant.id)
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
    .preload('customer')
    .preload('store')
  if (storeIds) query.whereIn('store_id', storeIds)
  if (storeId) query.where('store_id', storeId)
  if (customerId) query.where('customer_id', customerId)
  if (after) query.where('id', '<', after)
  if (filter === 'overdue') {
    query.whereIn('state', ['open', 'partially_paid']).where('due_on', '<', today(tenant))
  } else if (filter) {
    query.where('state', filter)
  }
  const rows = await query
  const page = rows.slice(0, PAGE_SIZE)
  return { receivables: page, next: rows.length > PAGE_SIZE ? page[PAGE_SIZE - 1].id : null }
}

const today = (tenant: Tenant) => clock.today(tenant.timeZone)
