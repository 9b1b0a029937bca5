import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { LONGEST, MOST, withoutAccents, wordsIn, WORDS_AT_ONCE } from '#app/receivables/words'

export interface Worded {
  id: string
  tenantId: string
  description: string
  reference?: string | null
}

/** Of the description and the reference, and the whole reference: "nf-2026/17" is found as it is. */
function wordsOf({ description, reference }: Worded): string[] {
  const whole = reference ? [withoutAccents(reference).slice(0, LONGEST)] : []
  const words = [...whole, ...wordsIn(reference ?? ''), ...wordsIn(description)]
  return [...new Set(words)].slice(0, MOST)
}

/** Makes new receivables findable, in the transaction that makes them. */
export async function addWords(client: QueryClientContract, receivables: Worded[]) {
  const rows = receivables.flatMap((receivable) =>
    wordsOf(receivable).map((word) => ({
      ...{ tenant_id: receivable.tenantId, word },
      receivable_id: receivable.id,
    }))
  )
  for (let from = 0; from < rows.length; from += WORDS_AT_ONCE) {
    await client.table('receivable_words').multiInsert(rows.slice(from, from + WORDS_AT_ONCE))
  }
}

/** The same of one that is called something else now. */
export async function changeWords(client: QueryClientContract, receivable: Worded) {
  await client
    .from('receivable_words')
    .where({ tenant_id: receivable.tenantId, receivable_id: receivable.id })
    .delete()
  await addWords(client, [receivable])
}
