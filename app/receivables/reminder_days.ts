import { DateTime } from 'luxon'

const plus = (day: string, days: number): string =>
  DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toISODate()!

/** A reminder that is later than this is not sent: who was not reminded for a week is not missed. */
const LATE_AT_MOST_DAYS = 6

/** When a day's reminders go out. An hour that the clocks skip counts as the one after it. */
export const reminderMoment = (day: string, hour: number, timeZone: string): DateTime =>
  DateTime.fromISO(day, { zone: timeZone }).set({ hour })

/** The latest day whose reminders are due: today, or yesterday before the hour. */
export function reminderDay(now: DateTime, hour: number, timeZone: string): string {
  const today = now.setZone(timeZone).toISODate()!
  return now >= reminderMoment(today, hour, timeZone) ? today : plus(today, -1)
}

/** The days whose reminders are still to be made: all since the last one, a week at most. */
export function daysToMake(doneOn: string | null, upTo: string): { from: string; upTo: string } {
  const earliest = plus(upTo, -LATE_AT_MOST_DAYS)
  const next = doneOn === null || doneOn > upTo ? upTo : plus(doneOn, 1)
  return { from: next > earliest ? next : earliest, upTo }
}

/** The due dates that reminders of these days are about. */
export const dueDates = (span: { from: string; upTo: string }, days: number[]) => ({
  from: plus(span.from, -Math.max(...days)),
  upTo: plus(span.upTo, -Math.min(...days)),
})

/**
 * Of all reminders of a bill that fall into the span, the latest: whoever was missed for days hears
 * of it once.
 */
export function latestReminder(
  dueOn: string,
  days: number[],
  { from, upTo }: { from: string; upTo: string }
): { offset: number; day: string } | null {
  const fitting = days
    .map((offset) => ({ offset, day: plus(dueOn, offset) }))
    .filter(({ day }) => day >= from && day <= upTo)
    .sort((one, other) => other.offset - one.offset)
  return fitting.at(0) ?? null
}

/** Whole days from one date to another; below zero when the other lies before. */
export const daysBetween = (from: string, to: string): number =>
  Math.round(
    DateTime.fromISO(to, { zone: 'utc' }).diff(DateTime.fromISO(from, { zone: 'utc' }), 'days').days
  )
