import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { instantFrom, instantText } from '#app/core/columns'
import { insertNew } from '#app/core/database/insert_new'
import { describeError } from '#app/core/redaction'
import { realTimeSql } from '#app/core/work/real_time'
import { errorLine } from '#app/core/work/retries'

export interface Schedule {
  /** Unique; names the row that keeps when it ran. */
  name: string
  /** Business seconds between two starts, or a UTC time of day: "03:30". */
  every: number | `${number}:${number}`
  /** May be cut off and run again at any point. */
  run: () => Promise<unknown>
}

const LEASE_SECONDS = 120

/** Runs what is due; of many workers one runs each, as its row's lease decides. */
export class Scheduler {
  #running = new Map<string, Promise<void>>()

  constructor(
    private schedules: Schedule[],
    private holder: string
  ) {}

  /** Starts what is due and does not wait for it. */
  async tick(): Promise<void> {
    const known = await this.#lastStarts()
    for (const schedule of this.schedules) {
      const { name, every } = schedule
      if (this.#running.has(name) || !isDue(every, known.get(name))) continue
      if (!(await this.#claim(name, known.get(name)))) continue
      const run = this.#run(schedule).finally(() => this.#running.delete(name))
      this.#running.set(name, run)
    }
  }

  /** Waits for what runs. */
  async stop(): Promise<void> {
    await Promise.allSettled(this.#running.values())
  }

  #row(name: string) {
    return db.from('schedule_leases').where('name', name)
  }

  async #lastStarts(): Promise<Map<string, DateTime>> {
    const rows = await db
      .from('schedule_leases')
      .whereNotNull('last_started_at')
      .select('name', 'last_started_at')
    return new Map(rows.map((row) => [row.name, instantFrom(row.last_started_at)]))
  }

  /** Takes the lease, unless another worker has it or has run since we looked. */
  async #claim(name: string, lastStart: DateTime | undefined): Promise<boolean> {
    const client = db.connection()
    if (!lastStart) await insertNew(client, 'schedule_leases', [{ name }], 'name')
    const claimed = await this.#row(name)
      .whereRaw(`(leased_until is null or leased_until <= ${realTimeSql(client.dialect)})`)
      .where((row) =>
        lastStart
          ? row.where('last_started_at', instantText(lastStart))
          : row.whereNull('last_started_at')
      )
      .update({
        holder: this.holder,
        leased_until: client.raw(realTimeSql(client.dialect, LEASE_SECONDS)),
        last_started_at: instantText(clock.now()),
      })
    return Number(claimed) > 0
  }

  async #run({ name, run }: Schedule): Promise<void> {
    const keep = setInterval(() => void this.#renew(name), (LEASE_SECONDS / 3) * 1000)
    keep.unref()
    let failure: string | null = null
    try {
      await run()
    } catch (error) {
      failure = errorLine(error)
      logger.error({ schedule: name, err: describeError(error) }, 'a schedule failed')
    }
    clearInterval(keep)
    const ended = { holder: null, leased_until: null, last_error: failure }
    await this.#row(name)
      .where('holder', this.holder)
      .update({ ...ended, last_finished_at: instantText(clock.now()) })
      .catch((error) => logger.error({ schedule: name, err: describeError(error) }))
  }

  async #renew(name: string) {
    const client = db.connection()
    await this.#row(name)
      .where('holder', this.holder)
      .update({ leased_until: client.raw(realTimeSql(client.dialect, LEASE_SECONDS)) })
      .catch(() => {})
  }
}

/** @param lastStart undefined before the first run. */
export function isDue(every: Schedule['every'], lastStart: DateTime | undefined): boolean {
  const now = clock.now()
  // A start in the future: the clock of a demonstration went back.
  if (!lastStart || lastStart > now.plus({ minutes: 5 })) return true
  if (typeof every === 'number') return lastStart <= now.minus({ seconds: every })
  const [hour, minute] = every.split(':').map(Number)
  const today = now.set({ hour, minute, second: 0, millisecond: 0 })
  return lastStart < (now < today ? today.minus({ days: 1 }) : today)
}
