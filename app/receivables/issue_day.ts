import { DateTime } from 'luxon'
import { PayUntilBeforeDue, PayUntilTooLate, PayUntilTooSoon } from './receivable_errors.js'

/** A boleto lives 1 to 30 days; one day is kept in hand for clocks and time zones. */
const LONGEST_LIFE_DAYS = 29
/** When the due date is far away, its boleto comes so long before it. */
const LEAD_DAYS = 25

const day = (text: string) => DateTime.fromISO(text, { zone: 'utc' })
const plus = (text: string, days: number) => day(text).plus({ days }).toISODate()!
const between = (from: string, to: string) => day(to).diff(day(from), 'days').days

/**
 * @param from the due date, or today when that is over: no boleto issued then lives longer
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
 * The day on which a boleto is issued: today, or a later one when it would live too long.
 * All are calendar days ("2026-11-21") where the tenant lives.
 * @throws PayUntilTooSoon
 */
export function issueDay(dates: { today: string; dueOn: string; payUntil: string }): string {
  const { today, dueOn, payUntil } = dates
  if (payUntil <= today) throw new PayUntilTooSoon({}, 'pay_until')
  if (between(today, payUntil) <= LONGEST_LIFE_DAYS) return today
  const [early, soonest] = [plus(dueOn, -LEAD_DAYS), plus(payUntil, -LONGEST_LIFE_DAYS)]
  return early > soonest ? early : soonest
}

/** The last millisecond of a day where the tenant lives. */
export const endOfDay = (date: string, timeZone: string): DateTime =>
  DateTime.fromISO(date, { zone: timeZone }).endOf('day')

/** The first millisecond of a day where the tenant lives. */
export const startOfDay = (date: string, timeZone: string): DateTime =>
  DateTime.fromISO(date, { zone: timeZone }).startOf('day')
