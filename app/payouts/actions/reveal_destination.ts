import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import { open, purposeOf } from '#app/core/vault'
import type { DestinationDetails } from '#app/payouts/destination_details'
import { PayoutNotFound, PayoutStateConflict } from '#app/payouts/errors'
import Payout from '#app/payouts/models/payout'
import PayoutDestination from '#app/payouts/models/payout_destination'

export type { DestinationDetails }

interface RevealDestinationInput {
  payoutId: string
  actor: Actor
}

/** Where exactly a transfer goes: for the person who makes it at the bank, and only while they must. */
export class RevealDestination {
  /** @throws PayoutNotFound, PayoutStateConflict unless it is processing, Undecryptable */
  async handle({ payoutId, actor }: RevealDestinationInput): Promise<DestinationDetails> {
    return transaction(async (trx) => {
      // tenant: the back office pays the payouts of all; everything below is the payout's own tenant's.
      const payout = await Payout.query({ client: trx }).where('id', payoutId).first()
      if (!payout) throw new PayoutNotFound()
      const { tenantId, destinationId: id, state } = payout
      if (state !== 'processing') throw new PayoutStateConflict(state, 'paid')
      const { detailsCiphertext } = await PayoutDestination.query({ client: trx })
        .where('tenant_id', tenantId)
        .where('id', id)
        .firstOrFail()
      await recordAudit(trx, {
        actor,
        action: 'payout_destination.revealed',
        subject: { type: 'payout_destination', id },
        tenantId,
        details: { payoutId },
      })
      return open(detailsCiphertext, purposeOf('payout_destinations', 'details', id, tenantId))
    })
  }
}
