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
import { expire } from '../life/endings.js'
import { refund } from '../life/refund.js'
import { refundableMinor, type Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { boolean, inputOf, number, oneOf, text, type Input } from './input.js'
import { Problem } from './problem.js'

export function paymentOf(sim: Simulator, call: Call): Payment {
  const payment = sim.payments.find(Number(call.params.id))
  if (!payment) throw new Problem(404, `there is no payment ${call.params.id}`)
  return payment
}

function amountMinor(input: Input, payment: Payment): number | undefined {
  const amount = number(input, 'amount')
  if (amount === undefined) return undefined
  const minor = siteMinor(amount, SITES[payment.siteId])
  if (minor === null || minor <= 0) {
    throw new Problem(400, 'amount must be positive, with no more decimals than the currency')
  }
  return minor
}

/** Answers with the payment once what it caused was notified, or at least attempted. */
function acting(
  known: readonly string[],
  act: (sim: Simulator, payment: Payment, input: Input) => void
): Handler {
  return async (sim, call) => {
    const payment = paymentOf(sim, call)
    const input = inputOf(call, known)
    sim.store.transaction(() => act(sim, payment, input))
    await sim.catchUp()
    return json(200, paymentView(sim, sim.payments.find(payment.id)!))
  }
}

export const showControlledPayment: Handler = (sim, call) =>
  json(200, paymentView(sim, paymentOf(sim, call)))

export const payPayment = acting(['amount'], (sim, payment, input) =>
  pay(sim, payment, amountMinor(input, payment))
)

export const refundPayment = acting(['amount'], (sim, payment, input) => {
  refund(sim, payment, amountMinor(input, payment) ?? refundableMinor(payment), 'collector')
})

export const approvePayment = acting([], approveReview)

export const rejectPayment = acting(['status_detail'], (sim, payment, input) =>
  reject(sim, payment, rejectionOf(payment, oneOf(input, 'status_detail', REJECTION_DETAILS)))
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
export const storeChargebackSettlement = acting([], settleChargeback)
export const storeChargebackReimbursement = acting([], reimburseChargeback)
export const storeMediation = acting(['reason_id'], (sim, payment, input) =>
  openMediation(sim, payment, text(input, 'reason_id'))
)
export const storeMediationVictory = acting([], winMediation)
export const storeMediationLoss = acting([], loseMediation)
