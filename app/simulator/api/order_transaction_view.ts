import { SITES } from '../data/sites.js'
import { amountText } from '../orders/amounts.js'
import type { Order, OrderChargeback, OrderRefund, OrderTransaction } from '../orders/order.js'
import { paidOf, type Processed } from '../orders/processed.js'
import { transactionState } from '../orders/state.js'
import type { Payment, Refund } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { isoTime } from '../time.js'
import { methodView } from './order_method_view.js'

/** `0029k1x0pq`: ten letters and digits that say which payment or refund lies below. */
function referenceOf(id: number): string {
  return id.toString(36).padStart(10, '0')
}

function stateView({ status, detail }: { status: string; detail: string }) {
  return { status, status_detail: detail }
}

/** `2026-11-27T11:56:55.983+00:00`, as orders write the end of a payment. */
function expirationView({ dateOfExpiration }: OrderTransaction, payment: Payment | undefined) {
  if (!payment) return dateOfExpiration && { date_of_expiration: dateOfExpiration }
  const at = payment.expiresAt
  return at !== null && { date_of_expiration: isoTime(at).replace('Z', '+00:00') }
}

export function transactionView(sim: Simulator, order: Order, { transaction, payment }: Processed) {
  const site = SITES[order.siteId]
  const paidMinor = paidOf(payment)
  return {
    id: transaction.id,
    amount: amountText(transaction.amountMinor, site),
    ...(paidMinor > 0 && { paid_amount: amountText(paidMinor, site) }),
    ...(payment &&
      payment.refundedMinor > 0 && {
        refunded_amount: amountText(payment.refundedMinor, site),
      }),
    ...(payment && { reference_id: referenceOf(payment.id) }),
    ...stateView(transactionState(order, transaction, payment)),
    ...(transaction.expirationTime && { expiration_time: transaction.expirationTime }),
    ...expirationView(transaction, payment),
    payment_method: methodView(sim, order, transaction, payment),
  }
}

/** What a notification says of a transaction. */
export function transactionNews(order: Order, { transaction, payment }: Processed) {
  const site = SITES[order.siteId]
  const { id, type, installments } = transaction.method
  const paidMinor = paidOf(payment)
  return {
    amount: amountText(transaction.amountMinor, site),
    id: transaction.id,
    ...(paidMinor > 0 && { paid_amount: amountText(paidMinor, site) }),
    payment_method: { id, ...(installments && { installments }), type },
    ...(payment && { reference: { id: String(payment.id) } }),
    ...stateView(transactionState(order, transaction, payment)),
  }
}

const REFUND_STATUSES = {
  approved: 'processed',
  in_process: 'processing',
  rejected: 'failed',
} as const satisfies Record<Refund['status'], string>

export function orderRefundView(
  order: Order,
  { id, transactionId, refundId }: OrderRefund,
  processed: Processed[]
) {
  const payment = processed.find(({ transaction }) => transaction.id === transactionId)!.payment!
  const { amountMinor, status } = payment.refunds.find((one) => one.id === refundId)!
  return {
    id,
    transaction_id: transactionId,
    reference_id: referenceOf(refundId),
    amount: amountText(amountMinor, SITES[order.siteId]),
    status: REFUND_STATUSES[status],
    ...(payment.pix && { e2e_id: `PIX${payment.pix.endToEndId}` }),
  }
}

export function orderChargebackView(
  order: Order,
  { id, transactionId, caseId }: OrderChargeback,
  processed: Processed[]
) {
  const { transaction, payment } = processed.find((one) => one.transaction.id === transactionId)!
  return {
    id,
    transaction_id: transactionId,
    case_id: caseId,
    status: transactionState(order, transaction, payment).detail,
    references: [],
  }
}
