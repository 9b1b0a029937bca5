import type Tenant from '#app/tenants/models/tenant'
import { recordAudit, type Actor } from '#app/core/audit'
import { newId } from '#app/core/ids'
import { entityTypeOf, type EntityType, type TaxId } from '#app/core/tax_ids'
import { isUniqueViolation, transaction, type Trx } from '#app/core/transaction'
import { indexWords } from '#app/receivables/customer_words'
import Customer, { taxIdIndex } from '#app/receivables/models/customer'
import { CustomerExists, NoSuchCustomer } from '#app/receivables/receivable_errors'

export interface CustomerDetails {
  name: string
  email: string
  phone: string | null
  /** Whom to speak to, where the customer is a company. */
  contactName?: string | null
  locale: string
  /** Counts only where the tax id does not tell. */
  entityType?: EntityType
  postalCode: string | null
  street: string | null
  streetNumber: string | null
  complement: string | null
  district: string | null
  city: string | null
  stateCode: string | null
}

interface SaveCustomerInput {
  tenant: Tenant
  /** Of this tenant; left out, a new one is made. */
  customer?: Customer
  details: CustomerDetails
  /** Checked; null keeps the one that an existing customer has. */
  taxId: TaxId | null
  actor: Actor
}

/** Keeps what a tenant says of a customer. */
export class SaveCustomer {
  /** @throws CustomerExists, NoSuchCustomer when it was merged or erased meanwhile */
  async handle(input: SaveCustomerInput): Promise<Customer> {
    try {
      return await transaction((trx) => this.#save(trx, input))
    } catch (error) {
      if (isUniqueViolation(error, 'tax_id_index')) throw new CustomerExists({}, 'tax_id')
      throw error
    }
  }

  async #save(trx: Trx, { tenant, customer: known, details, taxId, actor }: SaveCustomerInput) {
    const customer = known ? await this.#held(trx, known) : this.#made(tenant)
    const { entityType, ...plain } = details
    customer.useTransaction(trx).merge(plain)
    if (taxId && taxIdIndex(tenant.id, taxId) !== customer.taxIdIndex) customer.identify(taxId)
    const told = entityTypeOf(customer.taxIdKind, customer.taxId)
    customer.entityType = told ?? entityType ?? customer.entityType ?? 'individual'
    if (!customer.$isDirty) return customer
    // Which fields, and never what was in them: the audit log outlives a customer's data.
    const changed = Object.keys(customer.$dirty).filter((name) => name in details)
    const taxIdChanged = Boolean(known && 'taxIdIndex' in customer.$dirty)
    await customer.save()
    await indexWords(trx, tenant.id, [customer])
    await recordAudit(trx, {
      actor,
      action: known ? 'customer.changed' : 'customer.created',
      subject: { type: 'customer', id: customer.id },
      tenantId: tenant.id,
      details: { changed, taxIdChanged },
    })
    return customer
  }

  #made = ({ id: tenantId }: Tenant) => new Customer().merge({ id: newId(), tenantId })

  /** As it is now. The form may have been open while it went: its data must not come back. */
  async #held(trx: Trx, { id, tenantId }: Customer): Promise<Customer> {
    const row = await Customer.query({ client: trx })
      .where({ tenant_id: tenantId, id })
      .forUpdate()
      .firstOrFail()
    if (row.isGone) throw new NoSuchCustomer()
    return row
  }
}
