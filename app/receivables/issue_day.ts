import { DateTime } from 'luxon'
import type { Life } from '#app/gateway/sites'
import { PayUntilBeforeDue, PayUntilTooLate, PayUntilTooSoon } from './receivable_errors.js'

/** Kept in hand of a charge's longest life, for clocks and time zones. */
const SPARE_DAYS = 1
/** So long after its due date a receivable may stay payable, whatever way is offered. */
export const LONGEST_LIFE_DAYS = 30 - SPARE_DAYS
/** When the due date is far away, a charge with a limited life comes so long before it. */
const LEAD_DAYS = 25

const day = (text: string) => DateTime.fromISO(text, { zone: 'utc' })
const plus = (text: string, days: number) => day(text).plus({ days }).toISODate()!
const between = (from: string, to: string) => day(to).diff(day(from), 'days').days

/**
 * @param from the due date, or today when that is over: no charge issued then lives longer
 * @throws PayUntilBeforeDue
 * @throws PayUntilTooLate
 */
export function checkPayUntil(dueOn: string, payUntil: string, from = dueOn): void {
  if (payUntil < dueOn) throw new PayUntilBeforeDue({}, 'pay_until')
  if (payUntil > plus(from, LONGEST_LIFE_DAYS)) {
    throw new PayUntilTooLate({ days: LONGEST_LIFE_DAYS }, 'pay_until')
  }
}

/** The last day to pay that is offered: as agreed, or three days from now when that is over. */
export function offeredPayUntil(payUntil: string, today: string): string {
  return payUntil > today ? payUntil : plus(today, 3)
}

/**
 * The day on which a charge is issued: today, or a later one when it would live too long.
 * All are calendar days ("2026-11-21") where the tenant lives.
 */
export function issueDay(dates: {
  today: string
  dueOn: string
  payUntil: string
  life: Life | null
}): string {
  const { today, dueOn, payUntil, life } = dates
  const longestDays = life && life.atMostDays - SPARE_DAYS
  if (longestDays === null || between(today, payUntil) <= longestDays) return today
  const [early, soonest] = [plus(dueOn, -LEAD_DAYS), plus(payUntil, -longestDays)]
  return early > soonest ? early : soonest
}

/**
 * A charge must be payable for as long as the provider wants it to, and at all.
 * @throws PayUntilTooSoon
 */
export function checkTimeLeft(
  now: DateTime,
  expiresAt: DateTime,
  { method, life }: { method: string; life: Life | null }
): void {
  const { atLeastMinutes } = life ?? { atLeastMinutes: 0 }
  if (expiresAt < now.plus({ minutes: atLeastMinutes })) {
    throw new PayUntilTooSoon({ method }, 'pay_until')
  }
}

/** The last millisecond of a day where the tenant lives. */
export const endOfDay = (date: string, timeZone: string): DateTime =>
  DateTime.fromISO(date, { zone: timeZone }).endOf('day')

/** The first millisecond of a day where the tenant lives. */
export const startOfDay = (date: string, timeZone: string): DateTime =>
  DateTime.fromISO(date, { zone: timeZone }).startOf('day')
