import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { InvalidState } from './invalid_state.js'
import { record } from './record.js'

/** By the seller, before anything was paid. Throws InvalidState. */
export function cancel(sim: Simulator, payment: Payment): void {
  if (payment.status !== 'pending') throw new InvalidState(payment, 'cancel')
  payment.status = 'cancelled'
  payment.statusDetail = 'by_collector'
  record(sim, payment, 'payment.cancelled', sim.clock.now())
}

/** Throws InvalidState. */
export function expire(sim: Simulator, payment: Payment, at: number): void {
  if (payment.status !== 'pending') throw new InvalidState(payment, 'expire')
  payment.status = 'cancelled'
  payment.statusDetail = 'expired'
  record(sim, payment, 'payment.expired', at)
}

function release(sim: Simulator, payment: Payment, at: number): void {
  payment.released = true
  record(sim, payment, 'payment.released', at)
}

/**
 * Everything that fell due up to `now`, each dated when it was due. A payment whose dispute
 * ended after its release date is released at the end of the dispute.
 */
export function settleDue(sim: Simulator, now: number): void {
  sim.store.transaction(() => {
    for (let due = sim.payments.nextExpiring(now); due; due = sim.payments.nextExpiring(now)) {
      expire(sim, due, due.expiresAt!)
    }
    for (let due = sim.payments.nextReleasing(now); due; due = sim.payments.nextReleasing(now)) {
      release(sim, due, Math.max(due.releaseAt!, due.updatedAt))
    }
  })
}
