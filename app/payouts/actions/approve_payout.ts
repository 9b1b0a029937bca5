import type { Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { advance, onPayout } from '#app/payouts/movements'

/** A platform admin agrees to a payout. */
export class ApprovePayout {
  /** @throws PayoutNotFound, PayoutStateConflict */
  handle({ payoutId, userId, actor }: { payoutId: string; userId: string; actor: Actor }) {
    return onPayout({ payoutId }, (trx, payout) => {
      payout.merge({ approvedBy: userId, approvedAt: clock.now() })
      return advance(trx, payout, 'approved', actor)
    })
  }
}
