import ExceptionCase from '#app/payments/models/exception_case'
import Charge from '#app/receivables/models/charge'

/**
 * The charge that money which names none of ours got, once a person had said which receivable it is
 * for; null while nobody has.
 */
export async function chargeOfPayment(providerPaymentId: string): Promise<Charge | null> {
  // tenant: the provider names none; the row found says which it is
  const linked = await ExceptionCase.query()
    .where({ reference: `unknown_payment:${providerPaymentId}`, decision: 'linked' })
    .first()
  if (!linked?.tenantId) return null
  return Charge.query()
    .where({ tenant_id: linked.tenantId, receivable_id: linked.receivableId })
    .where('provider_payment_id', providerPaymentId)
    .first()
}
