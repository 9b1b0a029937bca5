import type Database from 'better-sqlite3'

/**
 * Prepares a fresh SQLite connection (knex `pool.afterCreate`).
 *
 * Knex opens transactions as deferred ones: two processes that both read and then write would fail
 * with "database is locked" however long they wait. `BEGIN IMMEDIATE` makes the second wait.
 */
export function openSqlite(
  connection: Database.Database,
  done: (error: Error | null, connection: Database.Database) => void
) {
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  connection.pragma('busy_timeout = 5000')

  const prepare = keptStatements(connection.prepare.bind(connection))
  connection.prepare = ((sql: string) =>
    prepare(sql === 'BEGIN;' ? 'BEGIN IMMEDIATE;' : sql)) as typeof connection.prepare
  done(null, connection)
}

type Prepare = (sql: string) => Database.Statement

const MOST_KEPT = 100
const READS_OR_WRITES = /^\s*(?:select|insert|update|delete|with|begin|commit|rollback)\b/i

/**
 * The last statements stay compiled. Knex compiles each query anew, and a long INSERT then lies in
 * native memory until JavaScript's garbage is collected, which does not count it: an import of
 * 50,000 lines took twice the memory.
 */
function keptStatements(prepare: Prepare): Prepare {
  const kept = new Map<string, Database.Statement>()
  return (sql) => {
    if (!READS_OR_WRITES.test(sql)) {
      // It may change the schema that the others were compiled for.
      kept.clear()
      return prepare(sql)
    }
    const statement = kept.get(sql) ?? prepare(sql)
    kept.delete(sql)
    kept.set(sql, statement)
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!)
    return statement
  }
}
