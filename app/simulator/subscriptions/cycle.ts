import { DAY_MS, HOUR_MS } from '../time.js'

export const FREQUENCY_TYPES = ['days', 'months'] as const

/** How often: every so many days or months. */
export interface Cycle {
  frequency: number
  frequencyType: (typeof FREQUENCY_TYPES)[number]
}

/** When instalments fall due. */
export interface Rhythm extends Cycle {
  /** The date of the first one, ms since 1970. */
  anchorAt: number
  /** From the second one on, the day of the month; null keeps the first one's. */
  billingDay: number | null
  /** Of the calendar that days and months are counted on. */
  utcOffsetHours: number
}

/** What Mercado Pago counts a month as, where it charges a part of one. */
const DAYS_OF_A_MONTH = 30

const SHORTEST_MONTH_MS = 28 * DAY_MS

function local(at: number, offsetHours: number): Date {
  return new Date(at + offsetHours * HOUR_MS)
}

/** `day` of the month that lies so many after that of `at`, or its last one; at the same time of day. */
function onDay(at: number, months: number, day: number, offsetHours: number): number {
  const there = local(at, offsetHours)
  const [year, month] = [there.getUTCFullYear(), there.getUTCMonth() + months]
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const midnight = Date.UTC(year, month, Math.min(day, lastDay))
  return midnight + (there.getTime() % DAY_MS) - offsetHours * HOUR_MS
}

/** `times` cycles after `at`. */
export function later(at: number, cycle: Cycle, times: number, offsetHours: number): number {
  const steps = cycle.frequency * times
  if (cycle.frequencyType === 'days') return at + steps * DAY_MS
  return onDay(at, steps, local(at, offsetHours).getUTCDate(), offsetHours)
}

/** Months from the first instalment to the first billing day after it. */
function monthsToBillingDay({ anchorAt, billingDay, frequency, utcOffsetHours }: Rhythm): number {
  const day = local(anchorAt, utcOffsetHours).getUTCDate()
  if (day === billingDay) return frequency
  return day < billingDay! ? 0 : 1
}

/** When the instalment number `sequence` falls due; the first one is number 0. */
export function dueDate(rhythm: Rhythm, sequence: number): number {
  const { anchorAt, billingDay, frequency, utcOffsetHours } = rhythm
  if (sequence === 0 || billingDay === null) {
    return later(anchorAt, rhythm, sequence, utcOffsetHours)
  }
  const months = monthsToBillingDay(rhythm) + (sequence - 1) * frequency
  return onDay(anchorAt, months, billingDay, utcOffsetHours)
}

/** How many instalments fall due before `endAt`. */
export function countBefore(rhythm: Rhythm, endAt: number): number {
  const unit = rhythm.frequencyType === 'days' ? DAY_MS : SHORTEST_MONTH_MS
  let low = 0
  let high = Math.max(0, Math.ceil((endAt - rhythm.anchorAt) / unit)) + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (dueDate(rhythm, middle) < endAt) low = middle + 1
    else high = middle
  }
  return low
}

/** What of a whole instalment the days until the first billing day make, as part and whole. */
export function daysOfFirst(rhythm: Rhythm): { part: number; whole: number } {
  const { anchorAt, billingDay, frequency, utcOffsetHours } = rhythm
  const whole = DAYS_OF_A_MONTH * frequency
  if (local(anchorAt, utcOffsetHours).getUTCDate() === billingDay) return { part: whole, whole }
  const days = Math.round((dueDate(rhythm, 1) - anchorAt) / DAY_MS)
  return { part: Math.min(days, whole), whole }
}
