import type { Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { isUniqueViolation } from '#app/core/transaction'
import { BankReferenceTaken } from '#app/payouts/errors'
import { advance, onPayout } from '#app/payouts/movements'

interface MarkPayoutPaidInput {
  payoutId: string
  /** What the bank calls the transfer; one transfer pays one payout. */
  bankReference: string
  actor: Actor
}

/** The bank has sent the money: it leaves reserved, and the platform's account. */
export class MarkPayoutPaid {
  /** @throws PayoutNotFound, PayoutStateConflict, BankReferenceTaken */
  async handle({ payoutId, bankReference, actor }: MarkPayoutPaidInput) {
    try {
      return await onPayout({ payoutId }, (trx, payout) => {
        payout.merge({ bankReference, paidAt: clock.now() })
        return advance(trx, payout, 'paid', actor, { bankReference })
      })
    } catch (error) {
      throw isUniqueViolation(error, 'bank_reference') ? new BankReferenceTaken() : error
    }
  }
}
