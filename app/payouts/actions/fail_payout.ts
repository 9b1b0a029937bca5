import type { Actor } from '#app/core/audit'
import { advance, onPayout } from '#app/payouts/movements'

/** The bank did not send it; the money is available again. */
export class FailPayout {
  /** @throws PayoutNotFound, PayoutStateConflict */
  handle({ payoutId, reason, actor }: { payoutId: string; reason: string; actor: Actor }) {
    return onPayout({ payoutId }, (trx, payout) => {
      payout.reason = reason
      return advance(trx, payout, 'failed', actor, { reason })
    })
  }
}
