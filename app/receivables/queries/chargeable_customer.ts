import type { Trx } from '#app/core/transaction'
import Customer from '#app/receivables/models/customer'
import { NoSuchCustomer } from '#app/receivables/receivable_errors'

/**
 * The customer that something is charged to, held until the transaction ends, so that it is neither
 * merged nor erased meanwhile. One that was merged while a form was open is the one that it became.
 * @throws NoSuchCustomer
 */
export async function chargeableCustomer(
  trx: Trx,
  tenantId: string,
  id: string
): Promise<Customer> {
  const held = (customerId: string) =>
    Customer.query({ client: trx })
      .where({ tenant_id: tenantId, id: customerId })
      .forShare()
      .first()
  const named = await held(id)
  const customer = named?.mergedIntoId ? await held(named.mergedIntoId) : named
  if (!customer || customer.isGone) throw new NoSuchCustomer({}, 'customer_id')
  return customer
}
