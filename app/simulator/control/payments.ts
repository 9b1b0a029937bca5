import { paymentView } from '../api/payment_view.js'
import { SITES, siteMinor } from '../data/sites.js'
import { CHARGEBACK_REASONS } from '../disputes/chargeback.js'
import type { Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { REJECTION_DETAILS } from '../data/test_cards.js'
import { pay } from '../life/approve.js'
import { approveReview, reject, rejectionOf } from '../life/cards.js'
import {
  loseMediation,
  openChargeback,
  openMediation,
  reimburseChargeback,
  settleChargeback,
  winMediation,
} from '../life/disputes.js'
import { CANCELLERS, cancel, expire } from '../life/endings.js'
import { finishRefund, refund } from '../life/refund.js'
import { REFUND_SOURCES, refundableMinor, type Payment, type Refund } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { boolean, inputOf, number, oneOf, text, type Input } from './input.js'
import { Problem } from './problem.js'

/** By its own id, or that of the order's transaction that it is. Throws Problem. */
export function paymentOf(sim: Simulator, { params: { id } }: Call): Payment {
  const paymentId = id.startsWith('PAY') ? sim.orders.paymentIdOf(id) : Number(id)
  const payment = paymentId && sim.payments.find(paymentId)
  if (!payment) throw new Problem(404, `there is no payment ${id}`)
  return payment
}

function amountMinor(input: Input, payment: Payment, name = 'amount'): number | undefined {
  const amount = number(input, name)
  if (amount === undefined) return undefined
  const minor = siteMinor(amount, SITES[payment.siteId])
  if (minor === null || minor <= 0) {
    throw new Problem(400, `${name} must be positive, with no more decimals than the currency`)
  }
  return minor
}

export function refundOf(call: Call, payment: Payment): Refund {
  const made = payment.refunds.find(({ id }) => String(id) === call.params.refundId)
  if (!made) throw new Problem(404, `payment ${payment.id} has no refund ${call.params.refundId}`)
  return made
}

/** Answers with the payment once what it caused was notified, or at least attempted. */
function acting(
  known: readonly string[],
  act: (sim: Simulator, payment: Payment, input: Input, call: Call) => void
): Handler {
  return async (sim, call) => {
    const payment = paymentOf(sim, call)
    const input = inputOf(call, known)
    sim.store.transaction(() => act(sim, payment, input, call))
    await sim.catchUp()
    return json(200, paymentView(sim, sim.payments.find(payment.id)!))
  }
}

export const showControlledPayment: Handler = (sim, call) =>
  json(200, paymentView(sim, paymentOf(sim, call)))

export const payPayment = acting(['amount'], (sim, payment, input) =>
  pay(sim, payment, amountMinor(input, payment))
)

export const refundPayment = acting(['amount', 'source'], (sim, payment, input) => {
  const source = oneOf(input, 'source', REFUND_SOURCES) ?? 'collector'
  refund(sim, payment, amountMinor(input, payment) ?? refundableMinor(payment), source)
})

/** The bank could be reached after all, or refused. */
export const approveRefund = acting([], (sim, payment, _, call) =>
  finishRefund(sim, payment, refundOf(call, payment), 'approved')
)
export const rejectRefund = acting([], (sim, payment, _, call) =>
  finishRefund(sim, payment, refundOf(call, payment), 'rejected')
)

export const approvePayment = acting([], approveReview)

export const rejectPayment = acting(['status_detail'], (sim, payment, input) =>
  reject(sim, payment, rejectionOf(payment, oneOf(input, 'status_detail', REJECTION_DETAILS)))
)

export const cancelPayment = acting(['by'], (sim, payment, input) =>
  cancel(sim, payment, oneOf(input, 'by', CANCELLERS))
)

export const expirePayment = acting([], (sim, payment) => expire(sim, payment, sim.clock.now()))
export const storeChargeback = acting(
  ['reason', 'coverage_eligible', 'documentation_required'],
  (sim, payment, input) =>
    openChargeback(sim, payment, {
      reason: oneOf(input, 'reason', CHARGEBACK_REASONS),
      coverageEligible: boolean(input, 'coverage_eligible'),
      documentationRequired: boolean(input, 'documentation_required'),
    })
)
export const storeChargebackSettlement = acting(['covered'], (sim, payment, input) =>
  settleChargeback(sim, payment, amountMinor(input, payment, 'covered'))
)
export const storeChargebackReimbursement = acting(['protected'], (sim, payment, input) =>
  reimburseChargeback(sim, payment, boolean(input, 'protected'))
)
export const storeMediation = acting(['reason_id'], (sim, payment, input) =>
  openMediation(sim, payment, text(input, 'reason_id'))
)
export const storeMediationVictory = acting([], winMediation)
export const storeMediationLoss = acting(['amount'], (sim, payment, input) =>
  loseMediation(sim, payment, amountMinor(input, payment))
)
