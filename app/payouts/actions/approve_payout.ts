import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import type { Trx } from '#app/core/transaction'
import { PayoutStateConflict, SecondPersonNeeded } from '#app/payouts/errors'
import type Payout from '#app/payouts/models/payout'
import PayoutRule from '#app/payouts/models/payout_rule'
import { advance, onPayout } from '#app/payouts/movements'

interface ApprovePayoutInput {
  payoutId: string
  userId: string
  actor: Actor
}

/** A platform admin agrees to a payout; to a large one, two of them. */
export class ApprovePayout {
  /**
   * @returns the payout: still `requested` when it waits for the second person.
   * @throws PayoutNotFound, PayoutStateConflict, SecondPersonNeeded
   */
  handle({ payoutId, userId, actor }: ApprovePayoutInput): Promise<Payout> {
    return onPayout({ payoutId }, async (trx, payout) => {
      if (!payout.mayMoveTo('approved')) throw new PayoutStateConflict(payout.state, 'approved')
      const rule = await PayoutRule.of(payout.currency, trx)
      if (rule.needsSecondPerson(payout)) {
        if (!payout.firstApprovedBy) return this.#first(trx, payout, { userId, actor })
        if (payout.firstApprovedBy === userId) throw new SecondPersonNeeded()
      }
      payout.merge({ approvedBy: userId, approvedAt: clock.now() })
      return advance(trx, payout, 'approved', actor)
    })
  }

  async #first(trx: Trx, payout: Payout, { userId, actor }: { userId: string; actor: Actor }) {
    payout.merge({ firstApprovedBy: userId, firstApprovedAt: clock.now() })
    await payout.useTransaction(trx).save()
    await recordAudit(trx, {
      actor,
      action: 'payout.first_approved',
      subject: { type: 'payout', id: payout.id },
      tenantId: payout.tenantId,
      details: { amountMinor: payout.amountMinor, currency: payout.currency },
    })
    return payout
  }
}
