import type { Trx } from '#app/core/transaction'
import Charge from '#app/receivables/models/charge'

/** The charge that we named so at the provider, whichever tenant's: the caller checks the account. */
export const chargeByExternalReference = (reference: string, trx?: Trx): Promise<Charge | null> =>
  Charge.query({ client: trx }).where('external_reference', reference).first()

/** Whose account a payment that we already know was made on; null when we know no such payment. */
export async function collectorOfPayment(providerPaymentId: string): Promise<string | null> {
  const charge = await Charge.query().where('provider_payment_id', providerPaymentId).first()
  return charge?.collectorId ?? null
}
