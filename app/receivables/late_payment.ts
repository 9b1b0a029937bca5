import { DateTime } from 'luxon'
import { basisPoints, percentOf, proportion } from '#app/core/money'
import { percentInput } from '#app/core/percent_text'
import type Receivable from '#app/receivables/models/receivable'

type Owed = Pick<
  Receivable,
  | 'amountMinor'
  | 'dueOn'
  | 'payUntil'
  | 'finePercent'
  | 'interestPercent'
  | 'discountPercent'
  | 'discountUntil'
>

const daysBetween = (from: string, to: string) =>
  DateTime.fromISO(to, { zone: 'utc' }).diff(DateTime.fromISO(from, { zone: 'utc' }), 'days').days

/** What Brazilian consumer law and custom let a late payer be asked for, in basis points. */
const USUAL_FINE = 200
const USUAL_INTEREST = 100
/** Interest is told by the month and counted by the day. */
const DAYS_OF_MONTH = 30

const points = (percent: string | null) => (percent === null ? 0 : basisPoints(percent))

/** That day and those before it: "2026-11-21", "2026-11-20" … */
export const daysBack = (day: string, count: number): string[] =>
  Array.from({ length: count + 1 }, (_, days) =>
    DateTime.fromISO(day, { zone: 'utc' }).minus({ days }).toISODate()!
  )

/** What a member should know of unusual or idle terms: names below `receivables.terms`. */
export function termsWarnings(owed: Owed): ('high_fine' | 'high_interest' | 'never_late')[] {
  const [fine, interest] = [points(owed.finePercent), points(owed.interestPercent)]
  return [
    ...(fine > USUAL_FINE ? (['high_fine'] as const) : []),
    ...(interest > USUAL_INTEREST ? (['high_interest'] as const) : []),
    ...((fine || interest) && owed.payUntil <= owed.dueOn ? (['never_late'] as const) : []),
  ]
}

/** The terms as their form shows them. */
export const shownTerms = (owed: Owed, locale: string) => ({
  fine: owed.finePercent && percentInput(owed.finePercent, locale),
  interest: owed.interestPercent && percentInput(owed.interestPercent, locale),
  discount: owed.discountPercent && percentInput(owed.discountPercent, locale),
  warnings: termsWarnings(owed),
})

/**
 * What is owed when it is paid on that day ("2026-11-21"), by fine, interest and discount: each
 * rounded by itself, half away from zero.
 */
export function amountDueOn(owed: Owed, day: string): number {
  const { amountMinor, dueOn, discountUntil } = owed
  if (discountUntil !== null && day <= discountUntil) {
    return amountMinor - percentOf(amountMinor, points(owed.discountPercent))
  }
  if (day <= dueOn) return amountMinor
  const daysLate = daysBetween(dueOn, day)
  const interest = points(owed.interestPercent) * daysLate
  return (
    amountMinor +
    percentOf(amountMinor, points(owed.finePercent)) +
    proportion(amountMinor, interest, 10_000 * DAYS_OF_MONTH)
  )
}
