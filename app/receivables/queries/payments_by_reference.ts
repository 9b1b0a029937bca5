import { mercadoPago } from '#app/gateway/mercado_pago'
import type { ProviderPayment } from '#app/gateway/provider'
import type Charge from '#app/receivables/models/charge'

/** More attempts at one bill are not a payer's. */
const MOST_ATTEMPTS = 100

/**
 * The payments that the provider finds by a charge's reference: the one that it was issued as, or
 * all that were tried in its link.
 * @throws ProviderError
 */
export async function paymentsByReference({
  account,
  externalReference,
}: Pick<Charge, 'account' | 'externalReference'>): Promise<ProviderPayment[]> {
  const search = { externalReference, limit: MOST_ATTEMPTS }
  const { payments } = await mercadoPago.on(account).searchPayments(search)
  return payments.filter((payment) => payment.externalReference === externalReference)
}
