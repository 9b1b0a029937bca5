import type { Trx } from '#app/core/transaction'

/** Gross sums over all payments of a receivable, in minor units. */
export async function receivableAmounts(trx: Trx, tenantId: string, receivableId: string) {
  const ofReceivable = { 'payments.tenant_id': tenantId, 'payments.receivable_id': receivableId }
  const [paid] = await trx
    .from('payments')
    .where(ofReceivable)
    .whereNotNull('approved_at')
    .sum({ paid: 'amount_minor', refunded: 'refunded_minor' })
  // A mediation is talk: the money may well stay, and the payer's account was not debited.
  const [disputed] = await trx
    .from('disputes')
    .join('payments', 'payments.id', 'disputes.payment_id')
    .where(ofReceivable)
    .where((query) =>
      query
        .where('disputes.state', 'lost')
        .orWhere((open) =>
          open.where('disputes.state', 'open').whereNot('disputes.kind', 'mediation')
        )
    )
    .sum('disputes.amount_minor as disputed')
  return {
    paidMinor: Number(paid.paid ?? 0),
    refundedMinor: Number(paid.refunded ?? 0),
    chargedBackMinor: Number(disputed.disputed ?? 0),
  }
}
