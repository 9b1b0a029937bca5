import { DateTime } from 'luxon'
import { instantText } from '#app/core/columns'
import { newId } from '#app/core/ids'
import { entityTypeOf, type EntityType, type TaxId } from '#app/core/tax_ids'
import type { Trx } from '#app/core/transaction'
import { seal } from '#app/core/vault'
import { indexWords } from '#app/receivables/customer_words'
import { taxIdIndex, taxIdPurpose } from '#app/receivables/models/customer'
import type Customer from '#app/receivables/models/customer'
import type { CustomerForm } from '#app/receivables/validators/customer'
import type Tenant from '#app/tenants/models/tenant'

/** The columns of a customer that a line fills in. */
export type GivenColumns = Partial<Record<(typeof columnOf)[keyof typeof columnOf], string>>

const columnOf = {
  name: 'name',
  email: 'email',
  phone: 'phone',
  contact: 'contactName',
  language: 'locale',
  entity_type: 'entityType',
  zip: 'postalCode',
  street: 'street',
  number: 'streetNumber',
  complement: 'complement',
  district: 'district',
  city: 'city',
  state: 'stateCode',
} as const

export function customerFromImport(
  form: CustomerForm
): GivenColumns & { name: string; email: string } {
  const given: GivenColumns = {}
  for (const [field, column] of Object.entries(columnOf)) {
    const value = form[field as keyof typeof columnOf]
    if (value) given[column] = value
  }
  return { ...given, name: form.name, email: form.email }
}

export interface WrittenCustomer {
  given: ReturnType<typeof customerFromImport>
  taxId: TaxId
  /** Who has this tax id already. */
  customer?: Customer
}

/**
 * Makes and changes customers by the batch: one insert, the changes one by one.
 * @returns the ids of those that were made, in their order
 */
export async function writeCustomers(
  trx: Trx,
  tenant: Tenant,
  rows: WrittenCustomer[]
): Promise<string[]> {
  const made = rows.filter(({ customer }) => !customer).map((row) => newRow(tenant, row))
  if (made.length > 0) await trx.table('customers').multiInsert(made)
  const changed: Customer[] = []
  for (const { customer, given } of rows) {
    if (customer)
      changed.push(await customer.useTransaction(trx).merge(changes(customer, given)).save())
  }
  await indexWords(trx, tenant.id, [...made, ...changed])
  return made.map(({ id }) => id)
}

/** A person cannot become a company by a file, unless the tax id leaves it open. */
function changes({ taxIdKind, taxId }: Customer, given: WrittenCustomer['given']) {
  const { entityType, ...plain } = given
  const isTold = entityTypeOf(taxIdKind, taxId) !== null
  return entityType && !isTold ? { ...plain, entityType: entityType as EntityType } : plain
}

function newRow(tenant: Tenant, { given, taxId }: WrittenCustomer) {
  const id = newId()
  const now = instantText(DateTime.utc())
  return {
    id,
    tenant_id: tenant.id,
    name: given.name,
    email: given.email,
    phone: given.phone ?? null,
    contact_name: given.contactName ?? null,
    locale: given.locale ?? tenant.locale,
    entity_type: entityTypeOf(taxId.kind, taxId.digits) ?? given.entityType ?? 'individual',
    tax_id_kind: taxId.kind,
    tax_id_masked: taxId.masked,
    tax_id_index: taxIdIndex(tenant.id, taxId),
    tax_id_ciphertext: seal(taxId.digits, taxIdPurpose(tenant.id, id)),
    postal_code: given.postalCode ?? null,
    street: given.street ?? null,
    street_number: given.streetNumber ?? null,
    complement: given.complement ?? null,
    district: given.district ?? null,
    city: given.city ?? null,
    state_code: given.stateCode ?? null,
    created_at: now,
    updated_at: now,
  }
}
