import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import GatewayConfig from '#app/gateway/models/gateway_config'
import { hindranceOf } from '#app/payouts/hindrance'
import { payoutStanding } from '#app/payouts/queries/payout_standing'

/** A tenant's money in its buckets, and why it cannot leave now, if so. */
export async function payoutOverview(tenantId: string) {
  const standing = await payoutStanding(db.connection(), tenantId)
  const { payoutWaitingDays: waitingDays, automaticTransfer } = await GatewayConfig.current()
  const hindrance = hindranceOf(standing, { waitingDays, now: clock.now() })
  return { standing, hindrance, waitingDays, automaticTransfer }
}
