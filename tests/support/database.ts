import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { MigrationRunner } from '@adonisjs/lucid/migration'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { appendOnly, appendOnlyTables, notAppendOnly } from '#app/core/database/append_only'

let tables: string[] = []

const migrationTables = ['adonis_schema', 'adonis_schema_versions']

/** Runs the migrations. @throws the error of the one that failed. */
export async function migrate(direction: 'up' | 'down' = 'up', batch?: number) {
  const runner = new MigrationRunner(db, app, {
    direction,
    connectionName: db.primaryConnectionName,
    ...(direction === 'down' ? { batch: batch ?? 0 } : {}),
  } as ConstructorParameters<typeof MigrationRunner>[2])
  await runner.run()
  if (runner.error) throw runner.error
}

/** An empty database with all tables, whatever an earlier run left in it. */
export async function freshDatabase() {
  await db.connection().dropAllTables()
  await migrate()
  tables = await tablesChildrenFirst()
}

const foreignKeysSql = () =>
  db.connection().dialect.name === 'postgres'
    ? `SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent
       FROM pg_constraint WHERE contype = 'f'`
    : `SELECT m.name AS child, f."table" AS parent
       FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`

/** A raw read's rows: PostgreSQL wraps them. */
async function rows<Row>(sql: string): Promise<Row[]> {
  const result = await db.rawQuery(sql)
  return result.rows ?? result
}

/** All tables, each before the ones it refers to. */
async function tablesChildrenFirst(): Promise<string[]> {
  const all = await db.connection().getAllTables(['public'])
  const keys = await rows<{ child: string; parent: string }>(foreignKeysSql())
  const ordered: string[] = []
  const place = (table: string) => {
    if (ordered.includes(table)) return
    for (const { child, parent } of keys) {
      if (parent === table && child !== table) place(child)
    }
    ordered.push(table)
  }
  all.filter((table) => !migrationTables.includes(table)).forEach(place)
  return ordered
}

async function emptyAppendOnly(trx: TransactionClientContract, table: string) {
  const name = appendOnlyTables.find((candidate) => candidate === table)
  const dialect = trx.dialect.name
  for (const statement of name ? notAppendOnly(name, dialect) : []) await trx.rawQuery(statement)
  await trx.from(table).delete()
  for (const statement of name ? appendOnly(name, dialect) : []) await trx.rawQuery(statement)
}

/** Empties every table that has rows; the schema and its triggers stay as they are. */
export async function truncate() {
  const probes = tables.map(
    (table) => `SELECT '${table}' AS name WHERE EXISTS (SELECT 1 FROM ${table})`
  )
  const dirty = await rows<{ name: string }>(probes.join(' UNION ALL '))
  if (dirty.length === 0) return
  await db.transaction(async (trx) => {
    for (const { name } of dirty) await emptyAppendOnly(trx, name)
  })
}
