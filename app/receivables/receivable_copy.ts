import { DateTime } from 'luxon'
import { LONGEST_LIFE_DAYS } from '#app/receivables/issue_day'
import type Receivable from '#app/receivables/models/receivable'

const day = (text: string) => DateTime.fromISO(text, { zone: 'utc' })
const between = (from: string, to: string) => day(to).diff(day(from), 'days').days

/** A change of `days`, kept between two limits. */
const within = (days: number, least: number, most: number) => Math.max(least, Math.min(most, days))

/**
 * What a copy of a receivable begins with: its dates lie as far from today as those of the first
 * one lay from the day on which it was written down, and none of them in the past.
 */
export function copyOf(receivable: Receivable, today: string, timeZone: string) {
  const { storeId, description, amountMinor, dueOn, payUntil, discountUntil } = receivable
  const { finePercent, interestPercent, discountPercent, createdAt } = receivable
  const later = (days: number) => day(today).plus({ days }).toISODate()!
  const dueInDays = Math.max(0, between(createdAt.setZone(timeZone).toISODate()!, dueOn))
  const graceDays = within(between(dueOn, payUntil), 0, LONGEST_LIFE_DAYS)
  const discountDays =
    discountUntil === null ? null : within(dueInDays + between(dueOn, discountUntil), 0, dueInDays)
  return {
    ...{ storeId, description, amountMinor, finePercent, interestPercent, discountPercent },
    dueOn: later(dueInDays),
    payUntil: later(dueInDays + graceDays),
    discountUntil: discountDays === null ? null : later(discountDays),
  }
}
