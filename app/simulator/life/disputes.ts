import type { ChargebackTerms } from '../disputes/chargeback.js'
import { closeCase, openCase } from '../disputes/chargebacks.js'
import { closeClaim, openClaim } from '../disputes/claims.js'
import { refundableMinor, type Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { giveChargesBack } from './charges.js'
import { InvalidState } from './invalid_state.js'
import { record, type PaymentEffect } from './record.js'
import { addRefund, refundDetails } from './refund.js'

function move(
  sim: Simulator,
  payment: Payment,
  [status, detail]: [Payment['status'], string],
  effect: PaymentEffect,
  details: Record<string, unknown>
): void {
  const disputedMinor = refundableMinor(payment)
  payment.status = status
  payment.statusDetail = detail
  record(sim, payment, effect, sim.clock.now(), { disputed_minor: disputedMinor, ...details })
}

function requireState(payment: Payment, states: string[], verb: string): void {
  const state = `${payment.status}/${payment.statusDetail}`
  if (!states.includes(state)) throw new InvalidState(payment, verb)
}

const OPEN_TO_DISPUTE = ['approved/accredited', 'approved/partially_refunded']

/** A card holder's chargeback, or a Pix taken back by the payer's bank. Throws InvalidState. */
export function openChargeback(
  sim: Simulator,
  payment: Payment,
  terms: ChargebackTerms = {}
): void {
  requireState(payment, OPEN_TO_DISPUTE, 'charge back')
  const { id } = openCase(sim, payment, terms)
  move(sim, payment, ['charged_back', 'in_process'], 'chargeback.opened', { chargeback_id: id })
}

/** The seller loses: the disputed amount is gone. Throws InvalidState. */
export function settleChargeback(sim: Simulator, payment: Payment): void {
  requireState(payment, ['charged_back/in_process'], 'settle the chargeback of')
  const disputedMinor = refundableMinor(payment)
  closeCase(sim, payment, false)
  payment.lostMinor = disputedMinor
  giveChargesBack(payment, sim.accounts.find(payment.collectorId)!.settings, sim.clock.now())
  payment.statusDetail = 'settled'
  record(sim, payment, 'chargeback.settled', sim.clock.now(), { disputed_minor: disputedMinor })
}

/** The seller wins: the money stays. Throws InvalidState. */
export function reimburseChargeback(sim: Simulator, payment: Payment): void {
  requireState(payment, ['charged_back/in_process'], 'reimburse the chargeback of')
  closeCase(sim, payment, true)
  move(sim, payment, ['charged_back', 'reimbursed'], 'chargeback.reimbursed', {})
}

/** Throws InvalidState. */
export function openMediation(sim: Simulator, payment: Payment, reasonId?: string): void {
  requireState(payment, OPEN_TO_DISPUTE, 'open a mediation on')
  const { id } = openClaim(sim, payment, reasonId)
  move(sim, payment, ['in_mediation', 'pending'], 'mediation.opened', { claim_id: id })
}

/** Throws InvalidState. */
export function winMediation(sim: Simulator, payment: Payment): void {
  requireState(payment, ['in_mediation/pending'], 'win the mediation of')
  closeClaim(sim, payment, 'seller')
  const detail = payment.refundedMinor > 0 ? 'partially_refunded' : 'accredited'
  move(sim, payment, ['approved', detail], 'mediation.won', {})
}

/** Ends in a refund of what was left. Throws InvalidState. */
export function loseMediation(sim: Simulator, payment: Payment): void {
  requireState(payment, ['in_mediation/pending'], 'lose the mediation of')
  closeClaim(sim, payment, 'payer')
  const disputedMinor = refundableMinor(payment)
  const made = addRefund(sim, payment, disputedMinor, 'bpp', 'mediation')
  record(sim, payment, 'mediation.lost', made.createdAt, {
    disputed_minor: disputedMinor,
    ...refundDetails(made),
  })
}
