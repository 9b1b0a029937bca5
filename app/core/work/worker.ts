import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import logger from '@adonisjs/core/services/logger'
import { describeError } from '#app/core/redaction'
import { beat, endBeats } from '#app/core/work/heartbeat'
import type { WorkSource } from '#app/core/work/job'
import { Pump } from '#app/core/work/pump'
import { Scheduler, type Schedule } from '#app/core/work/schedule'
import { onWake } from '#app/core/work/wake'

export interface Workload {
  sources: { source: WorkSource; concurrency: number }[]
  schedules: Schedule[]
}

const POLL_MS = 1000
const BEAT_MS = 10_000
/** Less than the 30 s after which most supervisors kill. */
const STOP_WITHIN_MS = 20_000

/**
 * Drains the sources and runs the schedules until it is stopped. It looks for work when it is woken
 * and each second; its heart beats from that same loop, so a worker that hangs falls silent.
 */
export class Worker {
  readonly id = `${hostname().slice(0, 40)}-${process.pid}-${randomUUID().slice(0, 8)}`
  #pumps: Pump[]
  #scheduler: Scheduler
  #loop?: Promise<void>
  #stopping = false
  /** Somebody called while nobody slept: the next sleep does not begin. */
  #called = false
  #wake = () => {}
  #lastTick = -Infinity
  #lastBeat = -Infinity
  #offWake = () => {}

  constructor({ sources, schedules }: Workload) {
    this.#pumps = sources.map(
      ({ source, concurrency }) => new Pump(source, concurrency, () => this.#call())
    )
    this.#scheduler = new Scheduler(schedules, this.id)
  }

  /** @returns after the first heartbeat was written. */
  async start(): Promise<void> {
    this.#offWake = onWake(() => this.#call())
    await this.#look()
    this.#loop = this.#run()
  }

  /** Claims nothing more; what runs goes on. */
  stopClaiming(): void {
    this.#stopping = true
    this.#offWake()
    for (const pump of this.#pumps) pump.halt()
    this.#call()
  }

  /** Claims nothing more, finishes what runs, says goodbye. */
  async stop(): Promise<void> {
    this.stopClaiming()
    const all = [this.#loop, this.#scheduler.stop(), ...this.#pumps.map((pump) => pump.stop())]
    if (!(await settledWithin(STOP_WITHIN_MS, all))) {
      logger.warn('stopped with work still running: it is claimed again when its lease ends')
    }
    await endBeats(this.id).catch(() => {})
  }

  async #run() {
    while (!this.#stopping) {
      const found = await this.#look()
      if (found === 0 && !this.#stopping) await this.#sleep()
    }
  }

  /** One round of claiming. @returns how many jobs there were; none when the database is away. */
  async #look(): Promise<number> {
    try {
      const found = await Promise.all(this.#pumps.map((pump) => pump.pull()))
      if (performance.now() - this.#lastTick >= POLL_MS) {
        this.#lastTick = performance.now()
        await this.#scheduler.tick()
      }
      if (performance.now() - this.#lastBeat >= BEAT_MS) {
        await beat(this.id)
        this.#lastBeat = performance.now()
      }
      return found.reduce((total, jobs) => total + jobs, 0)
    } catch (error) {
      logger.error({ err: describeError(error) }, 'the worker could not look for work')
      return 0
    }
  }

  #call() {
    this.#called = true
    this.#wake()
  }

  async #sleep(): Promise<void> {
    if (!this.#called) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MS)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#called = false
  }
}

async function settledWithin(ms: number, promises: (Promise<unknown> | undefined)[]) {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), ms)))
  const settled = Promise.allSettled(promises).then(() => true)
  return Promise.race([settled, late]).finally(() => clearTimeout(timer))
}
