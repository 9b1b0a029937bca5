import type { ProviderPayment } from '#app/gateway/provider'

const waiting = ['pending', 'in_process', 'authorized'] as const
const ended = ['rejected', 'cancelled', 'expired'] as const
/** Money came. It may come for a charge that had ended, and news may skip what was between. */
const paid = ['approved', 'partially_refunded', 'refunded', 'in_mediation', 'charged_back'] as const

export type ChargeState =
  | 'scheduled'
  | 'creating'
  | (typeof waiting)[number]
  | (typeof ended)[number]
  | (typeof paid)[number]

const next: Record<ChargeState, readonly ChargeState[]> = {
  scheduled: ['creating', 'rejected', 'cancelled'],
  creating: [...waiting, ...ended, ...paid],
  pending: [...waiting, ...ended, ...paid],
  in_process: [...waiting, ...ended, ...paid],
  authorized: [...waiting, ...ended, ...paid],
  rejected: paid,
  cancelled: paid,
  expired: paid,
  approved: paid,
  partially_refunded: paid,
  in_mediation: paid,
  charged_back: paid,
  refunded: ['in_mediation', 'charged_back'],
}

export const mayFollow = (from: ChargeState, to: ChargeState): boolean => next[from].includes(to)

/** States in which a charge keeps another of its method from being issued. */
export const activeStates = ['scheduled', 'creating', ...waiting] as const

const byStatus: Record<string, ChargeState> = {
  pending: 'pending',
  in_process: 'in_process',
  authorized: 'authorized',
  approved: 'approved',
  rejected: 'rejected',
  in_mediation: 'in_mediation',
  refunded: 'refunded',
  charged_back: 'charged_back',
}

/** What of a payment tells how it stands. */
export type Standing = Pick<
  ProviderPayment,
  'status' | 'statusDetail' | 'refundedMinor' | 'amountMinor'
>

/** The state that a provider's payment gives its charge; null for a status we do not know. */
export function chargeStateOf(payment: Standing): ChargeState | null {
  const { status, statusDetail, refundedMinor, amountMinor } = payment
  if (status === 'cancelled') return statusDetail === 'expired' ? 'expired' : 'cancelled'
  const refundedInPart = refundedMinor > 0 && refundedMinor < amountMinor
  const standing =
    status === 'approved' || (status === 'charged_back' && statusDetail === 'reimbursed')
  if (standing) {
    if (refundedInPart) return 'partially_refunded'
    return refundedMinor > 0 ? 'refunded' : 'approved'
  }
  return byStatus[status] ?? null
}

export const isWaiting = (state: ChargeState): boolean =>
  (waiting as readonly ChargeState[]).includes(state)

export const isPaid = (state: ChargeState): boolean =>
  (paid as readonly ChargeState[]).includes(state)

export const hasEnded = (state: ChargeState | null): boolean =>
  (ended as readonly (ChargeState | null)[]).includes(state)

/** Best first: what any one attempt brought counts more than what others did not. */
const byAttempts: readonly ChargeState[] = [...paid, 'authorized', 'in_process']

/**
 * The state that all attempts made in a payment link give it together. A refused or given up one
 * leaves it payable: the payer may try again.
 */
export const stateOfAttempts = (states: readonly (ChargeState | null)[]): ChargeState =>
  byAttempts.find((state) => states.includes(state)) ?? 'pending'
