import type { LedgerKind } from '#app/ledger/ledger'
import type { Bucket } from '#app/ledger/queries/movements'

/** What can happen to a tenant's money, in the order in which a filter offers it. */
export const statementKinds = [
  'payment_approved',
  'payment_released',
  'payment_charges',
  'payment_corrected',
  'refund',
  'dispute_opened',
  'dispute_won',
  'dispute_lost',
  'payout_requested',
  'payout_paid',
  'payout_undone',
  'payout_returned',
  'payout_cost',
  'holdback_taken',
  'holdback_freed',
  'adjustment',
] as const satisfies LedgerKind[]

export const buckets = ['pending', 'available', 'reserved'] as const satisfies Bucket[]
