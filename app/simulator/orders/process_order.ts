import type { Caller } from '../api/api_call.js'
import { ApiError } from '../api/api_error.js'
import { createPayment } from '../payments/create_payment.js'
import { readPaymentRequest, type PaymentRequest } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import { failureOfRefusal, refusalOf } from './failures.js'
import type { Order, OrderTransaction } from './order.js'
import { OrderRefusal } from './order_refusal.js'
import { checkTotal } from './order_checks.js'
import { requirePayer } from './payer_needs.js'
import { methodOf, paymentBody } from './payment_body.js'
import { settleOrder } from './record_order.js'

/** What becomes of a transaction: a payment, or a reason why there is none. */
type Prepared = { transaction: OrderTransaction } & (
  { request: PaymentRequest; failure: null } | { request: null; failure: string }
)

/** Asks the payments' own reader: what it refuses is wrong here too. Throws OrderRefusal. */
function prepare(
  sim: Simulator,
  caller: Caller,
  order: Order,
  transaction: OrderTransaction
): Prepared {
  const method = methodOf(order, transaction)
  if (!method.brand && order.captureMode === 'manual') {
    const detail = `'$.capture_mode' - ${transaction.method.id} cannot be captured later`
    throw new OrderRefusal('invalid_properties', [detail])
  }
  requirePayer(order, method)
  try {
    const now = sim.clock.now()
    const body = paymentBody(order, transaction, method, now)
    // In the same moment, or the shortest time to pay were a little too short.
    const request = sim.clock.during(now, () => readPaymentRequest(sim, caller, body))
    return { transaction, request, failure: null }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const failure = failureOfRefusal(error)
    if (failure === null) throw refusalOf(error)
    return { transaction, request: null, failure }
  }
}

/** Before anything is recorded, so that a refusal leaves nothing behind. Throws OrderRefusal. */
export function prepareAll(sim: Simulator, caller: Caller, order: Order): Prepared[] {
  checkTotal(order)
  return order.transactions.map((transaction) => prepare(sim, caller, order, transaction))
}

/** Makes the payments. Each is the order's own once its first moment is over. */
export function carryOut(sim: Simulator, caller: Caller, order: Order, prepared: Prepared[]): void {
  for (const { transaction, request, failure } of prepared) {
    transaction.failure = failure
    if (!request) continue
    const payment = createPayment(sim, caller, request, order.attribution, {
      orderId: order.id,
    })
    transaction.paymentId = payment.id
  }
  settleOrder(sim, order, sim.clock.now())
}

/** Of an order that waited for it. Throws OrderRefusal. */
export function processOrder(sim: Simulator, caller: Caller, order: Order): void {
  requireManual(order)
  if (order.transactions.length === 0) throw new OrderRefusal('order_builder_without_transactions')
  carryOut(sim, caller, order, prepareAll(sim, caller, order))
}

/** Only what was created in steps can be changed and processed, and only once. Throws OrderRefusal. */
export function requireManual(order: Order): void {
  if (order.processingMode !== 'manual') throw new OrderRefusal('invalid_order_mode_for_operation')
  if (order.status === 'canceled') throw new OrderRefusal('order_already_canceled')
  if (order.status !== 'created') {
    throw new OrderRefusal('operation_not_supported', [`${order.status}: ${order.detail}`])
  }
}
