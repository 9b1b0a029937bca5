import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { dueUpTo } from '#app/payouts/due_dates'
import type { PayoutStanding } from '#app/payouts/queries/payout_standing'

/** Notes that a run has looked at the tenants' present due dates: the past ones are settled. */
export async function noteSeen(standings: PayoutStanding[]): Promise<void> {
  const byDate = new Map<string, string[]>()
  for (const { tenantId, schedule, timeZone } of standings) {
    const date = dueUpTo(schedule, clock.today(timeZone))
    if (schedule.seenFor === null || schedule.seenFor >= date) continue
    byDate.set(date, [...(byDate.get(date) ?? []), tenantId])
  }
  for (const [date, tenantIds] of byDate) {
    await db
      .from('payout_schedules')
      .whereIn('tenant_id', tenantIds)
      .where('seen_for', '<', date)
      .update({ seen_for: date })
  }
}
