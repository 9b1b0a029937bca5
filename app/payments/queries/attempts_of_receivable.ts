import { attemptSubject, type AttemptSubject } from '#app/payments/attempts'
import Payment from '#app/payments/models/payment'

const MOST_SHOWN = 10

export interface Attempt {
  payment: Payment
  /** What its words are about; null when the provider's detail is unknown to us. */
  subject: AttemptSubject | null
}

/** What was tried in a receivable's payment links and brought no money, newest first. */
export async function attemptsOfReceivable(
  tenantId: string,
  receivableId: string
): Promise<Attempt[]> {
  const payments = await Payment.query()
    .where({ tenant_id: tenantId, receivable_id: receivableId })
    .whereNull('approved_at')
    .whereIn('charge_id', (charges) =>
      charges
        .from('charges')
        .where({ tenant_id: tenantId, receivable_id: receivableId, method: 'link' })
        .select('id')
    )
    .orderBy('provider_created_at', 'desc')
    .limit(MOST_SHOWN)
  return payments.map((payment) => ({ payment, subject: attemptSubject(payment.statusDetail) }))
}
