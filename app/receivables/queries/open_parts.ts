import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { OpenPart } from '#app/receivables/customer_errors'
import type { CustomerPart, CustomerRef } from '#app/receivables/queries/customer_part'

/** What is not finished of a customer; empty when it may be erased. */
export async function openParts(
  client: QueryClientContract,
  parts: readonly CustomerPart[],
  customer: CustomerRef
): Promise<OpenPart[]> {
  const open: OpenPart[] = []
  for (const { name, countOpen } of parts) {
    const count = countOpen ? await countOpen(client, customer) : 0
    if (count > 0) open.push({ name, count })
  }
  return open
}
