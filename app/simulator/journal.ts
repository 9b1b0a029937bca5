import type { Store } from './store/store.js'
import type { Clock } from './clock.js'
import { isoTime } from './time.js'

export type JournalEntry = { seq: number; at: string; kind: 'call' | 'effect' } & Record<
  string,
  unknown
>

/** Everything that was asked and everything that happened, in order. */
export class Journal {
  constructor(
    private store: Store,
    private clock: Clock
  ) {}

  call(details: Record<string, unknown>): void {
    this.#append(this.clock.now(), { kind: 'call', ...details })
  }

  effect(name: string, at: number, details: Record<string, unknown>): void {
    this.#append(at, { kind: 'effect', effect: name, ...details })
  }

  /** Entries after `seq`, oldest first. */
  read(after: number, limit: number): JournalEntry[] {
    const sql = 'select seq, data from journal where seq > ? order by seq limit ?'
    return this.#parse(this.store.all(sql, after, limit))
  }

  /** Entries before `seq`, latest first. */
  latest(before: number, limit: number): JournalEntry[] {
    const sql = 'select seq, data from journal where seq < ? order by seq desc limit ?'
    return this.#parse(this.store.all(sql, before, limit))
  }

  #append(at: number, details: Record<string, unknown>): void {
    const data = JSON.stringify({ at: isoTime(at), ...details })
    this.store.run('insert into journal (data) values (?)', data)
  }

  #parse(rows: Record<string, unknown>[]): JournalEntry[] {
    return rows.map((row) => ({ seq: row.seq, ...JSON.parse(row.data as string) }))
  }
}
