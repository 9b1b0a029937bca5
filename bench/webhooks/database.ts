import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import type { Plan } from '../webhooks.js'

export const SECRET = 'bench-webhook-secret'
export const USER_ID = '44444'

export interface BenchDatabase {
  env: Record<string, string>
  /** Where the bare server writes: a file or a database of its own, equally durable. */
  bare: string
  settings: Record<string, unknown>
  /** Rows of the product's inbox, and of the bare server's. */
  count(): Promise<{ product: number; bare: number }>
  drop(): Promise<void>
}

const account = `insert into platform_accounts (id, provider, collector_id, site_id, country, currency,
  nickname, is_test, state, token_version, verified_at, created_at, updated_at)
  values ('${randomUUID()}', 'mercadopago', '${USER_ID}', 'MLB', 'BR', 'BRL', 'BENCH', true, 'current', 1,
  '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z')`

/** A plain inbox: what a server without a framework would keep. */
export const bareTable = `create table inbox (dedupe_key text primary key, topic text not null,
  resource_id text not null, mp_user_id text, query text not null, body text not null,
  received_at text not null)`

function migrate(env: Record<string, string>) {
  const options = { env: { ...process.env, ...env }, encoding: 'utf8' as const }
  const run = spawnSync(process.execPath, ['bin/ace.mjs', 'migration:run', '--force'], options)
  if (run.status !== 0) throw new Error(run.stdout + run.stderr)
}

const environment = (folder: string) => ({
  NODE_ENV: 'production',
  ENV_PATH: folder,
  HOST: '127.0.0.1',
  LOG_LEVEL: 'error',
  APP_KEY: 'bench-app-key-0123456789abcdefghijklmnop',
  APP_URL: 'http://127.0.0.1',
  CREDENTIAL_KEYS: 'bench1:first-credential-key-0123456789abcdef',
  MERCADOPAGO_WEBHOOK_SECRETS: SECRET,
})

/** Databases of this run alone, migrated, with the account that the notifications are of. */
export async function prepare(plan: Plan): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'repasse-bench-'))
  return plan.engine === 'pg' ? onPostgres(folder) : onSqlite(folder)
}

async function onSqlite(folder: string): Promise<BenchDatabase> {
  const path = join(folder, 'product.sqlite3')
  const bare = join(folder, 'bare.sqlite3')
  const env = { ...environment(folder), DB_CONNECTION: 'sqlite', SQLITE_PATH: path, PORT: '0' }
  migrate(env)
  const [product, plain] = [new Database(path), new Database(bare)]
  product.exec(account)
  plain.pragma('journal_mode = WAL')
  plain.exec(bareTable)
  const rows = (db: Database.Database, table: string) =>
    (db.prepare(`select count(*) as total from ${table}`).get() as { total: number }).total
  return {
    env,
    bare,
    settings: { journal_mode: 'WAL', synchronous: 'FULL' },
    count: async () => ({ product: rows(product, 'webhook_events'), bare: rows(plain, 'inbox') }),
    async drop() {
      product.close()
      plain.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function onPostgres(folder: string): Promise<BenchDatabase> {
  const server = process.env.BENCH_PG_URL ?? 'postgres://postgres@127.0.0.1:5432'
  const name = `repasse_bench_${process.pid}`
  const admin = new pg.Client(`${server}/postgres`)
  await admin.connect()
  await admin.query(`create database ${name}`)
  const url = `${server}/${name}`
  const env = { ...environment(folder), DB_CONNECTION: 'pg', PG_URL: url, PORT: '0' }
  migrate(env)
  const db = new pg.Client(url)
  await db.connect()
  await db.query(account)
  await db.query(bareTable)
  const rows = async (table: string) => {
    const result = await db.query(`select count(*)::int as total from ${table}`)
    return result.rows[0].total as number
  }
  const settings = await db.query(
    `select name, setting from pg_settings where name in
     ('server_version', 'fsync', 'synchronous_commit', 'shared_buffers', 'wal_sync_method')`
  )
  return {
    env,
    bare: url,
    settings: Object.fromEntries(settings.rows.map((row) => [row.name, row.setting])),
    count: async () => ({ product: await rows('webhook_events'), bare: await rows('inbox') }),
    async drop() {
      await db.end()
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
