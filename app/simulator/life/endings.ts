import type { Payment, PaymentStatus } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { dueAt } from '../store/payments.js'
import { InvalidState } from './invalid_state.js'
import { record } from './record.js'

const CANCELLABLE: PaymentStatus[] = ['pending', 'in_process', 'authorized']

export const CANCELLERS = ['collector', 'payer', 'admin'] as const

/** Before anything was paid. Throws InvalidState. */
export function cancel(
  sim: Simulator,
  payment: Payment,
  by: (typeof CANCELLERS)[number] = 'collector'
): void {
  if (!CANCELLABLE.includes(payment.status)) throw new InvalidState(payment, 'cancel')
  end(sim, payment, `by_${by}`, 'payment.cancelled', sim.clock.now())
}

/** Nobody came to pay, or to capture. Throws InvalidState. */
export function expire(sim: Simulator, payment: Payment, at: number): void {
  if (dueAt(payment) === null) throw new InvalidState(payment, 'expire')
  end(sim, payment, 'expired', 'payment.expired', at)
}

function end(
  sim: Simulator,
  payment: Payment,
  detail: string,
  effect: 'payment.cancelled' | 'payment.expired',
  at: number
): void {
  payment.status = 'cancelled'
  payment.statusDetail = detail
  payment.captureUntil = null
  record(sim, payment, effect, at)
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
      expire(sim, due, dueAt(due)!)
    }
    for (let due = sim.payments.nextReleasing(now); due; due = sim.payments.nextReleasing(now)) {
      release(sim, due, Math.max(due.releaseAt!, due.updatedAt))
    }
  })
}
