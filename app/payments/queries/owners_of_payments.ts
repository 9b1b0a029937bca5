import Charge from '#app/receivables/models/charge'

/** Whose those of these payments are that we issued ourselves: what a notification must agree with. */
export async function ownersOfPayments(
  providerPaymentIds: string[]
): Promise<Map<string, { collectorId: string; tenantId: string }>> {
  // tenant: the question is whose it is.
  const charges = await Charge.query().whereIn('provider_payment_id', providerPaymentIds)
  return new Map(
    charges.map(({ providerPaymentId, collectorId, tenantId }) => [
      providerPaymentId!,
      { collectorId, tenantId },
    ])
  )
}
