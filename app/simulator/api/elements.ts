import type { Call } from '../http/call.js'
import { NamedRefusal } from '../preferences/preference_refusal.js'
import { searchDate } from './search_dates.js'

const DEFAULT_LIMIT = 30
const MAX_LIMIT = 100
const MAX_OFFSET = 10_000

/** How the older searches refuse whatever they cannot read. */
export function invalidQuery(): NamedRefusal {
  return new NamedRefusal('ds_search_query', 'invalid query.')
}

function count(call: Call, name: string, fallback: number, max: number): number {
  const text = call.query.get(name)
  if (text === null || text === '') return fallback
  if (!/^\d{1,9}$/.test(text) || Number(text) > max) throw invalidQuery()
  return Number(text)
}

/** Which page of a search is asked for. Throws NamedRefusal. */
export function pageOf(call: Call): { limit: number; offset: number } {
  return {
    limit: count(call, 'limit', DEFAULT_LIMIT, MAX_LIMIT),
    offset: count(call, 'offset', 0, MAX_OFFSET),
  }
}

/** A page with where the next one would begin. */
export function elements<T>(found: T[], total: number, offset: number) {
  return { elements: found, next_offset: offset + found.length, total }
}

export interface Conditions {
  where: string
  values: unknown[]
}

/** SQL of what was asked for, of fixed `filters` only: what is not named there is not looked at. */
export function filtersOf(call: Call, filters: Record<string, string>): Conditions {
  const asked = Object.entries(filters).filter(([name]) => call.query.get(name))
  return {
    where: asked.map(([, condition]) => ` and ${condition}`).join(''),
    values: asked.map(([name]) => call.query.get(name)),
  }
}

/** The same of dates, in whatever spelling a search takes them. Throws NamedRefusal. */
export function datesOf(call: Call, filters: Record<string, string>, now: number): Conditions {
  const { where, values } = filtersOf(call, filters)
  const times = values.map((text) => {
    const at = searchDate(String(text), now)
    if (at === null) throw invalidQuery()
    return at
  })
  return { where, values: times }
}
