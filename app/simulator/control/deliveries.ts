import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { actionOf, type Delivery } from '../notifications/delivery.js'
import { isoTime } from '../time.js'
import { inputOf, integer, oneOf, queryInteger, text, url } from './input.js'
import { Problem } from './problem.js'

export function deliveryView(delivery: Delivery) {
  return {
    id: delivery.id,
    account_id: delivery.accountId,
    client_id: delivery.clientId,
    url: delivery.url,
    type: delivery.topic,
    format: delivery.format,
    action: actionOf(delivery),
    data_id: delivery.dataId,
    body: delivery.body,
    signing: delivery.signing,
    ts_unit: delivery.tsUnit,
    signed_id_case: delivery.signedIdCase,
    state: delivery.state,
    created_at: isoTime(delivery.createdAt),
    due_at: delivery.state === 'pending' ? isoTime(delivery.dueAt) : null,
    attempts: delivery.attempts.map((attempt) => ({ ...attempt, at: isoTime(attempt.at) })),
  }
}

/** Latest first; `before` is the id of the last one seen. */
export const listDeliveries: Handler = (sim, call) => {
  const before = queryInteger(call, 'before', 1e15, 1e15)
  const limit = queryInteger(call, 'limit', 100, 1000)
  return json(200, sim.deliveries.latest(before, limit).map(deliveryView))
}

export const storeRedelivery: Handler = async (sim, call) => {
  const delivery = sim.deliveries.find(Number(call.params.id))
  if (!delivery) throw new Problem(404, `there is no delivery ${call.params.id}`)
  await sim.dispatcher.sendNow(delivery)
  return json(200, deliveryView(sim.deliveries.find(delivery.id)!))
}

/**
 * Everything that waits goes now: what was delayed, held back or is to be retried. With
 * `due_only` nothing is hurried, and the answer comes when what was due has been attempted.
 */
export const storeFlush: Handler = async (sim, call) => {
  const { due_only: dueOnly } = inputOf(call, ['due_only'])
  const attempted = dueOnly === true ? await sim.dispatcher.sendDue() : await sim.dispatcher.flush()
  return json(200, { attempted })
}

const CRAFT_NAMES = [
  'client_id',
  'url',
  'user_id',
  'data_id',
  'type',
  'action',
  'signing',
  'ts_unit',
  'ts',
  'signed_id_case',
  'times',
] as const

/** A notification of anything, true or not, to test what a receiver makes of it. */
export const storeNotification: Handler = async (sim, call) => {
  const input = inputOf(call, CRAFT_NAMES)
  const clientId = text(input, 'client_id') ?? sim.accounts.applications()[0]?.client_id ?? ''
  const address = url(input, 'url') ?? sim.accounts.application(clientId)?.webhook_url
  const dataId = typeof input.data_id === 'number' ? String(input.data_id) : text(input, 'data_id')
  const accountId = integer(input, 'user_id', 1)
  if (!address) throw new Problem(400, 'url is needed: the application has no webhook_url')
  if (!dataId || !accountId) throw new Problem(400, 'user_id and data_id are needed')
  const topic = text(input, 'type') ?? 'payment'
  const delivery = sim.notifier.craft({
    accountId,
    clientId,
    url: address,
    topic,
    dataId,
    action: text(input, 'action') ?? `${topic}.updated`,
    signing: oneOf(input, 'signing', ['signed', 'unsigned', 'forged']) ?? 'signed',
    tsUnit: oneOf(input, 'ts_unit', ['s', 'ms']) ?? 's',
    tsSeconds: integer(input, 'ts', 0) ?? null,
    signedIdCase: oneOf(input, 'signed_id_case', ['same', 'lower']) ?? 'same',
  })
  for (let sent = 0; sent < (integer(input, 'times', 1, 100) ?? 1); sent++) {
    await sim.dispatcher.sendNow(delivery)
  }
  return json(201, deliveryView(sim.deliveries.find(delivery.id)!))
}
