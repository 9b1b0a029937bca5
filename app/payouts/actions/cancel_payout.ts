import type { Actor } from '#app/core/audit'
import { advance, onPayout } from '#app/payouts/movements'

/** The tenant takes its request back, as long as nobody has begun to send the money. */
export class CancelPayout {
  /** @throws PayoutNotFound, PayoutStateConflict */
  handle({ actor, ...which }: { payoutId: string; tenantId: string; actor: Actor }) {
    return onPayout(which, (trx, payout) => advance(trx, payout, 'cancelled', actor))
  }
}
