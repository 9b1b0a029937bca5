import { randomInt } from 'node:crypto'
import { isOver, type PaymentCard } from '../cards/card.js'
import { outcomeFor, type Outcome, type Rejection } from '../data/test_cards.js'
import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { DAY_MS } from '../time.js'
import { approve } from './approve.js'
import { InvalidState } from './invalid_state.js'
import { record } from './record.js'

/** Brazil's issuers hold an authorized amount for less long. */
const HELD_DAYS: Record<string, number> = { MLB: 5 }
const USUALLY_HELD_DAYS = 7

const UNDER_REVIEW = ['in_process', 'pending']

export class CaptureTooLarge extends Error {
  constructor(payment: Payment) {
    super(`payment ${payment.id} has ${payment.askedMinor} authorized, in minor units`)
  }
}

/** Nothing is paid with a card that was kept for longer than it is good for. */
function outcomeOf(card: PaymentCard, now: number): Outcome {
  if (isOver(card, now)) return { status: 'rejected', detail: 'cc_rejected_bad_filled_date' }
  return outcomeFor(card.cardholder.name!)
}

/** What the issuer says at once, as the name on the card asks. A binary payment is never left open. */
export function decideCard(sim: Simulator, payment: Payment): void {
  const { status, detail } = outcomeOf(payment.card!, sim.clock.now())
  if (status === 'approved') accept(sim, payment)
  else if (status === 'rejected') reject(sim, payment, detail as Rejection)
  else if (payment.echo.binary_mode) reject(sim, payment, 'cc_rejected_other_reason')
  else if (detail !== payment.statusDetail) {
    payment.status = status
    payment.statusDetail = detail
    record(sim, payment, 'payment.reviewed', sim.clock.now())
  }
}

/** What was looked at by hand, or confirmed by the payer, passes. Throws InvalidState. */
export function approveReview(sim: Simulator, payment: Payment): void {
  if (!payment.card || !UNDER_REVIEW.includes(payment.status)) {
    throw new InvalidState(payment, 'approve')
  }
  accept(sim, payment)
}

function accept(sim: Simulator, payment: Payment): void {
  payment.authorizationCode = String(randomInt(100_000, 1_000_000))
  if (payment.captured) {
    approve(sim, payment, payment.askedMinor)
    return
  }
  const at = sim.clock.now()
  payment.status = 'authorized'
  payment.statusDetail = 'pending_capture'
  payment.captureUntil = at + (HELD_DAYS[payment.siteId] ?? USUALLY_HELD_DAYS) * DAY_MS
  record(sim, payment, 'payment.authorized', at)
}

/** What a refusal is called when nobody says why. */
export function rejectionOf(payment: Payment, chosen?: Rejection): Rejection {
  return chosen ?? (payment.card ? 'cc_rejected_other_reason' : 'rejected_by_bank')
}

/** By the issuer, the bank or the fraud team. Throws InvalidState. */
export function reject(sim: Simulator, payment: Payment, detail: Rejection): void {
  if (!UNDER_REVIEW.includes(payment.status)) throw new InvalidState(payment, 'reject')
  payment.status = 'rejected'
  payment.statusDetail = detail
  record(sim, payment, 'payment.rejected', sim.clock.now())
}

/** All of what was authorized, or a part: the rest is let go. Throws InvalidState, CaptureTooLarge. */
export function capture(sim: Simulator, payment: Payment, amountMinor = payment.askedMinor): void {
  if (payment.status !== 'authorized') throw new InvalidState(payment, 'capture')
  if (amountMinor > payment.askedMinor) throw new CaptureTooLarge(payment)
  payment.captured = true
  payment.captureUntil = null
  approve(sim, payment, amountMinor)
}
