import type Customer from '#app/receivables/models/customer'
import type { Trx } from '#app/core/transaction'

/** What a customer is found by: the beginnings of these words, wherever they stand in a name. */

const LONGEST = 64
/** More than a name of 160 characters has, unless somebody plays. */
const MOST = 32

const withoutAccents = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const wordsIn = (text: string): string[] =>
  withoutAccents(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => word.slice(0, LONGEST))

/** Of the name, of what stands before the @ of the address, and the whole address. */
export function wordsOf({ name, email }: Pick<Customer, 'name' | 'email'>): string[] {
  const [local] = email.split('@', 1)
  const words = [...wordsIn(name), ...wordsIn(local), email.slice(0, LONGEST)]
  return [...new Set(words.filter(Boolean))].slice(0, MOST)
}

/** The beginnings that all have to be there, the longest first: it finds the fewest. */
export function termsOf(search: string): string[] {
  const terms = search
    .trim()
    .split(/\s+/)
    .flatMap((part) =>
      part.includes('@') ? withoutAccents(part).slice(0, LONGEST) : wordsIn(part)
    )
  return [...new Set(terms)].sort((one, other) => other.length - one.length).slice(0, 8)
}

/** Rows of one statement: SQLite takes so many values. */
const BATCH = 500

/** Makes customers findable by what they are called now, in the transaction that changes it. */
export async function indexWords(
  trx: Trx,
  tenantId: string,
  customers: Pick<Customer, 'id' | 'name' | 'email'>[]
) {
  await forgetWords(
    trx,
    tenantId,
    customers.map(({ id }) => id)
  )
  const rows = customers.flatMap((customer) =>
    wordsOf(customer).map((word) => ({
      ...{ tenant_id: tenantId, word },
      customer_id: customer.id,
    }))
  )
  for (let from = 0; from < rows.length; from += BATCH) {
    await trx.table('customer_words').multiInsert(rows.slice(from, from + BATCH))
  }
}

export const forgetWords = (trx: Trx, tenantId: string, customerIds: string[]) =>
  trx
    .from('customer_words')
    .where('tenant_id', tenantId)
    .whereIn('customer_id', customerIds)
    .delete()
