import type Tenant from '#app/tenants/models/tenant'
import { clock } from '#app/core/clock'
import { narrowToSearch, type ReceivableSearch } from '#app/receivables/queries/receivable_search'
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

export interface ListInput {
  tenant: Tenant
  /** The stores that the member sees; null is all of them. */
  storeIds: string[] | null
  filter?: ListFilter
  storeId?: string
  customerId?: string
  /** The description, beginnings of the customer's words, a whole tax id, or an exact amount. */
  search?: ReceivableSearch
  /** Calendar days, both included. */
  dueFrom?: string
  dueUntil?: string
  /** The last row of the page before. */
  after?: string
  /** Rows of a page. */
  limit?: number
}

type Query = ReturnType<typeof Receivable.query>

/** A tenant's receivables, newest first, customers and stores loaded. */
export async function receivableList(input: ListInput) {
  const { tenant, after, limit = PAGE_SIZE } = input
  const query = Receivable.query()
    .where('tenant_id', tenant.id)
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .preload('customer')
    .preload('store')
  narrow(query, input)
  if (after) query.where('id', '<', after)
  const rows = await query
  const page = rows.slice(0, limit)
  return { receivables: page, next: rows.length > limit ? page[limit - 1].id : null }
}

/** So many are counted and summed; of more it is only said that there are more. */
export const MOST_COUNTED = 1000

export interface StateTotal {
  state: ReceivableState
  count: number
  amountMinor: number
}

/** Count and sum of each state over the filter; null when it has too many to be counted on a page. */
export async function receivableTotals(input: ListInput): Promise<StateTotal[] | null> {
  const query = Receivable.query()
    .where('tenant_id', input.tenant.id)
    .orderBy('id', 'desc')
    .limit(MOST_COUNTED + 1)
    .select('state', 'amount_minor')
  narrow(query, input)
  // Bare rows: a model for each would cost more than reading them.
  const rows = await query.pojo<{ state: ReceivableState; amount_minor: string | number }>()
  if (rows.length > MOST_COUNTED) return null
  const totals = new Map<ReceivableState, StateTotal>()
  for (const { state, amount_minor: raw } of rows) {
    const amountMinor = Number(raw)
    const total = totals.get(state) ?? { state, count: 0, amountMinor: 0 }
    totals.set(state, {
      state,
      count: total.count + 1,
      amountMinor: total.amountMinor + amountMinor,
    })
  }
  return listFilters.flatMap((state) => (state === 'overdue' ? [] : (totals.get(state) ?? [])))
}

function narrow(query: Query, input: ListInput): void {
  const { tenant, storeIds, filter, storeId, customerId, search, dueFrom, dueUntil } = input
  if (storeIds) query.whereIn('store_id', storeIds)
  if (storeId) query.where('store_id', storeId)
  if (customerId) query.where('customer_id', customerId)
  if (dueFrom) query.where('due_on', '>=', dueFrom)
  if (dueUntil) query.where('due_on', '<=', dueUntil)
  if (search) narrowToSearch(query, tenant, search)
  if (filter === 'overdue') {
    query.whereIn('state', ['open', 'partially_paid']).where('due_on', '<', today(tenant))
  } else if (filter) {
    query.where('state', filter)
  }
}

const today = (tenant: Tenant) => clock.today(tenant.timeZone)
