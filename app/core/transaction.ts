import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

export type Trx = TransactionClientContract

/** One database transaction: all of it or nothing. Never call the outside world inside. */
export const transaction = <Result>(work: (trx: Trx) => Promise<Result>): Promise<Result> =>
  db.transaction(work)

/** Whether a database error says that a unique index (or the one with this name or columns) refused. */
export function isUniqueViolation(error: unknown, hint = ''): boolean {
  if (!(error instanceof Error)) return false
  const { code, constraint } = error as Error & { code?: string; constraint?: string }
  if (code === '23505') return (constraint ?? '').includes(hint)
  const sqlite = code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
  return sqlite && error.message.includes(hint)
}
