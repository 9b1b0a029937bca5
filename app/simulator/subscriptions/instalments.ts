import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { conclude } from './collect.js'

const UNDECIDED = ['pending', 'in_process']

/** Hears of every payment, since an instalment may wait for one that somebody looks at by hand. */
export class Instalments {
  constructor(private sim: Simulator) {}

  paymentChanged(payment: Payment): void {
    const { recurring } = payment
    if (recurring?.operation !== 'recurring_payment' || UNDECIDED.includes(payment.status)) return
    const invoice = this.sim.subscriptions.invoice(recurring.invoiceId)
    if (invoice?.status !== 'waiting_for_gateway' || invoice.paymentId !== payment.id) return
    const preapproval = this.sim.subscriptions.find(invoice.preapprovalId)!
    conclude(this.sim, preapproval, invoice, payment)
  }
}
