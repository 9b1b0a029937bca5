import { capture } from '../life/cards.js'
import { cancel } from '../life/endings.js'
import type { Simulator } from '../simulator.js'
import type { Order } from './order.js'
import { OrderRefusal } from './order_refusal.js'
import { transactionsOf } from './processed.js'
import { settleOrder } from './record_order.js'

function end(sim: Simulator, order: Order, ended: 'canceled' | 'expired', at: number): void {
  order.ended = ended
  order.expiresAt = null
  settleOrder(sim, order, at)
}

/** Together with its payments, while nobody has paid. Throws OrderRefusal. */
export function cancelOrder(sim: Simulator, order: Order): void {
  if (order.status === 'canceled') throw new OrderRefusal('order_already_canceled')
  if (order.status !== 'created' && order.status !== 'action_required') {
    throw new OrderRefusal('cannot_cancel_order', [`${order.status}: ${order.detail}`])
  }
  const payments = transactionsOf(sim, order).flatMap(({ payment }) => payment ?? [])
  if (payments.length === 0) end(sim, order, 'canceled', sim.clock.now())
  for (const payment of payments) cancel(sim, payment)
}

/** All that was reserved. Throws OrderRefusal. */
export function captureOrder(sim: Simulator, order: Order): void {
  if (order.status !== 'action_required' || order.detail !== 'waiting_capture') {
    throw new OrderRefusal('cannot_capture_order', [`${order.status}: ${order.detail}`])
  }
  for (const { payment } of transactionsOf(sim, order)) capture(sim, payment!)
}

/** Orders that nobody processed in their time, each dated when it was over. */
export function expireDueOrders(sim: Simulator, now: number): void {
  sim.store.transaction(() => {
    const next = () => sim.orders.nextExpiring(now)
    for (let due = next(); due; due = next()) end(sim, due, 'expired', due.expiresAt!)
  })
}
