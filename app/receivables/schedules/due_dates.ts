import { DateTime } from 'luxon'

export const scheduleUnits = ['week', 'month', 'year'] as const
export type ScheduleUnit = (typeof scheduleUnits)[number]

/** When the receivables of a schedule are due. All dates are calendar days ("2026-11-21"). */
export interface Rhythm {
  unit: ScheduleUnit
  /** So many weeks, months or years lie between two. */
  every: number
  firstDueOn: string
  /** On the last day of its month, whatever day the first one names. */
  isMonthEnd: boolean
}

/** As far as anybody plans; luxon's years end later. */
const LAST_YEAR = 9000

const day = (text: string) => DateTime.fromISO(text, { zone: 'utc' })

/**
 * The due date at a place, from 0. Counted from the first date and never from the one before, so
 * that the 31st is the last day of shorter months and the 31st again after them. A calendar day has
 * no time zone: summer time moves none.
 */
export function dueOnAt({ unit, every, firstDueOn, isMonthEnd }: Rhythm, place: number): string {
  const due = day(firstDueOn).plus({ [unit]: every * place })
  if (due.year > LAST_YEAR) throw new RangeError(`No due date at ${place}`)
  return (isMonthEnd && unit !== 'week' ? due.endOf('month') : due).toISODate()!
}

/** The day on which a receivable is made, so many days before it is due. */
export const makeOn = (dueOn: string, leadDays: number): string =>
  day(dueOn).minus({ days: leadDays }).toISODate()!

/** The last day to pay. */
export const payUntilOf = (dueOn: string, graceDays: number): string =>
  day(dueOn).plus({ days: graceDays }).toISODate()!

/** How many places have a due date before that day. */
export function placesBefore(rhythm: Rhythm, today: string): number {
  const { unit, every, firstDueOn } = rhythm
  if (dueOnAt(rhythm, 0) >= today) return 0
  const passed = day(today).diff(day(firstDueOn), unit).as(unit) / every
  // The estimate is off by one where months differ in length.
  let place = Math.max(0, Math.floor(passed) - 1)
  while (dueOnAt(rhythm, place) < today) place++
  return place
}
