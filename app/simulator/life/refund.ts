import { refundableMinor, type Payment, type Refund } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { giveChargesBack } from './charges.js'
import { InvalidState } from './invalid_state.js'
import { record } from './record.js'

export class RefundTooLarge extends Error {
  constructor(payment: Payment) {
    super(`payment ${payment.id} has ${refundableMinor(payment)} left to refund, in minor units`)
  }
}

/**
 * Gives back all or a part. A part leaves the payment approved.
 * Throws InvalidState, RefundTooLarge.
 */
export function refund(
  sim: Simulator,
  payment: Payment,
  amountMinor: number,
  sourceType: Refund['sourceType'],
  reason: string | null = null
): Refund {
  if (payment.status !== 'approved') throw new InvalidState(payment, 'refund')
  if (amountMinor > refundableMinor(payment)) throw new RefundTooLarge(payment)
  const made = addRefund(sim, payment, amountMinor, sourceType, reason)
  record(sim, payment, 'payment.refunded', made.createdAt, refundDetails(made))
  return made
}

/** The part that a lost mediation shares: books the refund without telling anybody. */
export function addRefund(
  sim: Simulator,
  payment: Payment,
  amountMinor: number,
  sourceType: Refund['sourceType'],
  reason: string | null
): Refund {
  const account = sim.accounts.find(payment.collectorId)!
  const isSeller = sourceType === 'collector'
  const made: Refund = {
    id: sim.store.nextId('refund'),
    amountMinor,
    sourceType,
    sourceId: isSeller ? String(account.id) : 'mercadopago',
    sourceName: isSeller ? account.nickname : 'Mercado Pago',
    reason,
    createdAt: sim.clock.now(),
  }
  payment.refunds.push(made)
  payment.refundedMinor += amountMinor
  giveChargesBack(payment, account.settings, made.createdAt)
  const isWhole = refundableMinor(payment) === 0
  payment.status = isWhole ? 'refunded' : 'approved'
  payment.statusDetail = isWhole ? 'refunded' : 'partially_refunded'
  return made
}

export function refundDetails(made: Refund): Record<string, unknown> {
  return {
    refund_id: made.id,
    refund_amount_minor: made.amountMinor,
    source: made.sourceType,
  }
}
