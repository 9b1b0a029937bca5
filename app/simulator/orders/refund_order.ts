import { SITES, type Site } from '../data/sites.js'
import { refundBySeller } from '../faults/stuck_refund.js'
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
const ROUTE = 'POST /v1/orders/:id/refund'

interface Wanted {
  payment: Payment
  amountMinor: number
}

/** All that is left of it, unless a part is named. Throws OrderRefusal. */
function wantedOf(id: string, payment: Payment, amount: unknown, site: Site): Wanted {
  const leftMinor = refundableMinor(payment)
  const path = '$.transactions[0].amount'
  const amountMinor = amount ? readPositive(amount as string, site, path) : leftMinor
  // Of what is under way already nothing is left, though it has not moved.
  if (leftMinor === 0 || amountMinor > leftMinor) {
    throw new OrderRefusal('refund_amount_exceeds', [id])
  }
  return { payment, amountMinor }
}

/** Of every transaction, unless one is named. Throws OrderRefusal. */
function allWanted(sim: Simulator, order: Order, { transactions }: Body): Wanted[] {
  const processed = transactionsOf(sim, order)
  const named = (transactions ?? processed.map(({ transaction: { id } }) => ({ id }))) as Body[]
  return named.map(({ id, amount }) => {
    const payment = processed.find((one) => one.transaction.id === id)?.payment
    if (!payment) throw new OrderRefusal('transaction_not_found', [String(id)])
    return wantedOf(String(id), payment, amount, SITES[order.siteId])
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
    for (const { payment, amountMinor } of allWanted(sim, order, body)) {
      refundBySeller(sim, payment, amountMinor, ROUTE)
    }
  } catch (error) {
    // Disputed money is nobody's to give back.
    if (error instanceof InvalidState)
      throw new OrderRefusal('cannot_refund_order', [error.message])
    throw error
  }
}
