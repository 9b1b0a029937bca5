import type { Simulator } from '../simulator.js'
import type { Payment } from '../payments/payment.js'
import { followPayment } from '../merchant_orders/order_life.js'
import { settleOrderOf } from '../orders/record_order.js'
import { bookOwnerShare, takeOwnerShare } from './owner_share.js'

export type PaymentEffect =
  | 'payment.created'
  | 'payment.reviewed'
  | 'payment.authorized'
  | 'payment.rejected'
  | 'payment.edited'
  | 'payment.approved'
  | 'payment.cancelled'
  | 'payment.expired'
  | 'payment.refunded'
  | 'payment.refund_started'
  | 'payment.refund_rejected'
  | 'payment.released'
  | 'chargeback.opened'
  | 'chargeback.settled'
  | 'chargeback.reimbursed'
  | 'mediation.opened'
  | 'mediation.won'
  | 'mediation.lost'

/** Told to nobody: who cares for a release must ask on the day, whoever asked for a refund knows. */
const SILENT: PaymentEffect[] = ['payment.released', 'payment.refund_started']

/** Stores what changed, writes the truth into the journal, and lets the seller's application know. */
export function record(
  sim: Simulator,
  payment: Payment,
  effect: PaymentEffect,
  at: number,
  details: Record<string, unknown> = {}
): void {
  payment.updatedAt = at
  const ownerShareMinor = takeOwnerShare(payment)
  sim.payments.save(payment)
  sim.balances.paymentChanged(payment, effect, at)
  sim.journal.effect(effect, at, {
    payment_id: payment.id,
    account_id: payment.collectorId,
    external_reference: payment.externalReference,
    method: payment.methodId,
    currency: payment.currencyId,
    ...(payment.merchantOrderId && { merchant_order_id: payment.merchantOrderId }),
    status: payment.status,
    status_detail: payment.statusDetail,
    amount_minor: payment.amountMinor,
    refunded_minor: payment.refundedMinor,
    net_minor: payment.netMinor,
    charges_minor: payment.charges.reduce((sum, charge) => sum + charge.originalMinor, 0),
    charges_refunded_minor: payment.charges.reduce((sum, charge) => sum + charge.refundedMinor, 0),
    ...details,
  })
  bookOwnerShare(sim, payment, effect, ownerShareMinor, at)
  settleOrderOf(sim, payment, at)
  if (SILENT.includes(effect)) return
  const action = effect === 'payment.created' ? 'payment.created' : 'payment.updated'
  sim.notifier.paymentChanged(payment, action, at)
  sim.instalments.paymentChanged(payment)
  if (payment.merchantOrderId) followPayment(sim, payment, at)
}
