import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { HOUR_MS, MINUTE_MS, wireTime } from '../time.js'
import type { Attempt, Delivery } from './delivery.js'
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

type Draft = Pick<Delivery, 'accountId' | 'clientId' | 'url' | 'topic' | 'dataId'> & {
  action: string
} & Partial<Pick<Delivery, 'signing' | 'tsUnit' | 'signedIdCase' | 'tsSeconds'>>

/** Writes notifications down, sends what is due, and tries again what was not acknowledged. */
export class Notifier {
  /** How long a receiver may take. */
  timeoutMs = 22_000
  #inFlight = new Map<number, Promise<void>>()
  #closing = new AbortController()
  #kicked = false

  constructor(private sim: Simulator) {}

  paymentChanged(payment: Payment, action: string, at: number): void {
    const application = this.sim.accounts.application(payment.clientId)
    const url = payment.notificationUrl ?? application?.webhook_url
    if (!url) return
    const delivery = this.draft(
      {
        accountId: payment.collectorId,
        clientId: payment.clientId,
        url,
        topic: 'payment',
        dataId: String(payment.id),
        action,
      },
      at
    )
    this.#enqueue(delivery)
  }

  /** A notification made by hand; the faults of deliveries leave it alone. */
  craft(draft: Draft): Delivery {
    const delivery = this.draft(draft, this.sim.clock.now())
    this.sim.deliveries.save(delivery)
    return delivery
  }

  draft({ action, ...draft }: Draft, at: number): Delivery {
    const id = this.sim.store.nextId('delivery')
    const now = this.sim.clock.now()
    return {
      id,
      body: {
        id,
        live_mode: true,
        type: draft.topic,
        date_created: wireTime(at),
        user_id: draft.accountId,
        api_version: 'v1',
        action,
        data: { id: draft.dataId },
      },
      signing: 'signed',
      tsUnit: 's',
      signedIdCase: 'same',
      tsSeconds: null,
      state: 'pending',
      createdAt: at,
      dueAt: now,
      firstDueAt: now,
      after: null,
      attempts: [],
      ...draft,
    }
  }

  /** Sends all that is due; returns when each, and what was already under way, was attempted. */
  async sendDue(): Promise<number> {
    return this.#sendAll(this.sim.deliveries.due(this.sim.clock.now()))
  }

  /** Sends everything that waits, due or not. Returns how many. */
  async flush(): Promise<number> {
    return this.#sendAll(this.sim.deliveries.waiting())
  }

  async redeliver(delivery: Delivery): Promise<void> {
    await this.#sendAll([delivery])
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#inFlight.values())
  }

  #enqueue(delivery: Delivery): void {
    const { faults, deliveries, store } = this.sim
    const take = (kind: Parameters<typeof faults.take>[0]) =>
      faults.take(kind, delivery.accountId, null)
    const heldBack = deliveries.held(delivery.accountId)
    if (take('drop')) delivery.state = 'dropped'
    else if (take('reorder')) delivery.state = 'held'
    delivery.dueAt = delivery.firstDueAt += take('delay')?.ms ?? 0
    if (take('unsigned')) delivery.signing = 'unsigned'
    if (take('forged')) delivery.signing = 'forged'
    if (take('ms_timestamp')) delivery.tsUnit = 'ms'
    deliveries.save(delivery)
    const duplicate = take('duplicate')
    for (let copy = 0; copy < (duplicate?.copies ?? (duplicate ? 1 : 0)); copy++) {
      deliveries.save({ ...delivery, id: store.nextId('delivery') })
    }
    for (const held of heldBack) {
      deliveries.save({ ...held, state: 'pending', dueAt: delivery.dueAt, after: delivery.id })
    }
    this.#kick()
  }

  /** Soon, but never inside the transaction or before the answer that caused it. */
  #kick(): void {
    if (this.#kicked) return
    this.#kicked = true
    setImmediate(() => {
      this.#kicked = false
      if (!this.#closing.signal.aborted) void this.sendDue()
    })
  }

  async #sendAll(deliveries: Delivery[]): Promise<number> {
    const queue = deliveries
      .filter((delivery) => !this.#inFlight.has(delivery.id))
      .sort((one, other) => Number(one.after !== null) - Number(other.after !== null))
    const underWay = [...this.#inFlight.values()]
    const lane = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        if (!this.#closing.signal.aborted) await this.#attempt(next)
      }
    }
    await Promise.all([...underWay, ...Array.from({ length: CONCURRENCY }, lane)])
    return deliveries.length
  }

  #attempt(delivery: Delivery): Promise<void> {
    const running = this.#inFlight.get(delivery.id)
    if (running) return running
    const attempt = this.#sendAndKeep(delivery).finally(() => this.#inFlight.delete(delivery.id))
    this.#inFlight.set(delivery.id, attempt)
    return attempt
  }

  async #sendAndKeep(delivery: Delivery): Promise<void> {
    if (delivery.after !== null) await this.#inFlight.get(delivery.after)
    const secret = this.sim.accounts.application(delivery.clientId)?.webhook_secret ?? null
    const attempt = await send(delivery, {
      secret,
      now: this.sim.clock.now(),
      timeoutMs: this.timeoutMs,
      closing: this.#closing.signal,
    })
    const wasReset = this.sim.deliveries.find(delivery.id) === undefined
    if (!this.#closing.signal.aborted && !wasReset) this.#settle(delivery, attempt)
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
