import type { Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { authenticated } from './api_call.js'
import { ApiError } from './api_error.js'
import { paymentView } from './payment_view.js'
import { searchDate } from './search_dates.js'

const DEFAULT_LIMIT = 30
const MAX_LIMIT = 100
const MAX_OFFSET = 10_000

const DATE_FIELDS = ['date_created', 'date_approved', 'date_last_updated', 'money_release_date']
const FILTERS = {
  'id': 'id',
  'status': 'status',
  'external_reference': 'external_reference',
  'payer.id': 'payer_id',
  'collector.id': 'collector_id',
  // No payment here was made at a store.
  'store_id': 'null',
  'pos_id': 'null',
}

/** What is older is not found any more. */
const REACH = 'NOW-12MONTHS'

interface Conditions {
  where: string
  values: unknown[]
}

/** Throws ApiError 1 or 1000. */
export function wholeNumber(call: Call, name: string, fallback: number, max: number): number {
  const text = call.query.get(name)
  if (text === null || text === '') return fallback
  if (!/^\d+$/.test(text)) throw new ApiError(1, `[${name}]`)
  if (Number(text) > max) throw new ApiError(1000)
  return Number(text)
}

function dateConditions(call: Call, now: number): Conditions {
  const column = call.query.get('range') || 'date_created'
  if (!DATE_FIELDS.includes(column)) throw new ApiError(1, '[range]')
  const bounds = [
    ['begin_date', '>='],
    ['end_date', '<='],
  ] as const
  const given = bounds.filter(([name]) => call.query.get(name))
  const values = given.map(([name]) => {
    const at = searchDate(call.query.get(name)!, now)
    if (at === null) throw new ApiError(1001, `[${name}]`)
    return at
  })
  const where = given.map(([, operator]) => ` and ${column} ${operator} ?`).join('')
  return { where, values }
}

function conditionsOf(call: Call, accountId: number, now: number): Conditions {
  const filters = Object.entries(FILTERS).filter(([name]) => call.query.get(name))
  const equal = filters.map(([, column]) => ` and ${column} = ?`).join('')
  const dates = dateConditions(call, now)
  const values = filters.map(([name]) => call.query.get(name))
  return {
    // The plus keeps the reach from choosing the index: what is asked for is narrower.
    where: `collector_id = ? and +date_created >= ?${equal}${dates.where}`,
    values: [accountId, searchDate(REACH, now), ...values, ...dates.values],
  }
}

function orderOf(call: Call): string {
  const column = call.query.get('sort') || 'date_created'
  const direction = (call.query.get('criteria') || 'desc').toLowerCase()
  if (![...DATE_FIELDS, 'id'].includes(column)) throw new ApiError(1, '[sort]')
  if (!['asc', 'desc'].includes(direction)) throw new ApiError(1, '[criteria]')
  // A range of another date is narrower than all of them in order.
  const range = call.query.get('begin_date') ? call.query.get('range') || 'date_created' : column
  const plus = range === column ? '' : '+'
  return `${plus}${column} ${direction}, ${plus}id ${direction}`
}

export const searchPayments: Handler = (sim, call) => {
  const account = authenticated(sim, call)
  const { where, values } = conditionsOf(call, account.id, sim.clock.now())
  const limit = wholeNumber(call, 'limit', DEFAULT_LIMIT, MAX_LIMIT)
  const offset = wholeNumber(call, 'offset', 0, MAX_OFFSET)
  const found = sim.payments.search(where, values, orderOf(call), limit, offset)
  return json(200, {
    paging: { total: found.total, limit, offset },
    results: found.payments.map((payment) => paymentView(sim, payment)),
  })
}
