import Receivable from '#app/receivables/models/receivable'
import Payment from '#app/payments/models/payment'

const LATEST = 20

const receivablesOf = (tenantId: string, customerId: string) =>
  Receivable.query().where('tenant_id', tenantId).where('customer_id', customerId).select('id')

/** The latest payments of a customer, each with what it was for; two queries. */
export async function paymentsOfCustomer(tenantId: string, customerId: string) {
  const payments = await Payment.query()
    .where('tenant_id', tenantId)
    .whereIn('receivable_id', receivablesOf(tenantId, customerId))
    .whereNotNull('approved_at')
    .orderBy('id', 'desc')
    .limit(LATEST)
  const receivables = await Receivable.query()
    .where('tenant_id', tenantId)
    .whereIn(
      'id',
      payments.map(({ receivableId }) => receivableId)
    )
  const byId = new Map(receivables.map((receivable) => [receivable.id, receivable]))
  return payments.map((payment) => ({ payment, receivable: byId.get(payment.receivableId)! }))
}
