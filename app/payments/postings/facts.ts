import type { DateTime } from 'luxon'
import type { Buckets, LedgerKind, PostingEntry } from '#app/ledger/ledger'
import type { ChargeType, ProviderCharge } from '#app/gateway/provider'

export type DisputeKind = 'chargeback' | 'mediation' | 'pix_clawback'
export type DisputeState = 'open' | 'won' | 'lost'

export interface RefundFact {
  id: string
  amountMinor: number
  createdAt: DateTime
}

/** What the provider says of a payment now, as far as money follows from it. Minor units. */
export interface PaymentFacts {
  providerPaymentId: string
  /** Null: never approved, nothing to book. */
  approvedAt: DateTime | null
  updatedAt: DateTime
  /** What the payer really paid. */
  grossMinor: number
  charges: ProviderCharge[]
  /** Null when the provider did not say. */
  netReceivedMinor: number | null
  /** Approved ones only. */
  refunds: RefundFact[]
  /** The dispute that its status speaks of; the amount is null when the provider did not say. */
  dispute: { kind: DisputeKind; state: DisputeState; disputedMinor: number | null } | null
  /** When the money became free; null while it is not. */
  releasedAt: DateTime | null
}

/** What was decided when the charge was issued. */
export interface FeeRule {
  /** 100 is one percent. */
  basisPoints: number
  /** What is held back of the payment when it is released now. */
  holdback?: HoldbackRule | null
}

/** How much of what is left of a payment is held back. */
export interface HoldbackRule {
  /** 100 is one percent. */
  basisPoints: number
}

export interface BookedHoldback extends HoldbackRule {
  heldMinor: number
}

export interface BookedRefund {
  id: string
  amountMinor: number
  /** What came back with it from the provider and from the platform. */
  chargesReturnedMinor: number
  feeReturnedMinor: number
}

export interface BookedDispute {
  key: string
  kind: DisputeKind
  state: DisputeState
  amountMinor: number
}

export type ByChargeType = Record<ChargeType, number>

export const chargeTypes: ChargeType[] = ['fee', 'tax', 'financing', 'other']

export const noCharges = (): ByChargeType => ({ fee: 0, tax: 0, financing: 0, other: 0 })

/** What the ledger holds of a payment. Minor units. */
export interface BookedPayment {
  isApproved: boolean
  isReleased: boolean
  grossMinor: number
  /** What the provider kept, differences included. */
  chargesMinor: number
  chargesReturned: ByChargeType
  feeMinor: number
  feeReturnedMinor: number
  refunds: BookedRefund[]
  disputes: BookedDispute[]
  /** Null: nothing is held back of it, or not any more. */
  holdback: BookedHoldback | null
  buckets: Buckets
}

/** A posting without what all postings of a payment share. */
export interface PaymentPosting {
  reference: string
  kind: LedgerKind
  occurredAt: DateTime
  entries: Omit<PostingEntry, 'platformAccountId'>[]
}

/** What a person should look at; nothing is lost meanwhile. */
export interface BookingDoubt {
  kind: 'net_differs' | 'charges_differ' | 'dispute_reversed'
  details: Record<string, number | string>
}
