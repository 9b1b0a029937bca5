import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openSqlite } from '#app/core/database/sqlite'
import type { Plan } from '../ledger.js'
import type { BenchDatabase } from './database.js'

const ACCOUNTS = 100_000

export interface Peer {
  name: string
  /** @returns transactions a second */
  run(): number
}

/** pgbench's simple-update with the same number of clients; null where pgbench is not installed. */
function pgbench(plan: Plan, { peerUrl }: BenchDatabase): Peer | null {
  const call = (...args: string[]) => spawnSync('pgbench', [...args, peerUrl], { encoding: 'utf8' })
  if (call('--initialize', '--scale=10', '--quiet').status !== 0) return null
  const options = ['--builtin=simple-update', '--no-vacuum', `--client=${plan.clients}`]
  return {
    name: 'pgbench simple-update',
    run() {
      const { stdout } = call(...options, '--jobs=2', `--time=${plan.seconds}`)
      return Number(/tps = ([\d.]+)/.exec(stdout)?.[1])
    },
  }
}

/** The statements of simple-update, prepared once, straight on the driver. */
function sqliteSimpleUpdate(plan: Plan, { folder }: BenchDatabase): Peer {
  const db = new Database(join(folder, 'peer.sqlite3'))
  openSqlite(db, () => {})
  db.exec(`create table accounts (aid integer primary key, abalance integer not null);
    create table history (aid integer not null, delta integer not null, mtime text not null);
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ACCOUNTS})
    insert into accounts select i, 0 from n;`)
  const update = db.prepare('update accounts set abalance = abalance + ? where aid = ?')
  const select = db.prepare('select abalance from accounts where aid = ?')
  const insert = db.prepare('insert into history values (?, ?, ?)')
  const once = db.transaction((aid: number, delta: number) => {
    update.run(delta, aid)
    select.get(aid)
    insert.run(aid, delta, new Date().toISOString())
  })
  return {
    name: 'the statements of simple-update on better-sqlite3',
    run() {
      const until = performance.now() + plan.seconds * 1000
      let done = 0
      for (; performance.now() < until; done++) once.immediate(1 + (done % ACCOUNTS), done)
      return done / plan.seconds
    },
  }
}

export const peerOf = (plan: Plan, database: BenchDatabase): Peer | null =>
  plan.engine === 'pg' ? pgbench(plan, database) : sqliteSimpleUpdate(plan, database)
