import type { DateTime } from 'luxon'
import { currency } from '#app/core/currencies'
import { assertMinor, sumMinor } from '#app/core/money'

export const tenantAccounts = ['tenant:pending', 'tenant:available', 'tenant:reserved'] as const
export const platformAccounts = [
  'platform:gateway',
  'platform:fee_revenue',
  'platform:other',
] as const

export type TenantAccount = (typeof tenantAccounts)[number]
export type LedgerAccount = TenantAccount | (typeof platformAccounts)[number]

/** What happened. `true`: it may take a tenant's available money below zero. */
const kinds = {
  payment_approved: false,
  // Only where the provider's charges were more than the payment.
  payment_released: true,
  payment_charges: true,
  payment_corrected: true,
  refund: true,
  dispute_opened: true,
  dispute_won: false,
  dispute_lost: true,
  payout_requested: false,
  payout_paid: false,
  payout_undone: false,
  payout_returned: false,
  payout_cost: true,
  account_transfer: false,
  // Less than the release in the same transaction gave.
  holdback_taken: true,
  holdback_freed: false,
  foreign_movement: false,
  adjustment: true,
} as const satisfies Record<string, boolean>

export type LedgerKind = keyof typeof kinds

export const mayOverdraw = (kind: LedgerKind) => kinds[kind]

export interface PostingEntry {
  account: LedgerAccount
  /** Plus is a debit, minus a credit; minor units. */
  amountMinor: number
  /** Which gateway account a `platform:gateway` entry moves. */
  platformAccountId?: string
  /** What the provider kept or gave back. */
  chargeType?: 'fee' | 'tax' | 'financing' | 'other'
}

export interface Posting {
  /** Unique across all tenants: the same event posts once, whoever handles it. */
  reference: string
  kind: LedgerKind
  /** Null: a movement of the platform's own. */
  tenantId: string | null
  currency: string
  occurredAt: DateTime
  paymentId?: string
  payoutId?: string
  entries: PostingEntry[]
}

/** A posting that no caller may ever make: a fault of the program, not of its input. */
export class ImpossiblePosting extends Error {
  constructor(posting: Posting, why: string) {
    super(`${posting.reference}: ${why}`)
  }
}

const isTenantAccount = (account: string) => (tenantAccounts as readonly string[]).includes(account)

const isAccount = (account: string) =>
  isTenantAccount(account) || (platformAccounts as readonly string[]).includes(account)

/** @throws ImpossiblePosting, or RangeError for an unsafe amount or unknown currency. */
export function assertPosting(posting: Posting): void {
  const refuse = (why: string): never => {
    throw new ImpossiblePosting(posting, why)
  }
  currency(posting.currency)
  if (!Object.hasOwn(kinds, posting.kind)) refuse('unknown kind')
  if (posting.reference.length < 3 || posting.reference.length > 96) refuse('bad reference')
  if (posting.entries.length < 2) refuse('fewer than two entries')
  for (const { account, amountMinor, platformAccountId } of posting.entries) {
    if (!isAccount(account)) refuse(`unknown account ${account}`)
    if (assertMinor(amountMinor) === 0) refuse(`nothing moves in ${account}`)
    if (isTenantAccount(account) && !posting.tenantId) refuse(`${account} without a tenant`)
    if ((account === 'platform:gateway') !== Boolean(platformAccountId)) {
      refuse(`${account} and a platform account do not go together`)
    }
  }
  if (sumMinor(posting.entries.map((entry) => entry.amountMinor)) !== 0) {
    refuse('the entries do not sum to zero')
  }
}

export interface Buckets {
  pendingMinor: number
  availableMinor: number
  reservedMinor: number
}

/** What a tenant has: liabilities grow by credits, so each bucket is minus its entries. */
export const bucketsOf = (entries: Iterable<{ account: string; amountMinor: number }>): Buckets => {
  const of: Record<string, number> = {}
  for (const { account, amountMinor } of entries) {
    of[account] = assertMinor((of[account] ?? 0) - amountMinor)
  }
  return {
    pendingMinor: of['tenant:pending'] ?? 0,
    availableMinor: of['tenant:available'] ?? 0,
    reservedMinor: of['tenant:reserved'] ?? 0,
  }
}
