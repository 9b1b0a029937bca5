import type { Payment } from '../payments/payment.js'

/** The payment is not in a state from which this may happen. */
export class InvalidState extends Error {
  constructor(payment: Payment, verb: string, reason = '') {
    const state = `${payment.status}/${payment.statusDetail}`
    super(`payment ${payment.id} is ${state}${reason}: cannot ${verb} it`)
  }
}
