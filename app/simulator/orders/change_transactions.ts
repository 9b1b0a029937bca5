import { SITES } from '../data/sites.js'
import type { Body } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import type { Order, OrderTransaction } from './order.js'
import { OrderRefusal } from './order_refusal.js'
import { checkShape } from './shape.js'
import { MAX_TRANSACTIONS, NEW_TRANSACTIONS, TRANSACTION_CHANGE } from './transaction_schema.js'
import { requireManual } from './process_order.js'
import { changedTransaction, newTransaction } from './transaction_request.js'

/** Nobody is told before an order is processed: it is only written down. */
function replace(sim: Simulator, order: Order, transactions: OrderTransaction[]): void {
  order.transactions = transactions
  order.updatedAt = sim.clock.now()
  sim.orders.save(order)
}

/** Throws OrderRefusal. */
export function addTransactions(sim: Simulator, order: Order, body: unknown): OrderTransaction[] {
  checkShape(body, NEW_TRANSACTIONS)
  requireManual(order)
  const payments = body.payments as Body[]
  if (order.transactions.length + payments.length > MAX_TRANSACTIONS) {
    throw new OrderRefusal('exceeded_number_of_transactions')
  }
  const site = SITES[order.siteId]
  const at = sim.clock.now()
  const added = payments.map((payment, index) =>
    newTransaction(payment, site, `$.payments[${index}]`, at)
  )
  replace(sim, order, [...order.transactions, ...added])
  return added
}

/** Throws OrderRefusal transaction_not_found or invalid_transaction_id. */
function transactionOf(order: Order, id: string): OrderTransaction {
  if (!/^PAY[0-9A-Z]{26}$/.test(id)) throw new OrderRefusal('invalid_transaction_id', [id])
  const transaction = order.transactions.find((one) => one.id === id)
  if (!transaction) throw new OrderRefusal('transaction_not_found', [id])
  return transaction
}

/** Throws OrderRefusal. */
export function updateTransaction(
  sim: Simulator,
  order: Order,
  id: string,
  body: unknown
): OrderTransaction {
  const former = transactionOf(order, id)
  checkShape(body, TRANSACTION_CHANGE)
  requireManual(order)
  const changed = changedTransaction(former, body, SITES[order.siteId])
  replace(
    sim,
    order,
    order.transactions.map((one) => (one === former ? changed : one))
  )
  return changed
}

/** Throws OrderRefusal. */
export function removeTransaction(sim: Simulator, order: Order, id: string): void {
  const gone = transactionOf(order, id)
  requireManual(order)
  replace(
    sim,
    order,
    order.transactions.filter((one) => one !== gone)
  )
}
