import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import BetterSqlite3 from 'better-sqlite3'
import {
  appendOnly,
  appendOnlyTables,
  missingTriggers,
  notAppendOnly,
} from '#app/core/database/append_only'
import { openSqlite } from '#app/core/database/sqlite'
import { newId } from '#app/core/ids'
import { isUniqueViolation, transaction } from '#app/core/transaction'
import User from '#app/identity/models/user'
import { migrate } from '#tests/support/database'
import { scratchPath } from '#tests/support/scratch'
import { givenMember, givenTenant, givenUser } from '#tests/support/given'

const dialect = () => db.connection().dialect.name
const isPostgres = () => dialect() === 'postgres'

test.group('SQLite shared by processes', (group) => {
  group.tap((each) => each.timeout(60_000))
  const path = scratchPath('two_writers.sqlite3')

  group.setup(() => {
    const connection = new BetterSqlite3(path)
    openSqlite(connection, () => {})
    connection.exec('CREATE TABLE counters (value INTEGER); INSERT INTO counters VALUES (0)')
    connection.close()
  })

  test('writers that read first wait for each other: no update is lost or refused', async ({
    assert,
  }) => {
    const script = app.makePath('tests/fixtures/counting_writer.ts')
    const flags = ['--import', '@poppinss/ts-exec', script, path, '150']
    const writers = [1, 2].map(() => spawn(process.execPath, flags, { stdio: 'inherit' }))
    const endings = await Promise.all(writers.map((writer) => once(writer, 'exit')))

    const connection = new BetterSqlite3(path)
    const { value } = connection.prepare('SELECT value FROM counters').get() as { value: number }
    connection.close()
    assert.deepEqual(
      endings.map(([code]) => code),
      [0, 0]
    )
    assert.equal(value, 300)
  })

  test('every connection flushes, checks foreign keys and waits', ({ assert }) => {
    const connection = new BetterSqlite3(path)
    openSqlite(connection, () => {})
    const pragma = (name: string) => connection.pragma(name, { simple: true })
    assert.equal(pragma('journal_mode'), 'wal')
    assert.equal(pragma('synchronous'), 2)
    assert.equal(pragma('foreign_keys'), 1)
    assert.equal(pragma('busy_timeout'), 5000)
    connection.close()
  })
})

/** One row in each append-only table. */
async function givenRows() {
  const tenant = await givenTenant()
  const now = new Date().toISOString()
  const [transactionId, id] = [newId(), newId()]
  const common = { tenant_id: tenant.id, currency: 'BRL' }
  await db.table('ledger_transactions').insert({
    id: transactionId,
    ...common,
    kind: 'adjustment',
    reference: `test:${id}`,
    occurred_at: now,
    created_at: now,
  })
  await db
    .table('ledger_entries')
    .insert({ id, ...common, transaction_id: transactionId, account: 'x', amount_minor: 1 })
  await db.table('audit_entries').insert({
    id,
    occurred_at: now,
    actor: 'command',
    action: 'test',
    subject_type: 'test',
    subject_id: id,
    details: '{}',
  })
  const { id: createdBy } = await givenUser()
  await db.table('adjustments').insert({
    ...{ id, ...common, amount_minor: 1, reason: 'test', created_by: createdBy, created_at: now },
  })
  const sums = ['pending', 'available', 'reserved', 'earned', 'other', 'gateway']
  const parts = ['disputes', 'payouts', 'holdback']
  await db.table('daily_closes').insert({
    ...Object.fromEntries([...sums, ...parts].map((name) => [`${name}_minor`, 0])),
    ...{ id, day: '2026-11-20', currency: 'BRL', accounts: '[]', differences: '[]' },
    ...{ is_sound: true, actor: 'command', closed_at: now },
  })
}

test.group('Append-only tables', () => {
  test('rows of {$self} are neither changed nor deleted')
    .with([...appendOnlyTables])
    .run(async ({ assert }, table) => {
      await givenRows()
      await assert.rejects(() => db.from(table).update({ id: newId() }), /append-only/)
      await assert.rejects(() => db.from(table).delete(), /append-only/)
      if (isPostgres()) {
        await assert.rejects(() => db.rawQuery(`TRUNCATE ${table} CASCADE`), /append-only/)
      }
      assert.lengthOf(await db.from(table), 1)
    })

  test('a trigger that is gone is missed by name', async ({ assert }) => {
    for (const statement of notAppendOnly('ledger_entries', dialect())) await db.rawQuery(statement)
    assert.deepEqual(await missingTriggers(db.connection()), [
      'ledger_entries_no_update',
      'ledger_entries_no_delete',
    ])

    for (const statement of appendOnly('ledger_entries', dialect())) await db.rawQuery(statement)
    assert.deepEqual(await missingTriggers(db.connection()), [])
  })

  test('an altered table loses its triggers on SQLite alone, and that is seen', async ({
    assert,
  }) => {
    const { schema } = db.connection()
    await schema.alterTable('audit_entries', (table) => table.setNullable('action'))
    const missing = await missingTriggers(db.connection())
    await schema.alterTable('audit_entries', (table) => table.dropNullable('action'))
    for (const statement of missing.length ? appendOnly('audit_entries', dialect()) : []) {
      await db.rawQuery(statement)
    }

    const lost = ['audit_entries_no_update', 'audit_entries_no_delete']
    assert.deepEqual(missing, isPostgres() ? [] : lost)
    assert.deepEqual(await missingTriggers(db.connection()), [])
  })
})

interface ForeignKey {
  child: string
  parent: string
  columns: string[]
}

/** Every foreign key with its columns, in order. */
async function foreignKeys(): Promise<ForeignKey[]> {
  if (isPostgres()) {
    const { rows } = await db.rawQuery(
      `SELECT c.conrelid::regclass::text AS child, c.confrelid::regclass::text AS parent,
         array_agg(a.attname::text ORDER BY k.place) AS columns
       FROM pg_constraint c
       CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k(number, place)
       JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number
       WHERE c.contype = 'f' GROUP BY c.oid, c.conrelid, c.confrelid`
    )
    return rows
  }
  const rows: { child: string; parent: string; columns: string }[] = await db.rawQuery(
    `SELECT m.name AS child, f."table" AS parent, group_concat(f."from" ORDER BY f.seq) AS columns
     FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
     WHERE m.type = 'table' GROUP BY m.name, f.id`
  )
  return rows.map((row) => ({ ...row, columns: row.columns.split(',') }))
}

test.group("References stay inside a tenant's rows", () => {
  test('a row of one tenant cannot refer to a row of another', async ({ assert }) => {
    const [tenant, other] = [await givenTenant(), await givenTenant()]
    const { id: membershipId } = await givenMember(tenant, 'cashier')
    const link = { tenant_id: tenant.id, membership_id: membershipId }
    const insert = (values: object) => db.table('membership_stores').insert({ ...link, ...values })

    await assert.rejects(() => insert({ store_id: other.stores[0].id }), /foreign key/i)
    await assert.rejects(
      () => insert({ store_id: tenant.stores[0].id, tenant_id: other.id }),
      /foreign key/i
    )
    await assert.doesNotReject(() => insert({ store_id: tenant.stores[0].id }))
  })

  test('every reference between tenant-owned tables carries the tenant', async ({ assert }) => {
    const keys = await foreignKeys()
    const tables = await db.connection().getAllTables(['public'])
    const owned = new Set<string>()
    for (const table of tables) {
      const columns = await db.connection().columnsInfo(table)
      if ('tenant_id' in columns) owned.add(table)
    }
    const inside = keys.filter(({ child, parent }) => owned.has(child) && owned.has(parent))
    const carrying = inside.filter(({ columns }) => columns[0] === 'tenant_id')
    const bare = inside.filter(
      ({ child, parent, columns }) =>
        columns[0] !== 'tenant_id' &&
        !carrying.some(
          (key) => key.child === child && key.parent === parent && key.columns[1] === columns[0]
        )
    )
    assert.isAbove(carrying.length, 10)
    assert.deepEqual(bare, [])
  })
})

test.group('Transactions', () => {
  test('what fails leaves nothing behind', async ({ assert }) => {
    const failing = transaction(async (trx) => {
      await User.create({ ...(await userValues()), email: 'a@example.com' }, { client: trx })
      throw new Error('halfway')
    })
    await assert.rejects(() => failing, 'halfway')
    assert.isNull(await User.findBy('email', 'a@example.com'))
  })

  test('a refused unique value is known as such, and by its column', async ({ assert }) => {
    const { email } = await givenUser()
    const error = await givenUser({ email }).catch((caught: unknown) => caught)
    assert.isTrue(isUniqueViolation(error))
    assert.isTrue(isUniqueViolation(error, 'email'))
    assert.isFalse(isUniqueViolation(error, 'slug'))
    assert.isFalse(isUniqueViolation(new Error('other')))
  })
})

const userValues = async () => ({
  password: 'x'.repeat(12),
  fullName: 'Someone',
  locale: 'en',
  timeZone: 'UTC',
  isPlatformAdmin: false,
})

test.group('Migrations', () => {
  test('go down to nothing and up again to the same', async ({ assert }) => {
    const before = await describeSchema()
    await migrate('down')
    const left = await db.connection().getAllTables(['public'])
    await migrate('up')

    assert.sameMembers(left, ['adonis_schema', 'adonis_schema_versions'])
    assert.deepEqual(await describeSchema(), before)
  })
})

/** Tables with their columns and types, and the triggers. */
async function describeSchema() {
  const tables = await db.connection().getAllTables(['public'])
  const columns = await Promise.all(tables.map((table) => db.connection().columnsInfo(table)))
  return {
    tables: Object.fromEntries(tables.map((table, at) => [table, columns[at]])),
    missing: await missingTriggers(db.connection()),
  }
}
