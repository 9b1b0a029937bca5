import type Tenant from '#app/tenants/models/tenant'
import { recordAudit, type Actor } from '#app/core/audit'
import { newId } from '#app/core/ids'
import type { TaxId } from '#app/core/tax_ids'
import { isUniqueViolation, transaction, type Trx } from '#app/core/transaction'
import Customer, { taxIdIndex } from '#app/receivables/models/customer'
import { CustomerExists } from '#app/receivables/receivable_errors'

export interface CustomerDetails {
  name: string
  email: string
  phone: string | null
  locale: string
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

export class SaveCustomer {
  /** @throws CustomerExists */
  async handle(input: SaveCustomerInput): Promise<Customer> {
    try {
      return await transaction((trx) => this.#save(trx, input))
    } catch (error) {
      if (isUniqueViolation(error, 'tax_id_index')) throw new CustomerExists({}, 'tax_id')
      throw error
    }
  }

  async #save(trx: Trx, { tenant, customer: known, details, taxId, actor }: SaveCustomerInput) {
    const customer = known ?? new Customer().merge({ id: newId(), tenantId: tenant.id })
    customer.useTransaction(trx).merge(details)
    if (taxId) {
      customer.merge({ taxIdKind: taxId.kind, taxIdMasked: taxId.masked })
      customer.taxIdIndex = taxIdIndex(tenant.id, taxId)
      customer.taxId = taxId.digits
    }
    // Which fields, and never what was in them: the audit log outlives a customer's data.
    const changed = Object.keys(customer.$dirty).filter((name) => name in details)
    await customer.save()
    await recordAudit(trx, {
      actor,
      action: known ? 'customer.changed' : 'customer.created',
      subject: { type: 'customer', id: customer.id },
      tenantId: tenant.id,
      details: { changed, taxIdChanged: Boolean(known && taxId) },
    })
    return customer
  }
}
