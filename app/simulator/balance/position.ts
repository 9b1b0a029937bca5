import { APPLICATION_FEE } from '../life/owner_share.js'
import { standingMinor, type Charge, type Payment } from '../payments/payment.js'
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

/** What was taken and not returned, as it moves the account. */
function taken(charges: Charge[]): number {
  return charges.reduce((moved, { originalMinor, refundedMinor }) => {
    return moved - originalMinor + refundedMinor
  }, 0)
}

/** Null until it was approved. What is owed after a refund lies in available: nothing will be released. */
export function positionOf(payment: Payment): Position | null {
  if (payment.approvedAt === null) return null
  const fees = payment.charges.filter(({ type }) => type === 'fee')
  const parts = {
    grossMinor: standingMinor(payment),
    feeMinor: taken(fees.filter(({ name }) => name !== APPLICATION_FEE)),
    applicationFeeMinor: taken(fees.filter(({ name }) => name === APPLICATION_FEE)),
    taxMinor: taken(payment.charges.filter(({ type }) => type === 'tax')),
  }
  if (DISPUTED.includes(`${payment.status}/${payment.statusDetail}`)) {
    return { bucket: 'blocked', parts }
  }
  return { bucket: awaitsRelease(payment) ? 'pending' : 'available', parts }
}
