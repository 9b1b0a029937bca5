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

  const prepare = connection.prepare.bind(connection)
  connection.prepare = ((sql: string) =>
    prepare(sql === 'BEGIN;' ? 'BEGIN IMMEDIATE;' : sql)) as typeof connection.prepare
  done(null, connection)
}
