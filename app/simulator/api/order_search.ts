import type { Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { ORDER_STATUSES, ORDER_TYPES } from '../orders/order.js'
import { OrderRefusal } from '../orders/order_refusal.js'
import { parseZoned } from '../time.js'
import { authenticated } from './api_call.js'
import { orderView } from './order_view.js'

const DEFAULT_PAGE_SIZE = 20
const MAX_PAGE_SIZE = 100
const MAX_PAGE = 10_000

const FILTERS: Record<string, { column: string; allowed?: readonly string[] }> = {
  external_reference: { column: 'external_reference' },
  type: { column: 'type', allowed: ORDER_TYPES },
  status: { column: 'status', allowed: ORDER_STATUSES },
  status_detail: { column: 'status_detail' },
  payment_method_id: { column: 'method_id' },
  payment_method_type: { column: 'method_type' },
}

const SORTED_BY: Record<string, string> = {
  created_date: 'created_at',
  last_updated_date: 'updated_at',
}

function invalid(name: string): OrderRefusal {
  return new OrderRefusal('invalid_search_params', [name])
}

function wholeNumber(call: Call, name: string, fallback: number, max: number): number {
  const text = call.query.get(name)
  if (!text) return fallback
  if (!/^\d{1,6}$/.test(text) || Number(text) < 1 || Number(text) > max) throw invalid(name)
  return Number(text)
}

/** Throws OrderRefusal required_search_params or invalid_search_params. */
function readDates(call: Call): number[] {
  const names = ['begin_date', 'end_date']
  const missing = names.filter((name) => !call.query.get(name))
  if (missing.length > 0) throw new OrderRefusal('required_search_params', missing)
  return names.map((name) => {
    // A plus sign that nobody escaped reaches us as a space.
    const at = parseZoned(call.query.get(name)!.replace(' ', '+'))
    if (at === null) throw invalid(name)
    return at
  })
}

function readFilters(call: Call): [column: string, value: string][] {
  return Object.entries(FILTERS).flatMap(([name, { column, allowed }]) => {
    const value = call.query.get(name)
    if (!value) return []
    if (allowed && !allowed.includes(value)) throw invalid(name)
    return [[column, value] as [string, string]]
  })
}

function readOrder(call: Call): string {
  const name = call.query.get('sort_by') || 'created_date'
  const direction = call.query.get('sort_order') || 'desc'
  if (!Object.hasOwn(SORTED_BY, name)) throw invalid('sort_by')
  if (!['asc', 'desc'].includes(direction)) throw invalid('sort_order')
  return `${SORTED_BY[name]} ${direction}, position ${direction}`
}

/** A page of the seller's orders; the numbers of `paging` are text. */
export const searchOrders: Handler = (sim, call) => {
  const { id } = authenticated(sim, call)
  const dates = readDates(call)
  const filters = readFilters(call)
  const limit = wholeNumber(call, 'page_size', DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE)
  const offset = (wholeNumber(call, 'page', 1, MAX_PAGE) - 1) * limit
  const equal = filters.map(([column]) => ` and ${column} = ?`).join('')
  const where = `account_id = ? and created_at >= ? and created_at <= ?${equal}`
  const values = [id, ...dates, ...filters.map(([, value]) => value)]
  const found = sim.orders.search(where, values, readOrder(call), limit, offset)
  return json(200, {
    data: found.orders.map((order) => orderView(sim, order)),
    paging: {
      total: String(found.total),
      total_pages: String(Math.ceil(found.total / limit)),
      offset: String(offset),
      limit: String(limit),
    },
  })
}
