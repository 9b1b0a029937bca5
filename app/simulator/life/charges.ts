import { findMethod } from '../data/payment_methods.js'
import { basisPoints, share } from '../money.js'
import type { Charge, Payment } from '../payments/payment.js'
import type { AccountSettings } from '../scenario.js'
import { APPLICATION_FEE } from './owner_share.js'

/** The provider's fee, the application's out of the rest, then taxes; together never more than what was paid. */
export function takeCharges(payment: Payment, settings: AccountSettings, at: number): Charge[] {
  if (payment.recurring?.operation === 'card_validation') return []
  const method = findMethod(payment.siteId, payment.methodId)!
  const fee = settings.fees[method.id] ?? method.fee
  const wanted = [
    {
      name: 'mercadopago_fee',
      type: 'fee' as const,
      minor: basisPoints(payment.amountMinor, fee.basis_points) + fee.fixed_minor,
    },
    ...(payment.applicationFee
      ? [{ name: APPLICATION_FEE, type: 'fee' as const, minor: payment.applicationFee.minor }]
      : []),
    ...settings.taxes.map((tax) => ({
      name: tax.name,
      type: 'tax' as const,
      minor: basisPoints(payment.amountMinor, tax.basis_points),
    })),
  ]
  let left = payment.amountMinor
  return wanted.map(({ name, type, minor }, index) => {
    const originalMinor = Math.min(minor, left)
    left -= originalMinor
    const id = `${payment.id}-${String(index + 1).padStart(3, '0')}`
    return { id, name, type, originalMinor, refundedMinor: 0, createdAt: at, updatedAt: at }
  })
}

/** Cumulative, so that several partial refunds together give back what one whole refund would. */
export function giveChargesBack(payment: Payment, settings: AccountSettings, at: number): void {
  if (settings.refunded_charges === 'kept') return
  const goneMinor = payment.refundedMinor + payment.lostMinor
  for (const charge of payment.charges) {
    charge.refundedMinor = share(charge.originalMinor, goneMinor, payment.amountMinor)
    charge.updatedAt = at
  }
}
