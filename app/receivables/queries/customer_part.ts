import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Trx } from '#app/core/transaction'

export interface CustomerRef {
  id: string
  tenantId: string
}

/**
 * Something that hangs on a customer: its receivables, its payments, its mails. All of them are in
 * `start/customer_parts.ts`; whatever keeps a customer's id or data has to be one.
 */
export interface CustomerPart {
  /** Names its texts: `customers.parts.<name>`. */
  name: string
  /** Tables with a `customer_id`: the rows go along when the customer is merged into another. */
  tables?: readonly string[]
  /** Of these tables, those that have one row of a customer at most. */
  unique?: readonly string[]
  /** How many of it are not finished yet: somebody still has to know who the customer is. */
  countOpen?(client: QueryClientContract, customer: CustomerRef): Promise<number>
  /** Takes out what tells who the customer was. */
  erase?(trx: Trx, customer: CustomerRef & { email: string }): Promise<void>
  /** What is kept, in plain values, for the person it is about. */
  collect?(customer: CustomerRef): Promise<Record<string, string | null>[]>
}

/** How many rows a query has. */
export async function countOf(query: { count(column: string, as?: string): any }): Promise<number> {
  const [{ total }] = await query.count('*', 'total')
  return Number(total)
}
