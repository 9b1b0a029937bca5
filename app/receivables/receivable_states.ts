/** All that money alone decides; each may follow each, as payments, refunds and disputes come. */
const byMoney = [
  'partially_paid',
  'paid',
  'overpaid',
  'partially_refunded',
  'refunded',
  'charged_back',
] as const

export type ReceivableState = 'draft' | 'open' | 'cancelled' | (typeof byMoney)[number]

const next: Record<ReceivableState, readonly ReceivableState[]> = {
  draft: ['open', 'cancelled', ...byMoney],
  open: ['cancelled', ...byMoney],
  // Money that comes for a cancelled receivable is booked all the same.
  cancelled: byMoney,
  partially_paid: byMoney,
  paid: byMoney,
  overpaid: byMoney,
  partially_refunded: byMoney,
  refunded: byMoney,
  charged_back: byMoney,
}

export const mayFollow = (from: ReceivableState, to: ReceivableState): boolean =>
  next[from].includes(to)

/** The state that the sums of all payments give; null when nothing was ever paid. */
export function stateByAmounts(sums: {
  amountMinor: number
  paidMinor: number
  refundedMinor: number
  chargedBackMinor: number
  /** What is asked for no more; money that comes all the same takes its place. */
  waivedMinor: number
}): ReceivableState | null {
  const { amountMinor, paidMinor, refundedMinor, chargedBackMinor, waivedMinor } = sums
  if (paidMinor === 0) return null
  if (chargedBackMinor > 0) return 'charged_back'
  if (refundedMinor >= paidMinor) return 'refunded'
  if (refundedMinor > 0) return 'partially_refunded'
  if (paidMinor + waivedMinor < amountMinor) return 'partially_paid'
  return paidMinor <= amountMinor ? 'paid' : 'overpaid'
}
