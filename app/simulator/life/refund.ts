import { refundableMinor, standingMinor, type Payment, type Refund } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { giveChargesBack } from './charges.js'
import { InvalidState } from './invalid_state.js'
import { record } from './record.js'

export class RefundTooLarge extends Error {
  constructor(payment: Payment) {
    super(`payment ${payment.id} has ${refundableMinor(payment)} left to refund, in minor units`)
  }
}

/** What a refund leaves behind, by who made it: the whole is gone, or a part. */
const WHOLE: Partial<Record<Refund['sourceType'], string>> = {
  admin: 'by_admin',
  bpp: 'bpp_refunded',
}
const PART: Partial<Record<Refund['sourceType'], string>> = { bpp: 'partially_bpp_refunded' }

function requireRefundable(payment: Payment, amountMinor: number): void {
  if (payment.status !== 'approved') throw new InvalidState(payment, 'refund')
  if (amountMinor > refundableMinor(payment)) throw new RefundTooLarge(payment)
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
  requireRefundable(payment, amountMinor)
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
  const made = newRefund(sim, payment, { amountMinor, sourceType, reason, status: 'approved' })
  settle(sim, payment, made)
  return made
}

/** The payer's bank could not be reached: no money moves until it is. Throws InvalidState, RefundTooLarge. */
export function startRefund(
  sim: Simulator,
  payment: Payment,
  amountMinor: number,
  sourceType: Refund['sourceType']
): Refund {
  requireRefundable(payment, amountMinor)
  const asked = { amountMinor, sourceType, reason: null, status: 'in_process' as const }
  const made = newRefund(sim, payment, asked)
  record(sim, payment, 'payment.refund_started', made.createdAt, refundDetails(made))
  return made
}

/** Throws InvalidState for what is not under way. */
export function finishRefund(
  sim: Simulator,
  payment: Payment,
  made: Refund,
  status: 'approved' | 'rejected'
): void {
  const verb = `${status === 'approved' ? 'approve' : 'reject'} refund ${made.id} of`
  if (made.status !== 'in_process') throw new InvalidState(payment, verb)
  made.status = status
  if (status === 'approved') settle(sim, payment, made)
  const effect = status === 'approved' ? 'payment.refunded' : 'payment.refund_rejected'
  record(sim, payment, effect, sim.clock.now(), refundDetails(made))
}

type Asked = Pick<Refund, 'amountMinor' | 'sourceType' | 'reason' | 'status'>

function newRefund(sim: Simulator, payment: Payment, asked: Asked): Refund {
  const account = sim.accounts.find(payment.collectorId)!
  const isSeller = asked.sourceType === 'collector'
  const made = {
    id: sim.store.nextId('refund'),
    ...asked,
    sourceId: isSeller ? String(account.id) : 'mercadopago',
    sourceName: isSeller ? account.nickname : 'Mercado Pago',
    createdAt: sim.clock.now(),
  }
  payment.refunds.push(made)
  return made
}

function settle(sim: Simulator, payment: Payment, { amountMinor, sourceType }: Refund): void {
  const { settings } = sim.accounts.find(payment.collectorId)!
  payment.refundedMinor += amountMinor
  giveChargesBack(payment, settings, sim.clock.now())
  const isWhole = standingMinor(payment) === 0
  payment.status = isWhole ? 'refunded' : 'approved'
  payment.statusDetail = isWhole
    ? (WHOLE[sourceType] ?? 'refunded')
    : (PART[sourceType] ?? 'partially_refunded')
}

/** `refund_amount_minor` is what moved: nothing, of a refund that is under way or rejected. */
export function refundDetails(made: Refund): Record<string, unknown> {
  return {
    refund_id: made.id,
    refund_status: made.status,
    refund_asked_minor: made.amountMinor,
    refund_amount_minor: made.status === 'approved' ? made.amountMinor : 0,
    source: made.sourceType,
  }
}
