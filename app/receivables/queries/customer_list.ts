import db from '@adonisjs/lucid/services/db'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type Tenant from '#app/tenants/models/tenant'
import { payerTaxIds } from '#app/core/tax_ids'
import { bounds, termsOf } from '#app/receivables/words'
import { withQuery } from '#app/core/http/query_string'
import Customer, { taxIdIndex } from '#app/receivables/models/customer'

export const PAGE_SIZE = 30

/**
 * Up to so many hits are fetched and sorted by name. More come by the word that was found: sorting
 * them would cost more with each customer, and nobody reads so many.
 */
const MOST_SORTED = 1000

type Query = ModelQueryBuilderContract<typeof Customer>

/** The last row of the page before: its name, or the word that it was found by. */
interface Cursor {
  name: string
  id: string
}

interface Page {
  customers: Customer[]
  next: Cursor | null
}

interface ListInput {
  tenant: Tenant
  /** Beginnings of words of the name or the address, or a whole tax id. */
  search?: string
  after?: Cursor
}

/** A tenant's customers by name, without those that were merged or erased. */
export async function customerList({ tenant, search, after }: ListInput): Promise<Page> {
  const query = Customer.query()
    .where('tenant_id', tenant.id)
    .whereNull('merged_into_id')
    .whereNull('erased_at')
  if (!search) return byName(query, after)
  const taxIds = payerTaxIds(search, tenant.country)
  if (taxIds.length > 0) {
    const indexes = taxIds.map((taxId) => taxIdIndex(tenant.id, taxId))
    return byName(query.whereIn('tax_id_index', indexes), after)
  }
  const terms = termsOf(search)
  if (terms.length === 0) return { customers: [], next: null }
  const hits = await hitsOf(tenant.id, terms).limit(MOST_SORTED + 1)
  return hits.length <= MOST_SORTED
    ? byName(query.whereIn('id', idsOf(hits)), after)
    : byWord(query, hitsOf(tenant.id, terms), after)
}

async function byName(query: Query, after?: Cursor): Promise<Page> {
  query.orderBy('name').orderBy('id')
  if (after) query.whereRaw('(name, id) > (?, ?)', [after.name, after.id])
  const rows = await query.limit(PAGE_SIZE + 1)
  const last = rows.length > PAGE_SIZE ? rows[PAGE_SIZE - 1] : null
  const next = last && { name: last.name, id: last.id }
  return { customers: rows.slice(0, PAGE_SIZE), next }
}

async function byWord(query: Query, hits: Hits, after?: Cursor): Promise<Page> {
  hits.orderBy('word').orderBy('customer_id')
  if (after) hits.whereRaw('(word, customer_id) > (?, ?)', [after.name, after.id])
  const rows = (await hits.limit(PAGE_SIZE + 1)) as Hit[]
  const page = rows.slice(0, PAGE_SIZE)
  const found = await query.whereIn('id', idsOf(page))
  const byId = new Map(found.map((customer) => [customer.id, customer]))
  const last = rows.length > PAGE_SIZE ? page.at(-1) : null
  return {
    customers: idsOf(page).flatMap((id) => byId.get(id) ?? []),
    next: last ? { name: last.word, id: last.customer_id } : null,
  }
}

interface Hit {
  word: string
  customer_id: string
}

type Hits = ReturnType<typeof hitsOf>

const idsOf = (hits: Hit[]) => hits.map(({ customer_id: id }) => id)

const OTHER_WORD = `select 1 from customer_words w where w.tenant_id = customer_words.tenant_id
  and w.customer_id = customer_words.customer_id and w.word >= ?`

/** Whose words begin with all of the terms, each once: by the first of the words that fit. */
export function hitsOf(tenantId: string, [first, ...others]: string[]) {
  const query = db
    .from('customer_words')
    .where('tenant_id', tenantId)
    .whereBetween('word', bounds(first))
    .whereRaw(`not exists (${OTHER_WORD} and w.word < customer_words.word)`, [first])
    .select('word', 'customer_id')
  for (const term of others) {
    query.whereRaw(`exists (${OTHER_WORD} and w.word < ?)`, bounds(term))
  }
  return query
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
