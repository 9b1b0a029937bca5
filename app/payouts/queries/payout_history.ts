import type { DateTime } from 'luxon'
import LedgerTransaction from '#app/ledger/models/ledger_transaction'
import type Payout from '#app/payouts/models/payout'
import { payoutStates, type PayoutState } from '#app/payouts/models/payout'
import { payoutReference } from '#app/payouts/movements'

export interface PayoutStep {
  /** `first_approved`: by the first of two people. */
  state: PayoutState | 'first_approved'
  at: DateTime
}

/** What happened to a payout, the first thing first. The ledger knows when its money moved. */
export async function payoutHistory(payout: Payout): Promise<PayoutStep[]> {
  const { id, tenantId, createdAt, firstApprovedAt, approvedAt, sentAt } = payout
  const ends = payoutStates.filter((state) => state !== 'requested')
  const postings = await LedgerTransaction.query()
    .where('tenant_id', tenantId)
    .whereIn(
      'reference',
      ends.map((state) => payoutReference(id, state))
    )
    .orderBy('id')
  return [
    { state: 'requested', at: createdAt } as const,
    ...(firstApprovedAt ? [{ state: 'first_approved', at: firstApprovedAt } as const] : []),
    ...(approvedAt ? [{ state: 'approved', at: approvedAt } as const] : []),
    ...(sentAt ? [{ state: 'processing', at: sentAt } as const] : []),
    ...postings.map(({ reference, occurredAt }) => ({
      state: reference.split(':')[2] as PayoutState,
      at: occurredAt,
    })),
  ]
}
