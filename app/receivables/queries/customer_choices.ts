import type Tenant from '#app/tenants/models/tenant'
import Customer from '#app/receivables/models/customer'

/** More than that are found by typing into the list of customers. */
const MOST = 500

/** Whom a new receivable may be of, by name. */
export const customerChoices = (tenant: Tenant): Promise<Customer[]> =>
  Customer.query().where('tenant_id', tenant.id).orderBy('name').orderBy('id').limit(MOST)
