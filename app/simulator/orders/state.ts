import type { Payment, PaymentStatus } from '../payments/payment.js'
import { failureOf } from './failures.js'
import type { Order, OrderStatus, OrderTransaction, State } from './order.js'

const WAITING: Record<string, string> = {
  pending_waiting_payment: 'waiting_payment',
  pending_waiting_transfer: 'waiting_transfer',
  pending_challenge: 'pending_challenge',
}

/** However little or much of it a protection of sellers paid for. */
const CHARGEBACKS: Record<string, string> = {
  bpp_covered: 'reimbursed',
  partially_bpp_covered: 'settled',
}

function state(status: OrderStatus, detail: string = status): State {
  return { status, detail }
}

function settled(payment: Payment): State {
  return state('processed', payment.refundedMinor > 0 ? 'partially_refunded' : 'accredited')
}

const OF_PAYMENT: Record<PaymentStatus, (payment: Payment) => State> = {
  pending: ({ statusDetail }) =>
    statusDetail in WAITING
      ? state('action_required', WAITING[statusDetail])
      : state('processing', 'in_process'),
  in_process: ({ statusDetail }) =>
    state(
      'processing',
      statusDetail === 'pending_review_manual' ? 'pending_review_manual' : 'in_process'
    ),
  authorized: () => state('action_required', 'waiting_capture'),
  approved: settled,
  // Orders know no mediation: claims tell of it, and its end shows here.
  in_mediation: settled,
  rejected: ({ statusDetail }) => state('failed', failureOf(statusDetail)),
  cancelled: ({ statusDetail }) =>
    statusDetail === 'expired' ? state('expired') : state('canceled', 'canceled_transaction'),
  refunded: () => state('refunded'),
  charged_back: ({ statusDetail }) =>
    state('charged_back', CHARGEBACKS[statusDetail] ?? statusDetail),
}

export function transactionState(
  { ended }: Order,
  transaction: OrderTransaction,
  payment: Payment | undefined
): State {
  if (transaction.failure) return state('failed', transaction.failure)
  if (payment) return OF_PAYMENT[payment.status](payment)
  if (ended === 'canceled') return state('canceled', 'canceled_transaction')
  return state(ended ?? 'created')
}

/** An order is where its transaction is; of failures, ends and reviews it has its own words. */
export function orderState({ ended }: Order, transaction: State | undefined): State {
  if (ended || !transaction) return state(ended ?? 'created')
  const { status, detail } = transaction
  if (status === 'failed' || status === 'canceled') return state(status)
  return detail === 'pending_review_manual' ? state(status, 'in_review') : transaction
}
