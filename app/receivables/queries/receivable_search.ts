import db from '@adonisjs/lucid/services/db'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { parseAmount } from '#app/core/money_text'
import { payerTaxIds } from '#app/core/tax_ids'
import { taxIdIndex } from '#app/receivables/models/customer'
import type Receivable from '#app/receivables/models/receivable'
import { hitsOf as customersOf } from '#app/receivables/queries/customer_list'
import { bounds, termsOf } from '#app/receivables/words'
import type Tenant from '#app/tenants/models/tenant'

export interface ReceivableSearch {
  text: string
  /** That its amounts are written in. */
  locale: string
}

/**
 * Up to so many hits are fetched before anything else. Where there are more, the newest rows are
 * looked at one by one: among so many hits a page is soon full.
 */
export const MOST_HITS = 2000
/** The rows that are looked at; should they not fill a page, all hits are sorted after all. */
export const WALKED = MOST_HITS

/** The receivables that a search finds, or what each of them must fulfil when they are too many. */
export type Hits = { ids: string[] } | { among: Meaning }

/** What a text may mean: words of description, reference or customer, or an amount. */
interface Meaning {
  terms: string[]
  amountMinor: number | null
}

/** A whole tax id means its customer and nothing else; other texts may mean several things. */
export async function searchHits(
  tenant: Tenant,
  { text, locale }: ReceivableSearch
): Promise<Hits | { taxIdIndexes: string[] }> {
  const taxIds = payerTaxIds(text, tenant.country)
  if (taxIds.length > 0) {
    return { taxIdIndexes: taxIds.map((taxId) => taxIdIndex(tenant.id, taxId)) }
  }
  const meaning = meaningOf(text, parseAmount(text, tenant.currency, locale))
  const ids = await idsOf(tenant.id, meaning)
  return ids.length > MOST_HITS ? { among: meaning } : { ids }
}

/** "1.234,56" is an amount or a whole reference, and never the words "1", "234" and "56". */
function meaningOf(text: string, amountMinor: number | null): Meaning {
  const isOneThing = amountMinor !== null && /\D/.test(text)
  const terms = isOneThing ? [text.toLowerCase()] : termsOf(text)
  return { amountMinor, terms: terms.toSorted((one, other) => digitsIn(other) - digitsIn(one)) }
}

/** A number is rarer than a word: looked for first, it leaves the least to look at. */
const digitsIn = (term: string) => Number(/\d/.test(term))

/** In one statement, each source to its end or to one more than is fetched. */
async function idsOf(tenantId: string, meaning: Meaning): Promise<string[]> {
  const query = idsMeant(tenantId, meaning, MOST_HITS + 1)
  if (!query) return []
  const rows: { id: string }[] = await query
  return rows.map(({ id }) => id)
}

/** The ids of all that is meant, or so many of each source; null when nothing can be. */
export function idsMeant(tenantId: string, { terms, amountMinor }: Meaning, most?: number) {
  const sources = [
    ...(terms.length > 0 ? [byOwnWords(tenantId, terms), byCustomer(tenantId, terms)] : []),
    ...(amountMinor === null ? [] : [byAmount(tenantId, amountMinor)]),
  ]
  const [first, ...others] = sources.map((source) =>
    db
      .query()
      .from((most ? source.limit(most) : source).as('hits'))
      .select('id')
  )
  if (!first) return null
  for (const other of others) first.union(other)
  return first
}

/** Not "exists": PostgreSQL would read all words that fit, however few rows the first one leaves. */
const HAS_OTHER_WORD = `(select 1 from receivable_words w
  where w.tenant_id = receivable_words.tenant_id
  and w.receivable_id = receivable_words.receivable_id
  and w.word >= ? and w.word < ? limit 1) = 1`

function byOwnWords(tenantId: string, [first, ...others]: string[]) {
  const query = db
    .from('receivable_words')
    .where('tenant_id', tenantId)
    .where('word', '>=', bounds(first)[0])
    .where('word', '<', bounds(first)[1])
    .select('receivable_id as id')
  for (const term of others) query.whereRaw(HAS_OTHER_WORD, bounds(term))
  return query
}

/** From the customers to what they owe: a cross join is made in the order in which it is written. */
const byCustomer = (tenantId: string, terms: string[]) =>
  db
    .query()
    .from(customersOf(tenantId, terms).as('found'))
    .joinRaw('cross join receivables')
    .where('receivables.tenant_id', tenantId)
    .whereColumn('receivables.customer_id', 'found.customer_id')
    .select('receivables.id as id')

const byAmount = (tenantId: string, amountMinor: number) =>
  db.from('receivables').where({ tenant_id: tenantId, amount_minor: amountMinor }).select('id')

type Query = ModelQueryBuilderContract<typeof Receivable>

/** Not "exists", for the same reason. */
const HAS_WORD = `(select 1 from receivable_words w
  where w.tenant_id = receivables.tenant_id and w.receivable_id = receivables.id
  and w.word >= ? and w.word < ? limit 1) = 1`

const CUSTOMER_HAS_WORD = `(select 1 from customer_words w
  where w.tenant_id = receivables.tenant_id and w.customer_id = receivables.customer_id
  and w.word >= ? and w.word < ? limit 1) = 1`

/** Of the newest rows, those that are meant: row by row, and no more than a few of them. */
export function narrowToNewest(
  query: Query,
  { tenantId, before, meaning }: { tenantId: string; before?: string; meaning: Meaning }
) {
  const newest = db.from('receivables').where('tenant_id', tenantId).orderBy('id', 'desc')
  if (before) newest.where('id', '<', before)
  // In place of the table: what else narrows the list is asked of these rows, in their order.
  query.from(newest.limit(WALKED).as('receivables'))
  const { terms, amountMinor } = meaning
  query.where((either) => {
    if (amountMinor !== null) either.where('amount_minor', amountMinor)
    for (const has of terms.length > 0 ? [HAS_WORD, CUSTOMER_HAS_WORD] : []) {
      either.orWhere((all) => {
        for (const term of terms) all.whereRaw(has, bounds(term))
      })
    }
  })
}
