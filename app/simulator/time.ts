export const SECOND_MS = 1000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

const WIRE_OFFSET_HOURS = -4

/** `2026-11-20T09:37:52.000-04:00`, whatever the seller's country: the API's only spelling. */
export function wireTime(at: number): string
export function wireTime(at: number | null): string | null
export function wireTime(at: number | null): string | null {
  if (at === null) return null
  return new Date(at + WIRE_OFFSET_HOURS * HOUR_MS).toISOString().replace('Z', '-04:00')
}

export function isoTime(at: number): string {
  return new Date(at).toISOString()
}

const ZONED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:?\d{2})$/

/** Milliseconds of a complete timestamp with its zone, or null if it is anything else. */
export function parseZoned(text: string): number | null {
  if (!ZONED.test(text)) return null
  const at = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(at) ? null : at
}

/** Whole days since 1970-01-01 on the calendar of a place `offsetHours` from UTC. */
export function calendarDay(at: number, offsetHours: number): number {
  return Math.floor((at + offsetHours * HOUR_MS) / DAY_MS)
}

/** The last second of a calendar day, as `calendarDay` counts them. */
export function endOfCalendarDay(day: number, offsetHours: number): number {
  return (day + 1) * DAY_MS - offsetHours * HOUR_MS - SECOND_MS
}
