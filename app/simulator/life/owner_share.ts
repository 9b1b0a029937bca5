import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import type { PaymentEffect } from './record.js'

export const APPLICATION_FEE = 'application_fee'

/**
 * By how much the application's owner gains or loses now: the fee as it was taken, less what
 * was returned of it. Remembers that it was told.
 */
export function takeOwnerShare(payment: Payment): number {
  const charge = payment.charges.find(({ name }) => name === APPLICATION_FEE)
  if (!charge || !payment.applicationFee) return 0
  const keptMinor = charge.originalMinor - charge.refundedMinor
  const changeMinor = keptMinor - payment.applicationFee.creditedMinor
  payment.applicationFee.creditedMinor = keptMinor
  return changeMinor
}

/** The owner's own movement, apart from the seller's. */
export function bookOwnerShare(
  sim: Simulator,
  payment: Payment,
  effect: PaymentEffect,
  changeMinor: number,
  at: number
): void {
  if (changeMinor === 0) return
  const { ownerId } = payment.applicationFee!
  sim.balances.ownerShareChanged(payment, effect, changeMinor, at)
  sim.journal.effect(
    changeMinor > 0 ? 'application_fee.credited' : 'application_fee.returned',
    at,
    {
      payment_id: payment.id,
      account_id: ownerId,
      seller_id: payment.collectorId,
      client_id: payment.clientId,
      currency: payment.currencyId,
      amount_minor: Math.abs(changeMinor),
    }
  )
}
