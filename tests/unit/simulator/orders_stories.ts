import fc from 'fast-check'
import { tokenize } from '../../../app/simulator/cards/tokenize.js'
import { pay } from '../../../app/simulator/life/approve.js'
import * as cards from '../../../app/simulator/life/cards.js'
import * as disputes from '../../../app/simulator/life/disputes.js'
import { cancel, expire, settleDue } from '../../../app/simulator/life/endings.js'
import { InvalidState } from '../../../app/simulator/life/invalid_state.js'
import {
  RefundTooLarge,
  finishRefund,
  refund,
  startRefund,
} from '../../../app/simulator/life/refund.js'
import * as changes from '../../../app/simulator/orders/change_transactions.js'
import { createOrder } from '../../../app/simulator/orders/create_order.js'
import {
  cancelOrder,
  captureOrder,
  expireDueOrders,
} from '../../../app/simulator/orders/end_order.js'
import type { Order } from '../../../app/simulator/orders/order.js'
import { OrderRefusal } from '../../../app/simulator/orders/order_refusal.js'
import { processOrder } from '../../../app/simulator/orders/process_order.js'
import { refundOrder } from '../../../app/simulator/orders/refund_order.js'
import type { Payment } from '../../../app/simulator/payments/payment.js'
import { cardInput } from './card_support.js'
import type { Market } from './happenings.js'
import { boletoOrder, pixOrder } from './orders_support.js'

export interface Fair extends Market {
  orders: string[]
}

export type Step = (fair: Fair) => void

const NOBODY = { platform_id: null, integrator_id: null, corporation_id: null }
const CENTS = fc.integer({ min: 400, max: 5_000_00 })
const NAMES = ['APRO', 'APRO', 'APRO', 'CONT', 'FUND', 'pending_challenge', null]

const text = (cents: number) => (cents / 100).toFixed(2)

function methodOf({ sim, seller }: Fair, kind: number, name: string | null) {
  if (kind === 0) return { id: 'boleto', type: 'ticket' }
  if (kind === 1) return { id: 'pix', type: 'bank_transfer' }
  const token = name ? tokenize(sim, seller, cardInput(name)).id : 'f'.repeat(32)
  return { id: 'master', type: 'credit_card', installments: 1, token }
}

const method = fc.record({ kind: fc.nat(2), name: fc.constantFrom(...NAMES) })

const create = fc
  .record({
    cents: CENTS,
    method,
    fee: fc.option(fc.integer({ min: 1, max: 90 })),
    processing: fc.constantFrom('automatic', 'automatic', 'manual'),
    capture: fc.constantFrom('automatic', 'automatic_async', 'automatic_async', 'manual'),
    empty: fc.boolean(),
  })
  .map(({ cents, method: { kind, name }, fee, processing, capture, empty }): Step => (fair) => {
    const amount = text(cents)
    const isManual = processing === 'manual'
    const body = {
      ...(kind === 0 ? boletoOrder({}, amount) : pixOrder({}, amount)),
      processing_mode: processing,
      capture_mode: kind === 2 ? capture : 'automatic_async',
      transactions: { payments: [{ amount, payment_method: methodOf(fair, kind, name) }] },
      ...(fee && { marketplace_fee: text(Math.floor((cents * fee) / 100)) }),
      ...(isManual && { expiration_time: 'P9D' }),
      ...(isManual && empty && { transactions: undefined }),
    }
    const { sim, seller } = fair
    const order = sim.store.transaction(() => createOrder(sim, seller, body, NOBODY))
    fair.orders.push(order.id)
  })

/** One of the latest few. */
function onOrder(act: (fair: Fair, order: Order, cents: number) => void) {
  return fc.record({ index: fc.nat(3), cents: CENTS }).map(({ index, cents }): Step => (fair) => {
    const id = fair.orders.at(-1 - index)
    if (!id) return
    fair.sim.store.transaction(() => act(fair, fair.sim.orders.find(id)!, cents))
  })
}

function onPayment(act: (fair: Fair, payment: Payment, cents: number) => void) {
  return onOrder((fair, { transactions }, cents) => {
    const id = transactions.at(-1)?.paymentId
    if (id) act(fair, fair.sim.payments.find(id)!, cents)
  })
}

const add = fc.tuple(method, fc.boolean()).chain(([{ kind, name }, isRight]) =>
  onOrder((fair, order, cents) => {
    const amount = isRight ? text(order.totalMinor) : text(cents)
    const payment = { amount, payment_method: methodOf(fair, kind, name) }
    changes.addTransactions(fair.sim, order, { payments: [payment] })
  })
)

const idOf = ({ transactions }: Order) => transactions[0]?.id ?? `PAY${'0'.repeat(26)}`
const left = (payment: Payment) => payment.amountMinor - payment.refundedMinor - payment.lostMinor

function daysPass({ sim }: Fair): void {
  sim.clock.advance(3 * 86_400_000)
  settleDue(sim, sim.clock.now())
  expireDueOrders(sim, sim.clock.now())
}

const STEPS: [weight: number, step: fc.Arbitrary<Step>][] = [
  [8, create],
  [2, add],
  [1, onOrder(({ sim }, order) => changes.removeTransaction(sim, order, idOf(order)))],
  [
    1,
    onOrder(({ sim }, order, cents) =>
      changes.updateTransaction(sim, order, idOf(order), { amount: text(cents) })
    ),
  ],
  [4, onOrder(({ sim, seller }, order) => processOrder(sim, seller, order))],
  [1, onOrder(({ sim }, order) => cancelOrder(sim, order))],
  [2, onOrder(({ sim }, order) => captureOrder(sim, order))],
  [1, onOrder(({ sim }, order) => refundOrder(sim, order, {}))],
  [
    3,
    onOrder(({ sim }, order, cents) =>
      refundOrder(sim, order, { transactions: [{ id: idOf(order), amount: text(cents % 1000) }] })
    ),
  ],
  [6, onPayment(({ sim }, payment) => pay(sim, payment))],
  [1, onPayment(({ sim }, payment, cents) => pay(sim, payment, cents))],
  [2, onPayment(({ sim }, payment) => cards.approveReview(sim, payment))],
  [1, onPayment(({ sim }, payment) => cards.reject(sim, payment, 'bank_error'))],
  [1, onPayment(({ sim }, payment, cents) => cards.capture(sim, payment, cents))],
  [1, onPayment(({ sim }, payment) => cancel(sim, payment))],
  [1, onPayment(({ sim }, payment) => expire(sim, payment, sim.clock.now()))],
  [1, onPayment(({ sim }, one, cents) => refund(sim, one, Math.min(cents, left(one)), 'bpp'))],
  [2, onPayment(({ sim }, one, c) => startRefund(sim, one, Math.min(c, left(one)), 'collector'))],
  [2, onPayment(finish('approved'))],
  [1, onPayment(finish('rejected'))],
  [2, onPayment(({ sim }, payment) => disputes.openChargeback(sim, payment))],
  [2, onPayment(({ sim }, payment) => disputes.settleChargeback(sim, payment))],
  [1, onPayment(({ sim }, payment, cents) => disputes.settleChargeback(sim, payment, cents))],
  [1, onPayment(({ sim }, payment) => disputes.reimburseChargeback(sim, payment, true))],
  [2, onPayment(({ sim }, payment) => disputes.openMediation(sim, payment))],
  [1, onPayment(({ sim }, payment) => disputes.winMediation(sim, payment))],
  [1, onPayment(({ sim }, payment) => disputes.loseMediation(sim, payment))],
  [3, fc.constant(daysPass)],
]

function finish(status: 'approved' | 'rejected') {
  return ({ sim }: Fair, payment: Payment) => {
    const underWay = payment.refunds.find((made) => made.status === 'in_process')
    if (underWay) finishRefund(sim, payment, underWay, status)
  }
}

/** What payers, sellers, banks and time may do with orders, legal or not. */
export const steps = fc.array(
  fc.oneof(...STEPS.map(([weight, arbitrary]) => ({ weight, arbitrary }))),
  { minLength: 20, maxLength: 50, size: 'max' }
)

const REFUSALS = [
  ...[OrderRefusal, InvalidState, RefundTooLarge],
  ...[disputes.CoveredTooMuch, cards.CaptureTooLarge],
]

/** Whether it was legal. */
export function take(fair: Fair, step: Step): boolean {
  try {
    step(fair)
    return true
  } catch (error) {
    if (REFUSALS.some((refusal) => error instanceof refusal)) return false
    throw error
  }
}
