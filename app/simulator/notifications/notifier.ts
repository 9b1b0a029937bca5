import type { FaultKind } from '../faults/fault.js'
import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { wireTime } from '../time.js'
import type { Delivery } from './delivery.js'
import { formatsOf, legacyTwin } from './legacy.js'

type Draft = Pick<Delivery, 'accountId' | 'clientId' | 'url' | 'topic' | 'dataId'> & {
  action: string
} & Partial<Pick<Delivery, 'signing' | 'tsUnit' | 'signedIdCase' | 'tsSeconds' | 'bareId'>>

type Extra = Record<string, unknown>

/** Writes notifications down for the dispatcher, with the faults that were asked for. */
export class Notifier {
  constructor(private sim: Simulator) {}

  paymentChanged(payment: Payment, action: string, at: number): void {
    const application = this.sim.accounts.application(payment.clientId)
    const url = payment.notificationUrl ?? application?.webhook_url
    if (!url) return
    const delivery = this.#draft(
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
    delivery.body.live_mode = payment.liveMode
    this.#tell(delivery)
  }

  /** Of what is no payment; `extra`, which may need the notification's id, joins what every body holds. */
  announce(draft: Draft, at: number, extra: Extra | ((id: number) => Extra)): void {
    const delivery = this.#draft(draft, at)
    Object.assign(delivery.body, typeof extra === 'function' ? extra(delivery.id) : extra)
    this.#tell(delivery)
  }

  /** A notification made by hand; the faults of deliveries leave it alone, and it is not sent yet. */
  craft(draft: Draft): Delivery {
    const delivery = this.#draft(draft, this.sim.clock.now())
    this.sim.deliveries.save(delivery)
    return delivery
  }

  #draft({ action, ...draft }: Draft, at: number): Delivery {
    const id = this.sim.store.nextId('delivery')
    const now = this.sim.clock.present()
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
      format: 'webhook',
      bareId: false,
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

  #tell(delivery: Delivery): void {
    const application = this.sim.accounts.application(delivery.clientId)
    for (const format of formatsOf(delivery, application)) {
      if (format === 'webhook') this.#enqueue(delivery)
      else this.#enqueue(legacyTwin(delivery, this.sim.store.nextId('delivery'), this.sim.url))
    }
  }

  #enqueue(delivery: Delivery): void {
    const { deliveries, store, dispatcher } = this.sim
    const heldBack = deliveries.held(delivery.accountId)
    const copies = this.#applyFaults(delivery)
    deliveries.save(delivery)
    for (let copy = 0; copy < copies; copy++) {
      deliveries.save({ ...delivery, id: store.nextId('delivery') })
    }
    for (const held of heldBack) {
      deliveries.save({ ...held, state: 'pending', dueAt: delivery.dueAt, after: delivery.id })
    }
    dispatcher.kick()
  }

  /** Returns how many copies go out besides. */
  #applyFaults(delivery: Delivery): number {
    const take = (kind: FaultKind) => this.sim.faults.take(kind, delivery.accountId, null)
    if (take('drop')) delivery.state = 'dropped'
    else if (take('reorder')) delivery.state = 'held'
    delivery.dueAt = delivery.firstDueAt += take('delay')?.ms ?? 0
    if (take('unsigned')) delivery.signing = 'unsigned'
    if (take('forged')) delivery.signing = 'forged'
    if (take('ms_timestamp')) delivery.tsUnit = 'ms'
    if (take('lowercase_id')) delivery.signedIdCase = 'lower'
    if (take('original_case')) delivery.signedIdCase = 'same'
    const duplicate = take('duplicate')
    return duplicate ? (duplicate.copies ?? 1) : 0
  }
}
