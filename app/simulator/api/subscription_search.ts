import type { Call } from '../http/call.js'
import { invalid } from '../subscriptions/subscription_refusal.js'

const DEFAULT_LIMIT = 20
const MAX_LIMIT = 100
const MAX_OFFSET = 10_000

export interface Conditions {
  where: string
  values: unknown[]
}

function wholeNumber(call: Call, name: string, fallback: number, max: number): number {
  const text = call.query.get(name)
  if (text === null || text === '') return fallback
  if (!/^\d{1,9}$/.test(text) || Number(text) > max) throw invalid(`Invalid value for ${name}`)
  return Number(text)
}

/** Throws SubscriptionRefusal. */
export function readPage(call: Call): { limit: number; offset: number } {
  return {
    limit: wholeNumber(call, 'limit', DEFAULT_LIMIT, MAX_LIMIT),
    offset: wholeNumber(call, 'offset', 0, MAX_OFFSET),
  }
}

/** Rows of this seller that equal what was asked for; several values of a status stand with commas between. */
export function readFilters(
  call: Call,
  accountId: number,
  columns: Record<string, string>
): Conditions {
  const given = Object.entries(columns).filter(([name]) => call.query.get(name))
  const parts = given.map(([name, column]) => {
    const values = call.query.get(name)!.split(',')
    return { sql: ` and ${column} in (${values.map(() => '?').join(', ')})`, values }
  })
  return {
    where: `account_id = ?${parts.map(({ sql }) => sql).join('')}`,
    values: [accountId, ...parts.flatMap(({ values }) => values)],
  }
}

/** Free text, anywhere in the columns. */
export function addFreeText(conditions: Conditions, call: Call, columns: string[]): Conditions {
  const text = call.query.get('q')
  if (!text) return conditions
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const parts = columns.map((column) => `${column} like ? escape '\\'`)
  return {
    where: `${conditions.where} and (${parts.join(' or ')})`,
    values: [...conditions.values, ...columns.map(() => pattern)],
  }
}

/** Throws SubscriptionRefusal. */
export function orderBy(field: string, direction: string, fields: readonly string[]): string {
  const isKnown = fields.includes(field) && ['asc', 'desc'].includes(direction.toLowerCase())
  if (!isKnown) throw invalid('Invalid value for sort')
  return `${field} ${direction}, position ${direction}`
}
