import type { DateTime } from 'luxon'
import type { DirectMethod } from './sites.js'

/** The provider's words in ours: minor units, decimal-text ids, instants. Shown to other modules. */

/** Which gateway account a call is made with: one of the platform, or a tenant's connection. */
export type AccountRef = PlatformRef | ConnectionRef

export interface PlatformRef {
  kind: 'platform'
  id: string
}

export interface ConnectionRef {
  kind: 'connection'
  tenantId: string
  id: string
}

export type ChargeType = 'fee' | 'tax' | 'financing' | 'other'

/** One of the provider's charges that the collector bears. */
export interface ProviderCharge {
  type: ChargeType
  amountMinor: number
  /** How much of it the provider gave back so far. */
  refundedMinor: number
}

export interface ProviderRefund {
  id: string
  amountMinor: number
  status: string
  source: string | null
  createdAt: DateTime
}

export interface ProviderPayment {
  id: string
  status: string
  statusDetail: string | null
  collectorId: string
  externalReference: string | null
  currency: string
  amountMinor: number
  refundedMinor: number
  netReceivedMinor: number | null
  method: string
  type: string
  liveMode: boolean
  createdAt: DateTime
  updatedAt: DateTime
  approvedAt: DateTime | null
  expiresAt: DateTime | null
  moneyReleaseAt: DateTime | null
  moneyReleaseStatus: string | null
  charges: ProviderCharge[]
  /** What was split off for the platform, and how much of it went back. */
  applicationFeeMinor: number
  applicationFeeReturnedMinor: number
  refunds: ProviderRefund[]
  boleto: {
    digitableLine: string | null
    barcode: string | null
    documentUrl: string | null
  } | null
  pix: { qrCode: string | null; ticketUrl: string | null } | null
  /** The provider's object without the payer. */
  snapshot: Record<string, unknown>
}

/** Whom a payment is asked of. */
export interface ProviderPayer {
  name: string
  email: string
  taxIdKind: string
  taxId: string
}

/** What a boleto costs when it is paid late or early; percents of the amount, interest a month. */
export interface LatePaymentTerms {
  finePercent: string | null
  interestPercent: string | null
  /** `until` is the last day of it: "2026-11-21". */
  discount: { percent: string; until: string } | null
}

interface NewAtProvider {
  amountMinor: number
  currency: string
  description: string
  externalReference: string
  expiresAt: DateTime
  statementDescriptor?: string
  /** What the platform takes of it, on a tenant's own account; left out where it receives itself. */
  platformFeeMinor?: number
}

export interface NewProviderPayment extends NewAtProvider {
  method: DirectMethod
  terms?: LatePaymentTerms
  payer: ProviderPayer & {
    address: {
      postalCode: string
      street: string
      streetNumber: string
      district: string
      city: string
      stateCode: string
    } | null
  }
}

export interface NewPreference extends NewAtProvider {
  /** Until when a cash voucher that is made in the checkout can be paid. */
  vouchersExpireAt: DateTime
  /** Where the checkout sends the payer back to. */
  returnUrl: string
  payer: ProviderPayer
}

/** A payment link: the provider's checkout for one sale. */
export interface ProviderPreference {
  id: string
  collectorId: string
  externalReference: string | null
  checkoutUrl: string
  createdAt: DateTime
  /** From then on it takes no payment; null: for ever. */
  closesAt: DateTime | null
}

/** What an account may take, as the provider lists it. */
export interface ProviderMethod {
  id: string
  type: string
  /** Null where the provider does not say. */
  minMinor: number | null
  maxMinor: number | null
}

export interface PaymentSearch {
  externalReference: string
  limit?: number
}

/** That a payment changed, and no more: what became of it only the payment itself tells. */
export interface PaymentNews {
  id: string
  collectorId: string | null
  updatedAt: DateTime
}

export interface NewsSearch {
  updatedFrom: DateTime
  updatedTo: DateTime
  limit: number
  offset: number
}

/** Calls on one account. Each may throw one of the `Provider…` errors of `provider_errors.ts`. */
export interface ProviderClient {
  createPayment(input: NewProviderPayment, idempotencyKey: string): Promise<ProviderPayment>
  payment(id: string): Promise<ProviderPayment>
  searchPayments(search: PaymentSearch): Promise<{ payments: ProviderPayment[] }>
  /** The oldest change first. One payment that cannot be read hides no other. */
  changedPayments(search: NewsSearch): Promise<PaymentNews[]>
  cancelPayment(id: string, idempotencyKey: string): Promise<ProviderPayment>
  /** What the account takes at the moment; amounts in its currency. */
  methods(currency: string): Promise<ProviderMethod[]>
  /** The ids of the payments that were tried in one purchase at the checkout. */
  paymentsOfOrder(id: string): Promise<string[]>
  /** Whose token it is: the account's own id. The cheapest call that proves a credential. */
  ownId(): Promise<string>
}

/**
 * Payment links of one account; may throw the same errors. Creating one knows no idempotency: look
 * for it by its reference before each further try.
 */
export interface ProviderCheckout {
  create(input: NewPreference): Promise<ProviderPreference>
  /** All with this reference, the oldest first, whether they are still payable or not. */
  find(externalReference: string): Promise<ProviderPreference[]>
  /** It takes no more payments; what was begun in it, a voucher for example, is not stopped by that. */
  close(id: string, at: DateTime): Promise<ProviderPreference>
}

/** What is fixed on a charge when it is issued. */
export interface SaleRoute {
  account: AccountRef
  mode: 'centralized' | 'connected'
  collectorId: string
  siteId: string
  country: string
  currency: string
  feeRule: { percent: string; refundPolicy: 'proportional' }
}
