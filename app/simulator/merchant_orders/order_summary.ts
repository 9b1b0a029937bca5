import type { Payment } from '../payments/payment.js'

export type OrderStatus =
  | 'payment_required'
  | 'payment_in_process'
  | 'partially_paid'
  | 'paid'
  | 'partially_reverted'
  | 'reverted'
  | 'expired'

/** What an order's payments amount to, in minor units. */
export interface OrderSummary {
  status: 'opened' | 'closed' | 'expired'
  orderStatus: OrderStatus
  /** Everything that was ever paid; what went back is told apart. */
  paidMinor: number
  refundedMinor: number
}

const UNDECIDED = ['pending', 'in_process', 'authorized']

type Told = Pick<Payment, 'status' | 'approvedAt' | 'amountMinor' | 'refundedMinor' | 'lostMinor'>

export function isUndecided({ status }: Pick<Payment, 'status'>): boolean {
  return UNDECIDED.includes(status)
}

function sumOf(payments: Told[], amount: (payment: Told) => number): number {
  return payments.reduce((sum, payment) => sum + amount(payment), 0)
}

/** A disputed payment counts as paid until it is lost, as Mercado Pago documents it. */
export function summaryOf(totalMinor: number, payments: Told[], isOver: boolean): OrderSummary {
  const paid = payments.filter(({ approvedAt }) => approvedAt !== null)
  const paidMinor = sumOf(paid, ({ amountMinor }) => amountMinor)
  const refundedMinor = sumOf(paid, (payment) => payment.refundedMinor)
  const goneMinor = refundedMinor + sumOf(paid, ({ lostMinor }) => lostMinor)
  const isCovered = paid.length > 0 && paidMinor >= totalMinor
  const waits = payments.some(isUndecided)
  const isExpired = isOver && paid.length === 0 && !waits
  const open = isExpired ? 'expired' : 'opened'
  const summary = { status: isCovered ? 'closed' : open, paidMinor, refundedMinor } as const
  if (isExpired) return { ...summary, orderStatus: 'expired' }
  if (paid.length === 0) {
    return { ...summary, orderStatus: waits ? 'payment_in_process' : 'payment_required' }
  }
  if (goneMinor === 0) return { ...summary, orderStatus: isCovered ? 'paid' : 'partially_paid' }
  const isReverted = goneMinor === paidMinor && !waits
  return { ...summary, orderStatus: isReverted ? 'reverted' : 'partially_reverted' }
}
