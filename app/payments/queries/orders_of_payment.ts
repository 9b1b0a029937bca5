import Payment from '#app/payments/models/payment'

/** The purchase at the checkout that a payment was tried in, whose news are of the payment, too. */
export async function ordersOfPayment(providerPaymentId: string): Promise<string[]> {
  // tenant: the platform's admin asks for what the provider calls so
  const payment = await Payment.query().where('provider_payment_id', providerPaymentId).first()
  const id: unknown = payment?.snapshot?.order?.id
  return typeof id === 'string' || typeof id === 'number' ? [String(id)] : []
}
