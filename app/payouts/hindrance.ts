import { DateTime } from 'luxon'

/** Why a tenant cannot be paid out now. `until` is noon UTC of the first day that it can. */
export type Hindrance =
  | {
      reason:
        | 'tenant_not_active'
        | 'below_zero'
        | 'no_payment_yet'
        | 'no_destination'
        | 'destination_cooling'
        | 'no_platform_account'
        | 'nothing_available'
        | 'below_minimum'
    }
  | { reason: 'waiting_days'; until: DateTime }

export interface PayoutFacts {
  tenantIsActive: boolean
  timeZone: string
  destinationId: string | null
  platformAccountId: string | null
  availableMinor: number
  /** Less than this is not paid out; at least one minor unit. */
  minimumMinor: number
  /** Null while no payment of the tenant is posted. */
  firstPaymentAt: DateTime | null
}

export interface PayoutRules {
  waitingDays: number
  now: DateTime
}

/** The first hindrance, the most lasting one first; null when money may leave. */
export function hindranceOf(facts: PayoutFacts, rules: PayoutRules): Hindrance | null {
  if (!facts.tenantIsActive) return { reason: 'tenant_not_active' }
  if (facts.availableMinor < 0) return { reason: 'below_zero' }
  if (!facts.firstPaymentAt) return { reason: 'no_payment_yet' }
  const until = firstPayoutDay(facts.firstPaymentAt, facts.timeZone, rules.waitingDays)
  if (rules.now.setZone(facts.timeZone) < until) return waiting(until)
  if (!facts.destinationId) return { reason: 'no_destination' }
  if (!facts.platformAccountId) return { reason: 'no_platform_account' }
  if (facts.availableMinor === 0) return { reason: 'nothing_available' }
  return facts.availableMinor < facts.minimumMinor ? { reason: 'below_minimum' } : null
}

/** Why a payout that was agreed to may not leave yet; null when it may. */
export function sendingHindrance(
  tenantMaySell: boolean,
  availableMinor: number,
  { usableFrom, now }: { usableFrom: DateTime; now: DateTime }
): Hindrance | null {
  if (!tenantMaySell) return { reason: 'tenant_not_active' }
  if (availableMinor < 0) return { reason: 'below_zero' }
  return now < usableFrom ? { reason: 'destination_cooling' } : null
}

/** Whole days where the tenant lives: first paid on the 1st with seven days, the 8th is the first. */
const firstPayoutDay = (firstPaymentAt: DateTime, timeZone: string, waitingDays: number) =>
  firstPaymentAt.setZone(timeZone).startOf('day').plus({ days: waitingDays })

/** A day is told as its noon in UTC, which reads as the same day in every time zone of a tenant. */
const waiting = (day: DateTime): Hindrance => ({
  reason: 'waiting_days',
  until: DateTime.utc(day.year, day.month, day.day, 12),
})
