import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import GatewayConfig from '#app/gateway/models/gateway_config'
import { hindranceOf, type Hindrance } from '#app/payouts/hindrance'
import Payout from '#app/payouts/models/payout'
import { payoutStanding, type PayoutStanding } from '#app/payouts/queries/payout_standing'
import { nextDate, scheduledAmount } from '#app/payouts/scheduled_payout'

/** A tenant's money in its buckets, why it cannot leave now, if so, and when it does by itself. */
export async function payoutOverview(tenantId: string) {
  const standing = await payoutStanding(db.connection(), tenantId)
  const { payoutWaitingDays: waitingDays, automaticTransfer } = await GatewayConfig.current()
  const hindrance = hindranceOf(standing, { waitingDays, now: clock.now() })
  const nextPayout = automaticTransfer ? await nextOf(standing, hindrance) : null
  return { standing, hindrance, waitingDays, automaticTransfer, nextPayout }
}

export interface NextPayout {
  /** "2026-11-21" where the tenant is. */
  date: string
  /** What it would be of today's balance; null when that is too little. */
  amountMinor: number | null
}

async function nextOf(
  standing: PayoutStanding,
  hindrance: Hindrance | null
): Promise<NextPayout | null> {
  if (!standing.automaticPayouts || !standing.tenantIsActive) return null
  const today = clock.today(standing.timeZone)
  const todays = await Payout.query()
    .where('tenant_id', standing.tenantId)
    .where('currency', standing.currency)
    .where('scheduled_for', today)
    .first()
  const waits = hindrance?.reason === 'waiting_days' ? hindrance.until.toISODate()! : today
  const date =
    waits > today ? nextDate(standing, waits, false) : nextDate(standing, today, todays !== null)
  return { date, amountMinor: scheduledAmount(standing) }
}
