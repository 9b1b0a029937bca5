import type { Actor } from '#app/core/audit'
import { advance, onPayout } from '#app/payouts/movements'

/** The bank sent it back after it was paid; the money is available again. */
export class ReturnPayout {
  /** @throws PayoutNotFound, PayoutStateConflict */
  handle({ payoutId, reason, actor }: { payoutId: string; reason: string; actor: Actor }) {
    return onPayout({ payoutId }, (trx, payout) => {
      payout.reason = reason
      return advance(trx, payout, 'returned', actor, { reason })
    })
  }
}
