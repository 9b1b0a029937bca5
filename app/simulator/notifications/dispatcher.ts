import type { Simulator } from '../simulator.js'
import { HOUR_MS, MINUTE_MS } from '../time.js'
import type { Attempt, Delivery } from './delivery.js'
import { Lanes } from './lanes.js'
import { send } from './send.js'

/** After a failure, counted from the first attempt. */
export const RETRY_LADDER_MS = [
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  6 * HOUR_MS,
  48 * HOUR_MS,
  96 * HOUR_MS,
]

const ACKNOWLEDGED = [200, 201]
const CONCURRENCY = 16
const BATCH = 1000

/** Sends what is due, and tries again what was not acknowledged. */
export class Dispatcher {
  /** How long a receiver may take. */
  timeoutMs = 22_000
  /** Claimed from the moment of its selection, so that nobody else selects it too. */
  #claimed = new Map<number, Promise<void>>()
  #lanes = new Lanes(CONCURRENCY)
  #stopping = new AbortController()
  #kicked = false

  constructor(private sim: Simulator) {}

  /** Soon, but never inside the transaction or before the answer that caused it. */
  kick(): void {
    if (this.#kicked) return
    this.#kicked = true
    setImmediate(() => {
      this.#kicked = false
      this.#claimDue()
    })
  }

  /** Returns when all that is due, and what is under way, was attempted once. */
  async sendDue(): Promise<number> {
    let attempted = 0
    for (let claimed = this.#claimDue(); ; claimed = this.#claimDue()) {
      attempted += claimed
      if (this.#claimed.size === 0) return attempted
      await Promise.all(this.#claimed.values())
    }
  }

  /** Sends everything that waits, due or not. Returns how many. */
  async flush(): Promise<number> {
    const waiting = this.#unclaimed(this.sim.deliveries.waiting())
    waiting.forEach((delivery) => this.#claim(delivery))
    await Promise.all(this.#claimed.values())
    return waiting.length
  }

  async sendNow(delivery: Delivery): Promise<void> {
    await this.#claimed.get(delivery.id)
    await this.#claim(this.sim.deliveries.find(delivery.id) ?? delivery)
  }

  /** Breaks off what is under way, and forgets what was to be attempted. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#claimed.values())
  }

  async restart(): Promise<void> {
    await this.stop()
    this.#stopping = new AbortController()
  }

  #claimDue(): number {
    if (this.#stopping.signal.aborted || this.#claimed.size >= BATCH / 2) return 0
    const due = this.#unclaimed(this.sim.deliveries.due(this.sim.clock.now(), BATCH))
    due.forEach((delivery) => this.#claim(delivery))
    return due.length
  }

  /** Those that must come after another stand behind it. */
  #unclaimed(deliveries: Delivery[]): Delivery[] {
    return deliveries
      .filter(({ id }) => !this.#claimed.has(id))
      .sort((one, other) => Number(one.after !== null) - Number(other.after !== null))
  }

  #claim(delivery: Delivery): Promise<void> {
    const attempt = this.#lanes
      .run(() => this.#attempt(delivery))
      .finally(() => {
        this.#claimed.delete(delivery.id)
        if (this.#claimed.size === 0) this.kick()
      })
    this.#claimed.set(delivery.id, attempt)
    return attempt
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const stopping = this.#stopping.signal
    if (delivery.after !== null) await this.#claimed.get(delivery.after)
    if (stopping.aborted) return
    const secret = this.sim.accounts.application(delivery.clientId)?.webhook_secret ?? null
    const now = this.sim.clock.now()
    const attempt = await send(delivery, { secret, now, timeoutMs: this.timeoutMs, stopping })
    if (!stopping.aborted) this.#settle(delivery, attempt)
  }

  #settle(delivery: Delivery, attempt: Attempt): void {
    delivery.attempts.push(attempt)
    const now = this.sim.clock.now()
    const retryAt = RETRY_LADDER_MS.map((ms) => delivery.firstDueAt + ms).find((at) => at > now)
    if (ACKNOWLEDGED.includes(attempt.status ?? 0)) delivery.state = 'delivered'
    else if (retryAt === undefined) delivery.state = 'failed'
    else Object.assign(delivery, { state: 'pending', dueAt: retryAt })
    this.sim.deliveries.save(delivery)
  }
}
