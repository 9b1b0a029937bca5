import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import type { Order, OrderTransaction } from './order.js'

export interface Processed {
  transaction: OrderTransaction
  payment: Payment | undefined
}

/** Each transaction with its payment, if it has become one. */
export function transactionsOf(sim: Simulator, order: Order): Processed[] {
  return order.transactions.map((transaction) => {
    const { paymentId } = transaction
    return {
      transaction,
      payment: paymentId === null ? undefined : sim.payments.find(paymentId),
    }
  })
}

/** Minor units that payers gave, returned or not. */
export function paidMinor(processed: Processed[]): number {
  return processed.reduce((sum, { payment }) => sum + paidOf(payment), 0)
}

export function paidOf(payment: Payment | undefined): number {
  return payment && payment.approvedAt !== null ? payment.amountMinor : 0
}

export function refundedMinor(processed: Processed[]): number {
  return processed.reduce((sum, { payment }) => sum + (payment?.refundedMinor ?? 0), 0)
}
