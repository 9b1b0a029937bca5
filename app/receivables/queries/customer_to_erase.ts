import { payerTaxIds } from '#app/core/tax_ids'
import Customer, { taxIdIndex } from '#app/receivables/models/customer'
import Tenant from '#app/tenants/models/tenant'

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** The customer that the operator names, by its id or by its tax id as it is written. */
export async function customerToErase(
  slug: string,
  { id, taxId }: { id?: string; taxId: string | null }
): Promise<Customer | 'no_tenant' | null> {
  const tenant = await Tenant.findBy('slug', slug)
  if (!tenant) return 'no_tenant'
  const query = Customer.query().where('tenant_id', tenant.id).whereNull('merged_into_id')
  if (taxId !== null) {
    const taxIds = payerTaxIds(taxId.trim(), tenant.country)
    return query
      .whereIn(
        'tax_id_index',
        taxIds.map((one) => taxIdIndex(tenant.id, one))
      )
      .first()
  }
  return id && UUID.test(id) ? query.where('id', id).first() : null
}
