import Payment from '#app/payments/models/payment'
import Charge from '#app/receivables/models/charge'

/**
 * Whose those of these payments are that we know: issued by ourselves, or tried in a link of ours.
 * What a notification must agree with.
 */
export async function ownersOfPayments(
  providerPaymentIds: string[]
): Promise<Map<string, { collectorId: string; tenantId: string }>> {
  // tenant: the question is whose it is.
  const charges = await Charge.query().whereIn('provider_payment_id', providerPaymentIds)
  // tenant: the same.
  const payments = await Payment.query().whereIn('provider_payment_id', providerPaymentIds)
  return new Map(
    [...payments, ...charges].map(({ providerPaymentId, collectorId, tenantId }) => [
      providerPaymentId!,
      { collectorId, tenantId },
    ])
  )
}
