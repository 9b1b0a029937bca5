import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { instantFrom, instantText } from '#app/core/columns'
import { rowsOf } from '#app/core/database/insert_new'
import { describeError } from '#app/core/redaction'
import type { Outcome } from '#app/core/work/job'
import { realTimeSql } from '#app/core/work/real_time'
import { errorLine, MAX_ATTEMPTS, nextTry } from '#app/core/work/retries'

/** Longer than any handler runs. Whoever dies leaves its rows locked for this long. */
const LEASE_SECONDS = 120

/** Another worker has claimed the row meanwhile: what was done here must roll back. */
export class LeaseLost extends Error {
  constructor() {
    super('The lease was lost')
  }
}

export interface WorkTableNames {
  table: string
  /** The state of rows that wait or run. */
  waiting: string
  /** The column that says when a row was written. */
  bornAt: string
}

export interface WorkRow {
  id: string
  attempts: number
  [column: string]: unknown
}

/** Rows that are done as one, and the lease that allows it. */
export interface Claim {
  ids: string[]
  token: string
  /** Runs so far, this one included. */
  attempts: number
  bornAt: DateTime
}

/**
 * A table of ours as a queue. A row is claimed by a lease; its token is checked when the row ends,
 * so a worker that was too slow changes nothing. Run times are business time, leases real time.
 */
export class WorkTable<Row extends WorkRow> {
  /** The lane that was served last: the next claim begins behind it. */
  #lastLane = ''

  constructor(readonly names: WorkTableNames) {}

  get #waiting() {
    return `state = '${this.names.waiting}'`
  }

  #free(client: QueryClientContract) {
    return `${this.#waiting} and (leased_until is null or leased_until <= ${realTimeSql(client.dialect)})`
  }

  #due(client: QueryClientContract) {
    return `${this.#free(client)} and run_at <= '${instantText(clock.now())}'`
  }

  /**
   * Claims up to `limit` rows that are due. Every lane gets its share before any gets more, and the
   * next claim begins with the lanes behind these: one with a million rows delays nobody else's.
   */
  async claim(limit: number): Promise<{ token: string; rows: Row[] }> {
    const client = db.connection()
    const token = randomUUID()
    const lanes = await this.#dueLanes(client, limit)
    if (lanes.length === 0) return { token, rows: [] }
    this.#lastLane = lanes[lanes.length - 1]
    const share = Math.max(1, Math.floor(limit / lanes.length))
    const picks = lanes.map(
      () => `select id from (select id from ${this.names.table}
        where ${this.#due(client)} and lane = ? order by run_at, id limit ${share}
        ${this.#skipLocked(client)}) as picked_of_lane`
    )
    return { token, rows: await this.lease(client, token, picks.join(' union all '), lanes) }
  }

  /** Puts free rows under a lease. @param selection SQL that yields ids and locks them. */
  async lease(client: QueryClientContract, token: string, selection: string, bindings: string[]) {
    // Materialized: planned into a join, the locking selection might run more than once.
    const result = await client.rawQuery(
      `with picked as materialized (${selection})
       update ${this.names.table} set lease_token = ?, attempts = attempts + 1,
         leased_until = ${realTimeSql(client.dialect, LEASE_SECONDS)}
       where id in (select id from picked) and ${this.#free(client)} returning *`,
      [...bindings, token]
    )
    return rowsOf<Row>(result)
  }

  /** SQL for free rows of some kind, locked; due or not. */
  freeRows(client: QueryClientContract, condition: string): string {
    return `select id from (select id from ${this.names.table}
      where ${this.#free(client)} and ${condition} ${this.#skipLocked(client)}) as free_rows`
  }

  #skipLocked(client: QueryClientContract) {
    return client.dialect.name === 'postgres' ? 'for update skip locked' : ''
  }

  async #dueLanes(client: QueryClientContract, limit: number): Promise<string[]> {
    const last = this.#lastLane
    const behind = await this.#lanes(client, limit, last)
    if (behind.length === limit || last === '') return behind
    return [...behind, ...(await this.#lanes(client, limit - behind.length, '', last))]
  }

  /** Walks the index (lane, run_at) from lane to lane, however many rows each has. */
  async #lanes(client: QueryClientContract, limit: number, after: string, upTo?: string) {
    const { table } = this.names
    const bound = upTo === undefined ? '' : 'and lane <= ?'
    const next = (condition: string) =>
      `select min(lane) from ${table} where ${this.#waiting} and ${condition} ${bound}`
    const result = await client.rawQuery(
      `with recursive lanes(lane) as (
         ${next('lane > ?')}
         union all
         select (${next('lane > lanes.lane')}) from lanes where lanes.lane is not null
       )
       select lane from lanes where lane is not null and exists (
         select 1 from ${table} where ${this.#due(client)} and ${table}.lane = lanes.lane
       ) limit ${limit}`,
      upTo === undefined ? [after] : [after, upTo, upTo]
    )
    return rowsOf<{ lane: string }>(result).map(({ lane }) => lane)
  }

  /** @returns what ends, releases or delays the rows together. */
  claimOf(token: string, rows: Row[]): Claim {
    const bornAt = rows.map((row) => instantFrom(row[this.names.bornAt] as string))
    return {
      token,
      ids: rows.map(({ id }) => id),
      attempts: Math.max(...rows.map(({ attempts }) => attempts)),
      bornAt: bornAt.reduce((oldest, next) => (next < oldest ? next : oldest)),
    }
  }

  /**
   * Changes claimed rows and ends their lease.
   * @throws LeaseLost when somebody else has one of them by now.
   */
  async settle(client: QueryClientContract, claim: Claim, changes: Record<string, unknown>) {
    const changed = await client
      .from(this.names.table)
      .whereIn('id', claim.ids)
      .where('lease_token', claim.token)
      .update({ ...changes, lease_token: null, leased_until: null })
    if (Number(changed) !== claim.ids.length) throw new LeaseLost()
  }

  /** Hands rows back as if they had never been claimed. */
  async release(claim: Claim) {
    await this.settle(db.connection(), claim, { attempts: claim.attempts - 1 })
  }

  /** Runs the work of a claim, which must settle it; a failure delays the rows or gives them up. */
  async attempt(claim: Claim, work: () => Promise<void>): Promise<Outcome> {
    try {
      // It was claimed before and never ended: each time its process died of it or was killed.
      if (claim.attempts > MAX_ATTEMPTS) throw new Error('Its worker died on every attempt')
      await work()
      return { state: 'done' }
    } catch (error) {
      if (error instanceof LeaseLost) return { state: 'lost', error }
      return this.#failed(claim, error)
    }
  }

  async #failed(claim: Claim, error: unknown): Promise<Outcome> {
    const age = clock.now().diff(claim.bornAt, 'seconds').seconds
    const { counted, delaySeconds, giveUp } = nextTry(error, claim.attempts, age)
    const at = { table: this.names.table, ids: claim.ids, attempts: claim.attempts }
    logger.warn({ ...at, err: describeError(error), giveUp }, 'work failed')
    const changes = giveUp
      ? { state: 'failed', finished_at: instantText(clock.now()) }
      : { run_at: instantText(clock.now().plus({ seconds: delaySeconds })) }
    const attempts = counted ? claim.attempts : claim.attempts - 1
    const told = { ...changes, attempts, last_error: errorLine(error) }
    try {
      await this.settle(db.connection(), claim, told)
      return { state: giveUp ? 'failed' : 'again', error }
    } catch (unwritten) {
      // The lease runs out by itself, and the row is claimed again.
      logger.warn({ ...at, err: describeError(unwritten) }, 'a failure could not be written down')
      return { state: 'lost', error }
    }
  }
}
