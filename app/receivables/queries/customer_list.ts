import db from '@adonisjs/lucid/services/db'
import type Tenant from '#app/tenants/models/tenant'
import { payerTaxIds } from '#app/core/tax_ids'
import { termsOf } from '#app/receivables/customer_words'
import { withQuery } from '#app/receivables/query_string'
import Customer, { taxIdIndex } from '#app/receivables/models/customer'

export const PAGE_SIZE = 30

/**
 * Up to so many hits are fetched and sorted. More are so frequent that a page of them is found soon
 * when one walks along the names instead.
 */
const MOST_SORTED = 1000

type Query = ReturnType<typeof Customer.query>

interface ListInput {
  tenant: Tenant
  /** Beginnings of words of the name or the address, or a whole tax id. */
  search?: string
  /** The last row of the page before. */
  after?: { name: string; id: string }
}

/** A tenant's customers by name, without those that were merged or erased. */
export async function customerList({ tenant, search, after }: ListInput) {
  const query = Customer.query()
    .where('tenant_id', tenant.id)
    .whereNull('merged_into_id')
    .whereNull('erased_at')
    .orderBy('name')
    .orderBy('id')
    .limit(PAGE_SIZE + 1)
  if (search) await narrow(query, tenant, search)
  if (after) query.whereRaw('(name, id) > (?, ?)', [after.name, after.id])
  const rows = await query
  const page = rows.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  return { customers: page, next: rows.length > PAGE_SIZE && last ? cursor(last) : null }
}

const cursor = ({ name, id }: Customer) => ({ name, id })

async function narrow(query: Query, tenant: Tenant, search: string) {
  const taxIds = payerTaxIds(search, tenant.country)
  if (taxIds.length > 0) {
    return query.whereIn(
      'tax_id_index',
      taxIds.map((taxId) => taxIdIndex(tenant.id, taxId))
    )
  }
  const terms = termsOf(search)
  if (terms.length === 0) return query.whereRaw('1 = 0')
  const hits = await hitsOf(tenant.id, terms)
  if (hits.length <= MOST_SORTED) return query.whereIn('id', hits)
  for (const term of terms) query.whereRaw(`exists (${HAS_WORD})`, bounds(term))
  return query
}

const HAS_WORD = `select 1 from customer_words w where w.tenant_id = customers.tenant_id
  and w.customer_id = customers.id and w.word >= ? and w.word < ?`

/** The range of all words with this beginning. */
const bounds = (term: string) => [term, `${term}\u{10ffff}`]

/** Whose words begin with all of the terms; one more than can be sorted says that it is too many. */
async function hitsOf(tenantId: string, [first, ...others]: string[]): Promise<string[]> {
  const query = db
    .from('customer_words')
    .where('tenant_id', tenantId)
    .whereBetween('word', bounds(first) as [string, string])
    .distinct('customer_id')
    .limit(MOST_SORTED + 1)
  for (const term of others) {
    query.whereRaw(
      `exists (select 1 from customer_words w where w.tenant_id = customer_words.tenant_id
        and w.customer_id = customer_words.customer_id and w.word >= ? and w.word < ?)`,
      bounds(term)
    )
  }
  const rows = await query
  return rows.map(({ customer_id: id }) => id)
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

/** A customer of the tenant whom something can be charged to, or null. */
export const findCustomer = (tenantId: string, id: string): Promise<Customer | null> =>
  Customer.query()
    .where({ tenant_id: tenantId, id })
    .whereNull('merged_into_id')
    .whereNull('erased_at')
    .first()

/** Also one that was merged or erased. */
export const findAnyCustomer = (tenantId: string, id: string): Promise<Customer | null> =>
  Customer.query().where({ tenant_id: tenantId, id }).first()
