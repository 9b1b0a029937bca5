import type { ChargebackTerms } from '../disputes/chargeback.js'
import { closeCase, openCase } from '../disputes/chargebacks.js'
import { closeClaim, openClaim } from '../disputes/claims.js'
import { standingMinor, underWayMinor, type Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { giveChargesBack } from './charges.js'
import { InvalidState } from './invalid_state.js'
import { record, type PaymentEffect } from './record.js'
import { RefundTooLarge, addRefund, refundDetails } from './refund.js'

function move(
  sim: Simulator,
  payment: Payment,
  [status, detail]: [Payment['status'], string],
  effect: PaymentEffect,
  details: Record<string, unknown>
): void {
  const disputedMinor = standingMinor(payment)
  payment.status = status
  payment.statusDetail = detail
  record(sim, payment, effect, sim.clock.now(), { disputed_minor: disputedMinor, ...details })
}

function requireState(payment: Payment, states: string[], verb: string): void {
  const state = `${payment.status}/${payment.statusDetail}`
  if (!states.includes(state)) throw new InvalidState(payment, verb)
}

const OPEN_TO_DISPUTE = [
  'approved/accredited',
  'approved/partially_refunded',
  'approved/partially_bpp_refunded',
]

function requireOpen(payment: Payment, verb: string): void {
  requireState(payment, OPEN_TO_DISPUTE, verb)
  // What is disputed is all that is left, which must not change while it is.
  if (underWayMinor(payment) > 0) {
    throw new InvalidState(payment, verb, ' and a refund of it is under way')
  }
}

/** A card holder's chargeback, or a Pix taken back by the payer's bank. Throws InvalidState. */
export function openChargeback(
  sim: Simulator,
  payment: Payment,
  terms: ChargebackTerms = {}
): void {
  requireOpen(payment, 'charge back')
  const { id } = openCase(sim, payment, terms)
  move(sim, payment, ['charged_back', 'in_process'], 'chargeback.opened', { chargeback_id: id })
}

export class CoveredTooMuch extends Error {
  constructor(disputedMinor: number) {
    super(`less than the ${disputedMinor} that are disputed can be covered, in minor units`)
  }
}

/**
 * The seller loses: the disputed amount is gone, but for what the protection of sellers covers.
 * Throws InvalidState, CoveredTooMuch.
 */
export function settleChargeback(sim: Simulator, payment: Payment, coveredMinor = 0): void {
  requireState(payment, ['charged_back/in_process'], 'settle the chargeback of')
  const disputedMinor = standingMinor(payment)
  if (coveredMinor >= disputedMinor) throw new CoveredTooMuch(disputedMinor)
  closeCase(sim, payment, coveredMinor > 0)
  const lostMinor = disputedMinor - coveredMinor
  payment.lostMinor = lostMinor
  giveChargesBack(payment, sim.accounts.find(payment.collectorId)!.settings, sim.clock.now())
  payment.statusDetail = coveredMinor > 0 ? 'partially_bpp_covered' : 'settled'
  const details = { disputed_minor: disputedMinor, lost_minor: lostMinor }
  record(sim, payment, 'chargeback.settled', sim.clock.now(), details)
}

/** The seller wins: the money stays, if only by the protection of sellers. Throws InvalidState. */
export function reimburseChargeback(sim: Simulator, payment: Payment, isProtected = false): void {
  requireState(payment, ['charged_back/in_process'], 'reimburse the chargeback of')
  closeCase(sim, payment, true)
  const detail = isProtected ? 'bpp_covered' : 'reimbursed'
  move(sim, payment, ['charged_back', detail], 'chargeback.reimbursed', {})
}

/** Throws InvalidState. */
export function openMediation(sim: Simulator, payment: Payment, reasonId?: string): void {
  requireOpen(payment, 'open a mediation on')
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

/** Ends in a refund of what was left, or of a part. Throws InvalidState, RefundTooLarge. */
export function loseMediation(
  sim: Simulator,
  payment: Payment,
  amountMinor = standingMinor(payment)
): void {
  requireState(payment, ['in_mediation/pending'], 'lose the mediation of')
  const disputedMinor = standingMinor(payment)
  if (amountMinor > disputedMinor) throw new RefundTooLarge(payment)
  closeClaim(sim, payment, 'payer')
  const made = addRefund(sim, payment, amountMinor, 'bpp', 'mediation')
  record(sim, payment, 'mediation.lost', made.createdAt, {
    disputed_minor: disputedMinor,
    ...refundDetails(made),
  })
}
