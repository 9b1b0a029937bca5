import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { SCHEMA, SCHEMA_VERSION, STATE_TABLES } from './schema.js'

export class StoreFromAnotherVersion extends Error {
  constructor(file: string) {
    super(`${file} was written by another version of the simulator: remove it to begin anew`)
  }
}

type Row = Record<string, unknown>

/** Where each kind of id begins, in a second since 1970: far apart, so that none passes for another. */
const FIRST_ID = {
  payment: (second: number) => second * 100,
  delivery: (second: number) => second * 64,
  refund: (second: number) => second + 400_000_000,
  payer: (second: number) => second - 1_000_000_000,
  chargeback: (second: number) => second * 50,
  claim: (second: number) => second * 3,
  card: (second: number) => second * 900,
  movement: (second: number) => second * 32,
  report: (second: number) => second * 16,
  invoice: (second: number) => second * 4,
  merchant_order: (second: number) => second * 20,
}

/** One SQLite database, in memory or in a file: statements are prepared once and kept. */
export class Store {
  #database: Database.Database
  #statements = new Map<string, Database.Statement>()

  constructor(file: string) {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
    this.#database = new Database(file)
    this.#database.pragma('journal_mode = WAL')
    this.#database.pragma('synchronous = OFF')
    this.#database.exec(SCHEMA)
    this.#checkVersion(file)
  }

  run(sql: string, ...values: unknown[]): number {
    return this.#prepare(sql).run(...values).changes
  }

  get<T = Row>(sql: string, ...values: unknown[]): T | undefined {
    return this.#prepare(sql).get(...values) as T | undefined
  }

  all<T = Row>(sql: string, ...values: unknown[]): T[] {
    return this.#prepare(sql).all(...values) as T[]
  }

  transaction<T>(work: () => T): T {
    return this.#database.inTransaction ? work() : this.#database.transaction(work)()
  }

  getMeta(key: string): string | undefined {
    return this.get<{ value: string }>('select value from meta where key = ?', key)?.value
  }

  setMeta(key: string, value: string): void {
    this.run('insert or replace into meta (key, value) values (?, ?)', key, value)
  }

  /**
   * Ids begin at the second of the store's birth, so that a simulator started anew does not
   * hand out ids that an app with an older database already knows.
   */
  nextId(sequence: keyof typeof FIRST_ID): number {
    const key = `last_${sequence}_id`
    const last = Number(this.getMeta(key) ?? FIRST_ID[sequence](Math.floor(Date.now() / 1000)))
    this.setMeta(key, String(last + 1))
    return last + 1
  }

  clear(): void {
    for (const table of STATE_TABLES) this.run(`delete from ${table}`)
  }

  close(): void {
    this.#database.close()
  }

  #prepare(sql: string): Database.Statement {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#database.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  #checkVersion(file: string): void {
    const version = this.getMeta('schema_version')
    if (version === undefined) this.setMeta('schema_version', String(SCHEMA_VERSION))
    else if (Number(version) !== SCHEMA_VERSION) throw new StoreFromAnotherVersion(file)
  }
}
