import type { Actor } from '#app/core/audit'
import { advance, onPayout } from '#app/payouts/movements'

/** A platform admin says no; the money is available again. */
export class RejectPayout {
  /** @throws PayoutNotFound, PayoutStateConflict */
  handle({ payoutId, reason, actor }: { payoutId: string; reason: string; actor: Actor }) {
    return onPayout({ payoutId }, (trx, payout) => {
      payout.reason = reason
      return advance(trx, payout, 'rejected', actor, { reason })
    })
  }
}
