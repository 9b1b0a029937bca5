import db from '@adonisjs/lucid/services/db'
import type { Trx } from '#app/core/transaction'
import { activeStates } from '#app/receivables/charge_states'
import Charge from '#app/receivables/models/charge'

/** The charge that we named so at the provider, whichever tenant's: the caller checks the account. */
export const chargeByExternalReference = (reference: string, trx?: Trx): Promise<Charge | null> =>
  // tenant: a notification names no tenant; the charge found says which it is
  Charge.query({ client: trx }).where('external_reference', reference).first()

/** Whose account a payment that we already know was made on; null when we know no such payment. */
export async function collectorOfPayment(providerPaymentId: string): Promise<string | null> {
  // tenant: a notification names no tenant
  const charge = await Charge.query().where('provider_payment_id', providerPaymentId).first()
  return charge?.collectorId ?? null
}

/** How many charges can still be paid on each of the platform's accounts. */
export async function activeChargesByAccount(): Promise<Record<string, number>> {
  // tenant: the platform's own accounts serve all of them
  const rows = await db
    .from('charges')
    .whereIn('state', [...activeStates])
    .whereNotNull('platform_account_id')
    .groupBy('platform_account_id')
    .select('platform_account_id as account')
    .count('* as charges')
  return Object.fromEntries(rows.map(({ account, charges }) => [account, Number(charges)]))
}
