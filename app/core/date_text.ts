import { type DateTime } from 'luxon'

/** Dates and percentages as a reader of this language writes them. */

const DAY = { day: '2-digit', month: '2-digit', year: 'numeric' } as const
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs a hundred times its use. */
function formatOf(locale: string, timeZone: string, withTime: boolean): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${withTime}`
  const known = formats.get(key)
  if (known) return known
  // In English 04/05 is April or May: the month is spelled out.
  const isEnglish = locale.startsWith('en')
  const made = new Intl.DateTimeFormat(isEnglish ? 'en-GB' : locale, {
    ...DAY,
    ...(isEnglish ? { month: 'short' } : {}),
    ...(withTime ? TIME : {}),
    timeZone,
  })
  formats.set(key, made)
  return made
}

/**
 * "21/11/2026". A calendar date ("2026-11-21") is the same day everywhere; an instant is the day
 * that it falls on in the time zone.
 */
export function formatDate(value: string | DateTime, locale: string, timeZone: string): string {
  return typeof value === 'string'
    ? formatOf(locale, 'UTC', false).format(Date.parse(`${value.slice(0, 10)}T00:00:00Z`))
    : formatOf(locale, timeZone, false).format(value.toMillis())
}

/** "21/11/2026, 14:05" in the time zone. */
export const formatInstant = (value: DateTime, locale: string, timeZone: string): string =>
  formatOf(locale, timeZone, true).format(value.toMillis())

/** "2026-11" → "novembro de 2026". */
export const formatMonth = (month: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${month}-01T00:00:00Z`)
  )

/** "1.00" → "1%", "2.50" → "2,5%". */
export const formatPercent = (percent: string | number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(
    Number(percent) / 100
  )
