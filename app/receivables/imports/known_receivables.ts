import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'

interface Line {
  reference: string | null
  importKey: string | null
}

export interface KnownReceivable {
  customerId: string
  amountMinor: number
  dueOn: string
}

/** What an earlier file, or another member, has brought in already. */
export interface Known {
  of(line: Line): KnownReceivable | undefined
}

const filled = (values: (string | null)[]) => values.filter((value) => value !== null)

/** Receivables of these lines, by reference or by what was in the line. */
export async function findKnown(
  lines: Line[],
  tenantId: string,
  client: QueryClientContract = db.connection()
): Promise<Known> {
  const by = async (column: string, values: string[]) => {
    if (values.length === 0) return new Map<string, KnownReceivable>()
    const rows = await client
      .from('receivables')
      .where('tenant_id', tenantId)
      .whereIn(column, values)
      .select(`${column} as key`, 'customer_id', 'amount_minor', 'due_on')
    return new Map(rows.map((row) => [row.key as string, asKnown(row)]))
  }
  const references = await by('reference', filled(lines.map(({ reference }) => reference)))
  const keys = await by('import_key', filled(lines.map(({ importKey }) => importKey)))
  return {
    of: ({ reference, importKey }) =>
      reference ? references.get(reference) : keys.get(importKey ?? ''),
  }
}

const asKnown = (row: Record<string, any>): KnownReceivable => ({
  customerId: row.customer_id,
  amountMinor: Number(row.amount_minor),
  dueOn: typeof row.due_on === 'string' ? row.due_on : DateTime.fromJSDate(row.due_on).toISODate()!,
})

/**
 * Whether the line is about what is there, and is no other debt under its reference. A customer that
 * is not found any more was merged or erased since.
 */
export const isSame = (
  known: KnownReceivable,
  line: { reference: string | null; customerId: string | null; amountMinor: number; dueOn: string }
): boolean =>
  line.reference === null ||
  (known.amountMinor === line.amountMinor &&
    known.dueOn === line.dueOn &&
    (line.customerId === null || line.customerId === known.customerId))
