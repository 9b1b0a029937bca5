import { errors, type HttpContext } from '@adonisjs/core/http'
import type Customer from '#app/receivables/models/customer'
import { findCustomer } from '#app/receivables/queries/customer_list'

/** The customer of the address; one of another tenant, merged or erased does not exist. */
export async function requestedCustomer({
  tenant,
  params,
  request,
}: HttpContext): Promise<Customer> {
  const customer = await findCustomer(tenant.id, params.id)
  if (!customer) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  return customer
}
