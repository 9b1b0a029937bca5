import type { Charge, Payment } from '../payments/payment.js'
import { awaitsRelease } from '../store/payments.js'
import type { Parts } from './parts.js'

/** Blocked money is neither to be released nor spent: somebody disputes it. */
export const BUCKETS = ['available', 'pending', 'blocked'] as const

export type Bucket = (typeof BUCKETS)[number]

/** What one payment is worth to its seller at the moment, and where that lies. */
export interface Position {
  bucket: Bucket
  parts: Parts
}

const DISPUTED = ['charged_back/in_process', 'in_mediation/pending']

function kept(charges: Charge[]): number {
  return charges.reduce((left, charge) => left + charge.originalMinor - charge.refundedMinor, 0)
}

/** Null until it was approved. What is owed after a refund lies in available: nothing will be released. */
export function positionOf(payment: Payment): Position | null {
  if (payment.approvedAt === null) return null
  const taxes = payment.charges.filter((charge) => charge.type === 'tax')
  const parts = {
    grossMinor: payment.amountMinor - payment.refundedMinor - payment.lostMinor,
    feeMinor: kept(taxes) - kept(payment.charges),
    taxMinor: 0 - kept(taxes),
  }
  if (DISPUTED.includes(`${payment.status}/${payment.statusDetail}`)) {
    return { bucket: 'blocked', parts }
  }
  return { bucket: awaitsRelease(payment) ? 'pending' : 'available', parts }
}
