import type { Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { isUniqueViolation } from '#app/core/transaction'
import { assertProof, keepProof } from '#app/payouts/actions/add_proof'
import { BankReferenceTaken } from '#app/payouts/errors'
import { advance, onPayout } from '#app/payouts/movements'

interface MarkPayoutPaidInput {
  payoutId: string
  /** What the bank calls the transfer; one transfer pays one payout. */
  bankReference: string
  /** The day of the transfer as the bank tells it, "2026-11-21". */
  bankDate?: string | null
  /** The bank's paper, and who uploads it. */
  proof?: { bytes: Buffer | null; userId: string }
  actor: Actor
}

/** The bank has sent the money: it leaves reserved, and the platform's account. */
export class MarkPayoutPaid {
  /** @throws PayoutNotFound, PayoutStateConflict, BankReferenceTaken, ProofRefused */
  async handle({ payoutId, bankReference, bankDate = null, proof, actor }: MarkPayoutPaidInput) {
    const paper = proof && { proof: assertProof(proof.bytes), userId: proof.userId, actor }
    try {
      return await onPayout({ payoutId }, async (trx, payout) => {
        payout.merge({ bankReference, bankDate, paidAt: clock.now() })
        await advance(trx, payout, 'paid', actor, { bankReference, bankDate })
        if (paper) await keepProof(trx, payout, paper)
        return payout
      })
    } catch (error) {
      throw isUniqueViolation(error, 'bank_reference') ? new BankReferenceTaken() : error
    }
  }
}
