import type { PayoutStanding } from '#app/payouts/queries/payout_standing'
import { dayAfter, dueFrom, dueUpTo } from '#app/payouts/due_dates'

type Scheduled = Pick<PayoutStanding, 'availableMinor' | 'minimumMinor' | 'schedule'>

/** What a scheduled payout takes: all but what stays; null when that is too little. */
export function scheduledAmount({ availableMinor, minimumMinor, schedule }: Scheduled) {
  const amountMinor = availableMinor - schedule.keepMinor
  return amountMinor >= Math.max(minimumMinor, schedule.minimumMinor, 1) ? amountMinor : null
}

/**
 * The date that a run on `today` pays for; null when none is due. A date that passed while no run
 * looked at the tenant is paid late rather than left out.
 */
export function dueDate({ schedule }: Pick<PayoutStanding, 'schedule'>, today: string) {
  const date = dueUpTo(schedule, today)
  const wasMissed = schedule.seenFor !== null && schedule.seenFor < date
  return date === today || wasMissed ? date : null
}

/** The next date that money leaves by itself. @param isPaidOut whether today's has been requested. */
export const nextDate = (
  { schedule }: Pick<PayoutStanding, 'schedule'>,
  today: string,
  isPaidOut: boolean
): string => dueFrom(schedule, isPaidOut ? dayAfter(today) : today)
