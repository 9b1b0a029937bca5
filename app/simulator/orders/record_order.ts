import type { Payment } from '../payments/payment.js'
import { ulid } from '../payouts/ulid.js'
import type { Simulator } from '../simulator.js'
import type { Order } from './order.js'
import { paidMinor, refundedMinor, transactionsOf, type Processed } from './processed.js'
import { orderState, transactionState } from './state.js'
import { tell } from './tell_order.js'

/** Refunds that were made by whatever call get the order's own ids for them. */
function nameRefunds(order: Order, { transaction, payment }: Processed, at: number): void {
  for (const { id } of payment?.refunds ?? []) {
    if (order.refunds.some(({ refundId }) => refundId === id)) continue
    order.refunds.push({ id: `REF${ulid(at)}`, transactionId: transaction.id, refundId: id })
  }
}

/** The same of a dispute. */
function nameChargeback(
  sim: Simulator,
  order: Order,
  { transaction, payment }: Processed,
  at: number
): void {
  const chargeback = payment && sim.disputes.chargebackOf(payment.id)
  if (!chargeback || order.chargebacks.some(({ caseId }) => caseId === chargeback.id)) return
  const transactionId = transaction.id
  order.chargebacks.push({ id: `CBK${ulid(at)}`, transactionId, caseId: chargeback.id })
}

/** Stores the order, writes the truth into the journal, and lets the application know. */
export function recordOrder(sim: Simulator, order: Order, action: string, at: number): void {
  const processed = transactionsOf(sim, order)
  order.updatedAt = at
  order.version += 1
  sim.orders.save(order)
  sim.journal.effect(`order.${action}`, at, {
    order_id: order.id,
    account_id: order.accountId,
    external_reference: order.externalReference,
    currency: order.currencyId,
    status: order.status,
    status_detail: order.detail,
    total_minor: order.totalMinor,
    paid_minor: paidMinor(processed),
    refunded_minor: order.refundedMinor,
    payment_ids: processed.flatMap(({ payment }) => payment?.id ?? []),
    version: order.version,
  })
  tell(sim, order, processed, action, at)
}

/** Brings the order up with its payments. Only what moved it is recorded and told. */
export function settleOrder(sim: Simulator, order: Order, at: number): void {
  const processed = transactionsOf(sim, order)
  for (const one of processed) {
    nameRefunds(order, one, at)
    nameChargeback(sim, order, one, at)
  }
  const givenBackMinor = refundedMinor(processed)
  const isRefund = givenBackMinor > order.refundedMinor
  const states = processed.map(({ transaction, payment }) =>
    transactionState(order, transaction, payment)
  )
  const { status, detail } = orderState(order, states.at(-1))
  const isSame = !isRefund && status === order.status && detail === order.detail
  Object.assign(order, { status, detail, refundedMinor: givenBackMinor })
  if (isSame) sim.orders.save(order)
  else recordOrder(sim, order, isRefund ? 'refunded' : status, at)
}

/** A payment changed by whatever means: its order changes with it. */
export function settleOrderOf(sim: Simulator, payment: Payment, at: number): void {
  // While it is being made the stored order does not name it: only what becomes of it counts.
  if (payment.orderId !== null) settleOrder(sim, sim.orders.find(payment.orderId)!, at)
}
