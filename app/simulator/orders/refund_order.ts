import { SITES } from '../data/sites.js'
import { refund } from '../life/refund.js'
import { InvalidState } from '../life/invalid_state.js'
import { refundableMinor, type Payment } from '../payments/payment.js'
import type { Body } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import { DAY_MS } from '../time.js'
import { readPositive } from './amounts.js'
import type { Order } from './order.js'
import { OrderRefusal } from './order_refusal.js'
import { checkShape } from './shape.js'
import { ORDER_REFUND } from './transaction_schema.js'
import { transactionsOf } from './processed.js'

const WINDOW_MS = 180 * DAY_MS

interface Wanted {
  payment: Payment
  amountMinor: number
}

/** Everything that is left, unless parts are named. Throws OrderRefusal. */
function wantedOf(sim: Simulator, order: Order, body: Body): Wanted[] {
  const paid = transactionsOf(sim, order).flatMap(({ transaction, payment }) =>
    payment ? [{ id: transaction.id, payment }] : []
  )
  const named = body.transactions as Body[] | null | undefined
  if (!named) {
    return paid.map(({ payment }) => ({ payment, amountMinor: refundableMinor(payment) }))
  }
  return named.map(({ id, amount }, index) => {
    const payment = paid.find((one) => one.id === id)?.payment
    if (!payment) throw new OrderRefusal('transaction_not_found', [String(id)])
    const leftMinor = refundableMinor(payment)
    const path = `$.transactions[${index}].amount`
    const amountMinor = amount
      ? readPositive(amount as string, SITES[order.siteId], path)
      : leftMinor
    if (amountMinor > leftMinor) throw new OrderRefusal('refund_amount_exceeds', [String(id)])
    return { payment, amountMinor }
  })
}

function requireRefundable(sim: Simulator, order: Order): void {
  if (order.status === 'refunded') throw new OrderRefusal('order_already_refunded')
  const dates = transactionsOf(sim, order).map(({ payment }) => payment?.approvedAt ?? 0)
  const isTooOld = sim.clock.now() - Math.max(...dates) > WINDOW_MS
  if (order.status !== 'processed' || isTooOld) {
    throw new OrderRefusal('cannot_refund_order', [`${order.status}: ${order.detail}`])
  }
}

/** By the seller, whole or in parts. Throws OrderRefusal. */
export function refundOrder(sim: Simulator, order: Order, body: unknown): void {
  checkShape(body, ORDER_REFUND)
  requireRefundable(sim, order)
  try {
    for (const { payment, amountMinor } of wantedOf(sim, order, body)) {
      refund(sim, payment, amountMinor, 'collector')
    }
  } catch (error) {
    // Disputed money is nobody's to give back.
    if (error instanceof InvalidState)
      throw new OrderRefusal('cannot_refund_order', [error.message])
    throw error
  }
}
