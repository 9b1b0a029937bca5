import type { Payment } from '../payments/payment.js'

/** The payment is not in a state from which this may happen. */
export class InvalidState extends Error {
  constructor(payment: Payment, verb: string) {
    super(`payment ${payment.id} is ${payment.status}/${payment.statusDetail}: cannot ${verb} it`)
  }
}
