import Payment from '#app/payments/models/payment'

/** What was paid on a receivable and when, for the payer; the latest first. */
export const receiptsOf = (tenantId: string, receivableId: string): Promise<Payment[]> =>
  Payment.query()
    .where({ tenant_id: tenantId, receivable_id: receivableId })
    .whereNotNull('approved_at')
    .orderBy('id', 'desc')
