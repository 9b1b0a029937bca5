import db from '@adonisjs/lucid/services/db'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type Tenant from '#app/tenants/models/tenant'
import { clock } from '#app/core/clock'
import {
  idsMeant,
  narrowToNewest,
  searchHits,
  type ReceivableSearch,
} from '#app/receivables/queries/receivable_search'
import Customer from '#app/receivables/models/customer'
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

/** The last row of the page before. */
export interface ListCursor {
  id: string
  dueOn: string
}

export interface ListInput {
  tenant: Tenant
  /** The stores that the member sees; null is all of them. */
  storeIds: string[] | null
  filter?: ListFilter
  storeId?: string
  customerId?: string
  /**
   * Beginnings of words of the description, the reference or the customer, a whole tax id, or an
   * exact amount.
   */
  search?: ReceivableSearch
  /** Calendar days, both included. */
  dueFrom?: string
  dueUntil?: string
  after?: ListCursor
  /** Rows of a page. */
  limit?: number
}

/** So many are counted and summed; of more it is only said that there are more. */
export const MOST_COUNTED = 1000

export interface StateTotal {
  state: ReceivableState
  count: number
  amountMinor: number
}

type Hits = Awaited<ReturnType<typeof searchHits>> | null
type Query = ModelQueryBuilderContract<typeof Receivable>

const hitsOf = async ({ tenant, search }: ListInput): Promise<Hits> =>
  search ? searchHits(tenant, search) : null

/**
 * A tenant's receivables, customers and stores loaded: the newest first, or, when they are narrowed
 * by their due date, the earliest due.
 */
export async function receivableList(input: ListInput) {
  return pageOf(input, await hitsOf(input))
}

/** Count and sum of each state over the filter; null when it has too many to be counted on a page. */
export async function receivableTotals(input: ListInput): Promise<StateTotal[] | null> {
  return totalsOf(input, await hitsOf(input))
}

/** Both, searching once. */
export async function receivableListPage(input: ListInput) {
  const hits = await hitsOf(input)
  return { ...(await pageOf(input, hits)), totals: await totalsOf(input, hits) }
}

const isByDue = ({ filter, dueFrom, dueUntil }: ListInput) =>
  filter === 'overdue' || Boolean(dueFrom ?? dueUntil)

async function pageOf(input: ListInput, hits: Hits) {
  const { limit = PAGE_SIZE } = input
  const rows = await rowsOf(input, hits, limit + 1)
  const page = rows.slice(0, limit)
  return { receivables: page, next: rows.length > limit ? cursorAt(page.at(-1)!) : null }
}

async function rowsOf(input: ListInput, hits: Hits, count: number): Promise<Receivable[]> {
  if (isNothing(hits)) return []
  if (hits && 'among' in hits && !isByDue(input)) {
    const { tenant, after } = input
    const query = narrowed(input, null)
    narrowToNewest(query, { tenantId: tenant.id, before: after?.id, meaning: hits.among })
    const rows = await ordered(query, input, count)
    if (rows.length === count) return rows
  }
  return ordered(narrowed(input, hits), input, count)
}

function ordered(query: Query, input: ListInput, count: number): Query {
  const { after } = input
  query.limit(count).preload('customer').preload('store')
  if (isByDue(input)) {
    query.orderBy('due_on').orderBy('id')
    if (after) query.whereRaw('(due_on, id) > (?, ?)', [after.dueOn, after.id])
  } else {
    query.orderBy('id', 'desc')
    if (after) query.where('id', '<', after.id)
  }
  return query
}

const cursorAt = ({ id, dueOn }: Receivable): ListCursor => ({ id, dueOn })

const isNothing = (hits: Hits) => hits !== null && 'ids' in hits && hits.ids.length === 0

/** Counted by the database: a row for each receivable would cost more than reading them. */
async function totalsOf(input: ListInput, hits: Hits): Promise<StateTotal[] | null> {
  if (isNothing(hits)) return []
  // Found more than are counted, and nothing leaves any of them out.
  if (hits && 'among' in hits && !isNarrowedFurther(input)) return null
  const counted = narrowed(input, hits)
    .limit(MOST_COUNTED + 1)
    .select('state', 'amount_minor')
  const rows: Total[] = await db
    .query()
    .from(counted.as('counted'))
    .groupBy('state')
    .select('state')
    .count('* as count')
    .sum('amount_minor as amount')
  const totals = rows.map(({ state, count, amount }): StateTotal => ({
    ...{ state, count: Number(count), amountMinor: Number(amount) },
  }))
  if (totals.reduce((sum, { count }) => sum + count, 0) > MOST_COUNTED) return null
  const place = ({ state }: StateTotal) => listFilters.indexOf(state)
  return totals.sort((one, other) => place(one) - place(other))
}

const isNarrowedFurther = (input: ListInput) =>
  input.storeIds !== null ||
  Boolean(input.filter ?? input.storeId ?? input.customerId ?? input.dueFrom ?? input.dueUntil)

interface Total {
  state: ReceivableState
  count: number | string
  amount: number | string
}

/** As the index of it is written, so that the databases see that it fits. */
const UNSETTLED = `state in ('open', 'partially_paid')`

function narrowed(input: ListInput, hits: Hits): Query {
  const { tenant, storeIds, filter, storeId, customerId, dueFrom, dueUntil } = input
  const query = Receivable.query().where('tenant_id', tenant.id)
  if (storeIds) query.whereIn('store_id', storeIds)
  if (storeId) query.where('store_id', storeId)
  if (customerId) query.where('customer_id', customerId)
  if (dueFrom) query.where('due_on', '>=', dueFrom)
  if (dueUntil) query.where('due_on', '<=', dueUntil)
  if (filter === 'overdue') query.whereRaw(UNSETTLED).where('due_on', '<', today(tenant))
  else if (filter) query.where('state', filter)
  if (hits) narrowToHits(query, tenant, hits)
  return query
}

function narrowToHits(query: Query, { id: tenantId }: Tenant, hits: NonNullable<Hits>) {
  if ('ids' in hits) query.whereIn('id', hits.ids)
  else if ('among' in hits) query.whereIn('id', idsMeant(tenantId, hits.among)!)
  else {
    const { taxIdIndexes } = hits
    const customers = Customer.query().where('tenant_id', tenantId)
    query.whereIn('customer_id', customers.whereIn('tax_id_index', taxIdIndexes).select('id'))
  }
}

const today = (tenant: Tenant) => clock.today(tenant.timeZone)
