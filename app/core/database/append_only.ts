import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/** Rows of these tables are never changed or deleted: triggers in the database refuse it. */
export const appendOnlyTables = [
  'ledger_transactions',
  'ledger_entries',
  'audit_entries',
  'adjustments',
  'daily_closes',
] as const

type AppendOnlyTable = (typeof appendOnlyTables)[number]
type Dialect = 'postgres' | 'better-sqlite3' | (string & {})

const isPostgres = (dialect: Dialect) => dialect === 'postgres'
const verbs = ['update', 'delete'] as const

const sqliteTrigger = (table: string, verb: string) =>
  `CREATE TRIGGER ${table}_no_${verb} BEFORE ${verb.toUpperCase()} ON ${table}
   BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`

const postgresTriggers = (table: string) => [
  `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
   $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$`,
  ...verbs.map(
    (verb) =>
      `CREATE TRIGGER ${table}_no_${verb} BEFORE ${verb.toUpperCase()} ON ${table}
       FOR EACH ROW EXECUTE FUNCTION refuse_change()`
  ),
  `CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON ${table}
   FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
]

/**
 * The statements that make a table append-only. A migration that rebuilds such a table on SQLite
 * (drop, alter or nullability of a column, a foreign key) loses its triggers and must run them again.
 */
export const appendOnly = (table: AppendOnlyTable, dialect: Dialect): string[] =>
  isPostgres(dialect) ? postgresTriggers(table) : verbs.map((verb) => sqliteTrigger(table, verb))

/** The statements that lift it again: for `down` migrations and for cleaning test databases. */
export const notAppendOnly = (table: AppendOnlyTable, dialect: Dialect): string[] =>
  [...verbs, ...(isPostgres(dialect) ? ['truncate'] : [])].map(
    (verb) =>
      `DROP TRIGGER IF EXISTS ${table}_no_${verb}${isPostgres(dialect) ? ` ON ${table}` : ''}`
  )

/** Names of the triggers that should exist and do not; empty when all is well. */
export async function missingTriggers(db: QueryClientContract): Promise<string[]> {
  const rows = isPostgres(db.dialect.name)
    ? await db.query().from('pg_trigger').where('tgisinternal', false).select('tgname as name')
    : await db.query().from('sqlite_master').where('type', 'trigger').select('name')
  const present = new Set(rows.map(({ name }: { name: string }) => name))
  return appendOnlyTables
    .flatMap((table) => verbs.map((verb) => `${table}_no_${verb}`))
    .filter((name) => !present.has(name))
}
