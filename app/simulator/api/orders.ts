import { jsonBody, type Call } from '../http/call.js'
import { json, type Reply } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import {
  addTransactions,
  removeTransaction,
  updateTransaction,
} from '../orders/change_transactions.js'
import { createOrder } from '../orders/create_order.js'
import { cancelOrder, captureOrder } from '../orders/end_order.js'
import type { Order } from '../orders/order.js'
import { OrderRefusal, orderProblem } from '../orders/order_refusal.js'
import { processOrder } from '../orders/process_order.js'
import { transactionsOf } from '../orders/processed.js'
import { refundOrder } from '../orders/refund_order.js'
import { transactionState } from '../orders/state.js'
import type { Simulator } from '../simulator.js'
import { authenticated, type Caller } from './api_call.js'
import { asOrder, onceForOrders } from './order_answer.js'
import { searchOrders } from './order_search.js'
import { methodView } from './order_method_view.js'
import { transactionView } from './order_transaction_view.js'
import { capturedView, orderView, refundedView } from './order_view.js'
import { attributionOf } from './payments.js'

/** Another seller's is as missing as one that never was. Throws OrderRefusal. */
function ownOrder(sim: Simulator, caller: Caller, { params }: Call): Order {
  if (!/^ORD(TST)?[0-9A-Z]{26}$/.test(params.id)) {
    throw new OrderRefusal('invalid_path_param', [params.id])
  }
  const order = sim.orders.find(params.id)
  if (order?.accountId !== caller.id) throw new OrderRefusal('order_not_found', [params.id])
  return order
}

/** Once per key, the work and then the order as it is afterwards. */
function acting(
  status: number,
  view: (sim: Simulator, order: Order) => unknown,
  act: (sim: Simulator, caller: Caller, order: Order, call: Call) => void
): Handler {
  return asOrder((sim, call) => {
    const caller = authenticated(sim, call)
    const { id } = ownOrder(sim, caller, call)
    return onceForOrders(sim, call, caller.id, () => {
      act(sim, caller, sim.orders.find(id)!, call)
      return json(status, view(sim, sim.orders.find(id)!))
    })
  })
}

/** A payment that failed is an answer of its own: 402, with the order beside the reason. */
function processedReply(sim: Simulator, order: Order, status: number): Reply {
  const data = orderView(sim, order)
  if (order.status !== 'failed') return json(status, data)
  const reasons = transactionsOf(sim, order).map(({ transaction, payment }) => {
    const { detail } = transactionState(order, transaction, payment)
    return `${transaction.id}: ${detail}`
  })
  return json(402, { errors: [orderProblem('failed', reasons)], data })
}

const storeOrder = asOrder((sim, call) => {
  const caller = authenticated(sim, call)
  return onceForOrders(sim, call, caller.id, () => {
    const order = createOrder(sim, caller, jsonBody(call), attributionOf(call))
    return processedReply(sim, order, 201)
  })
})

const showOrder = asOrder((sim, call) =>
  json(200, orderView(sim, ownOrder(sim, authenticated(sim, call), call)))
)

const storeProcess = asOrder((sim, call) => {
  const caller = authenticated(sim, call)
  const { id } = ownOrder(sim, caller, call)
  return onceForOrders(sim, call, caller.id, () => {
    const order = sim.orders.find(id)!
    processOrder(sim, caller, order)
    return processedReply(sim, order, 200)
  })
})

const storeCapture = acting(200, capturedView, (sim, _caller, order) => captureOrder(sim, order))
const storeCancel = acting(200, orderView, (sim, _caller, order) => cancelOrder(sim, order))
const storeRefund = acting(201, refundedView, (sim, _caller, order, call) =>
  refundOrder(sim, order, jsonBody(call))
)

const storeTransactions = asOrder((sim, call) => {
  const caller = authenticated(sim, call)
  const order = ownOrder(sim, caller, call)
  return onceForOrders(sim, call, caller.id, () => {
    const added = addTransactions(sim, order, jsonBody(call))
    const payments = added.map((transaction) =>
      transactionView(sim, order, { transaction, payment: undefined })
    )
    return json(201, { payments })
  })
})

const updateOrderTransaction = asOrder((sim, call) => {
  const caller = authenticated(sim, call)
  const order = ownOrder(sim, caller, call)
  return onceForOrders(sim, call, caller.id, () => {
    const changed = updateTransaction(sim, order, call.params.transactionId, jsonBody(call))
    return json(200, { payment_method: methodView(sim, order, changed) })
  })
})

/** Needs no key: what is gone is gone. */
const destroyTransaction = asOrder((sim, call) => {
  const order = ownOrder(sim, authenticated(sim, call), call)
  removeTransaction(sim, order, call.params.transactionId)
  return { status: 204, headers: {}, body: '' }
})

export const orderRoutes: Routes = {
  'POST /v1/orders': storeOrder,
  'GET /v1/orders': asOrder(searchOrders),
  'GET /v1/orders/:id': showOrder,
  'POST /v1/orders/:id/process': storeProcess,
  'POST /v1/orders/:id/capture': storeCapture,
  'POST /v1/orders/:id/cancel': storeCancel,
  'POST /v1/orders/:id/refund': storeRefund,
  'POST /v1/orders/:id/transactions': storeTransactions,
  'PUT /v1/orders/:id/transactions/:transactionId': updateOrderTransaction,
  'DELETE /v1/orders/:id/transactions/:transactionId': destroyTransaction,
}
