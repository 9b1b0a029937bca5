import type Customer from '#app/receivables/models/customer'
import type { Trx } from '#app/core/transaction'
import { LONGEST, MOST, wordsIn, WORDS_AT_ONCE } from '#app/receivables/words'

/** What a customer is found by: the beginnings of these words, wherever they stand in a name. */

/** Of the name, of what stands before the @ of the address, and the whole address. */
export function wordsOf({ name, email }: Pick<Customer, 'name' | 'email'>): string[] {
  const [local] = email.split('@', 1)
  const words = [...wordsIn(name), ...wordsIn(local), email.slice(0, LONGEST)]
  return [...new Set(words.filter(Boolean))].slice(0, MOST)
}

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
  for (let from = 0; from < rows.length; from += WORDS_AT_ONCE) {
    await trx.table('customer_words').multiInsert(rows.slice(from, from + WORDS_AT_ONCE))
  }
}

export const forgetWords = (trx: Trx, tenantId: string, customerIds: string[]) =>
  trx
    .from('customer_words')
    .where('tenant_id', tenantId)
    .whereIn('customer_id', customerIds)
    .delete()
