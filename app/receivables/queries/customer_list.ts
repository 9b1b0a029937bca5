import type Tenant from '#app/tenants/models/tenant'
import { checkTaxId, taxIdKindsOf, type TaxId } from '#app/core/tax_ids'
import { withQuery } from '#app/receivables/query_string'
import Customer, { taxIdIndex } from '#app/receivables/models/customer'

export const PAGE_SIZE = 30

/** The tax id that a text is, in any kind of the country; null when it is none. */
export const readTaxId = (text: string, country: string): TaxId | null =>
  taxIdKindsOf(country).reduce<TaxId | null>((found, kind) => found ?? checkTaxId(kind, text), null)

/** Letters that mean something in a pattern, taken literally. */
const literal = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

interface ListInput {
  tenant: Tenant
  /** Part of a name, the beginning of an email address, or a whole tax id. */
  search?: string
  /** The last row of the page before. */
  after?: { name: string; id: string }
}

/** A tenant's customers by name. */
export async function customerList({ tenant, search, after }: ListInput) {
  const query = Customer.query()
    .where('tenant_id', tenant.id)
    .orderBy('name')
    .orderBy('id')
    .limit(PAGE_SIZE + 1)
  if (search) narrow(query, tenant, search)
  if (after) {
    query.where((later) =>
      later
        .where('name', '>', after.name)
        .orWhere((same) => same.where('name', after.name).where('id', '>', after.id))
    )
  }
  const rows = await query
  const page = rows.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  return { customers: page, next: rows.length > PAGE_SIZE && last ? cursor(last) : null }
}

const cursor = ({ name, id }: Customer) => ({ name, id })

function narrow(query: ReturnType<typeof Customer.query>, tenant: Tenant, search: string) {
  const taxId = readTaxId(search, tenant.country)
  if (taxId) {
    query.where('tax_id_index', taxIdIndex(tenant.id, taxId))
    return
  }
  const text = literal(search.toLowerCase())
  query.where((either) =>
    either
      .whereRaw(`lower(name) like ? escape '\\'`, [`%${text}%`])
      .orWhereRaw(`lower(email) like ? escape '\\'`, [`${text}%`])
  )
}

/** One page as a list of customers shows it. @param search the page's query, validated */
export async function customerListPage(
  tenant: Tenant,
  { q, after, after_id: id }: { q?: string; after?: string; after_id?: string }
) {
  const from = after && id ? { name: after, id } : undefined
  const { customers, next } = await customerList({ tenant, search: q, after: from })
  return { customers, q, next: next && withQuery({ q, after: next.name, after_id: next.id }) }
}

/** A customer of the tenant, or null. */
export const findCustomer = (tenantId: string, id: string): Promise<Customer | null> =>
  Customer.query().where({ tenant_id: tenantId, id }).first()
