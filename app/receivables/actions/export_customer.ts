import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { transaction } from '#app/core/transaction'
import type Customer from '#app/receivables/models/customer'
import type { CustomerPart } from '#app/receivables/queries/customer_part'
import type Tenant from '#app/tenants/models/tenant'

type Values = Record<string, string | null>

/** All that is kept of one person: plain values by the names of `customers.data`. */
export interface CustomerData {
  exported_at: string
  tenant: string
  customer: Values
  /** By part: receivables, charges, payments, mails. */
  parts: Record<string, Values[]>
}

/** Collects what is kept of a customer, for the person whom it is about. */
export class ExportCustomer {
  constructor(private parts: readonly CustomerPart[]) {}

  /** @param format it is handed out in; for the audit log */
  async handle({
    tenant,
    customer,
    format,
    actor,
  }: {
    tenant: Tenant
    customer: Customer
    format: string
    actor: Actor
  }): Promise<CustomerData> {
    const parts: CustomerData['parts'] = {}
    for (const { name, collect } of this.parts) {
      if (collect) parts[name] = await collect(customer)
    }
    await transaction((trx) =>
      recordAudit(trx, {
        actor,
        action: 'customer.exported',
        subject: { type: 'customer', id: customer.id },
        tenantId: tenant.id,
        details: { format },
      })
    )
    const exportedAt = clock.now().toISO()!
    return {
      exported_at: exportedAt,
      tenant: tenant.legalName,
      customer: valuesOf(customer),
      parts,
    }
  }
}

const valuesOf = (customer: Customer): Values => ({
  name: customer.name,
  tax_id: `${customer.taxIdKind} ${customer.taxId}`,
  entity_type: customer.entityType,
  email: customer.email,
  phone: customer.phone,
  contact: customer.contactName,
  language: customer.locale,
  street: customer.street,
  number: customer.streetNumber,
  complement: customer.complement,
  district: customer.district,
  city: customer.city,
  region: customer.stateCode,
  zip: customer.postalCode,
  created_at: customer.createdAt.toISO(),
  updated_at: customer.updatedAt.toISO(),
})
