import vine from '@vinejs/vine'
import { DateTime } from 'luxon'

/** The stretches of days that pages offer; beside them a reader's own first and last day. */
export const periodNames = ['7', '30', '90', 'month', 'last_month'] as const
export type PeriodName = (typeof periodNames)[number]

/** Calendar days ("2026-11-21"), both included. */
export interface Period {
  name: PeriodName | 'own'
  from: string
  until: string
}

/** What a page adds up at most: more days than a year, leap day included, are cut at their start. */
const MOST_DAYS = 366

const isDay = vine.createRule((value, _, field) => {
  if (typeof value !== 'string') return
  const isRight = /^\d{4}-\d\d-\d\d$/.test(value) && DateTime.fromISO(value).isValid
  if (!isRight) field.report('The {{ field }} field is no date', 'date', field)
})

/** A day in a filter. */
export const filterDay = () => vine.string().use(isDay()).optional()

/** What an address may say of a period. */
export const periodFields = () => ({
  period: vine.enum(periodNames).optional(),
  from: filterDay(),
  until: filterDay(),
})

export interface PeriodForm {
  period?: PeriodName
  from?: string
  until?: string
}

/**
 * What was asked for: a name, own dates, or else the last 30 days.
 * @param today where the reader's business day is
 */
export function chosenPeriod({ period = '30', from, until }: PeriodForm, today: string): Period {
  if (!from && !until) return { name: period, ...namedPeriod(period, today) }
  const first = from ?? until!
  const last = until ?? today
  const [start, end] = first <= last ? [first, last] : [last, first]
  const earliest = dayBefore(end, MOST_DAYS - 1)
  return { name: 'own', from: start < earliest ? earliest : start, until: end }
}

function namedPeriod(name: PeriodName, today: string) {
  if (name === 'month') return { from: `${today.slice(0, 7)}-01`, until: today }
  if (name === 'last_month') return monthPeriod(dayBefore(`${today.slice(0, 7)}-01`, 1).slice(0, 7))
  return { from: dayBefore(today, Number(name) - 1), until: today }
}

/** "2026-11" → its first and last day. */
export const monthPeriod = (month: string) => ({
  from: `${month}-01`,
  until: DateTime.fromISO(month, { zone: 'utc' }).endOf('month').toISODate()!,
})

const dayBefore = (day: string, days: number): string =>
  DateTime.fromISO(day, { zone: 'utc' }).minus({ days }).toISODate()!

/** The first instant of a day, as its zone's clock has it. */
export const startOfDay = (day: string, timeZone: string): DateTime =>
  DateTime.fromISO(day, { zone: timeZone }).startOf('day')

/** The first instant that no longer belongs to it. */
export const endOfDay = (day: string, timeZone: string): DateTime =>
  DateTime.fromISO(day, { zone: timeZone }).plus({ days: 1 }).startOf('day')

/** Every day of a period, in order. */
export function daysOf({ from, until }: Pick<Period, 'from' | 'until'>): string[] {
  const days: string[] = []
  let day = DateTime.fromISO(from, { zone: 'utc' })
  for (; day.toISODate()! <= until; day = day.plus({ days: 1 })) days.push(day.toISODate()!)
  return days
}
