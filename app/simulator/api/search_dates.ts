import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.js'

const RELATIVE = /^NOW(?:([+-])(\d{1,4})(MINUTES?|HOURS?|DAYS?|MONTHS?|YEARS?))?$/
const FIXED_MS: Record<string, number> = { MINUTE: MINUTE_MS, HOUR: HOUR_MS, DAY: DAY_MS }

/** Milliseconds of `NOW-30DAYS`, `NOW-3MONTHS`, `NOW` or an ISO date; null for anything else. */
export function searchDate(text: string, now: number): number | null {
  const relative = RELATIVE.exec(text)
  if (!relative) return isoDate(text)
  const [, sign, count, unit] = relative
  if (!unit) return now
  const steps = Number(count) * (sign === '-' ? -1 : 1)
  const name = unit.replace(/S$/, '')
  if (name in FIXED_MS) return now + steps * FIXED_MS[name]
  const date = new Date(now)
  date.setUTCMonth(date.getUTCMonth() + steps * (name === 'YEAR' ? 12 : 1))
  return date.getTime()
}

function isoDate(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}(T|$)/.test(text)) return null
  // A plus sign that nobody escaped reaches us as a space.
  const at = Date.parse(text.replace(/ (\d{2}:?\d{2})$/, '+$1'))
  return Number.isNaN(at) ? null : at
}
