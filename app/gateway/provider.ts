import type { DateTime } from 'luxon'

/** The provider's words in ours: minor units, decimal-text ids, instants. Shown to other modules. */

/** Which gateway account a call is made with. A connection of a tenant joins later. */
export interface AccountRef {
  kind: 'platform'
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
  applicationFeeMinor: number
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

export interface NewProviderPayment {
  amountMinor: number
  currency: string
  method: 'boleto' | 'pix'
  description: string
  externalReference: string
  expiresAt: DateTime
  statementDescriptor?: string
  payer: {
    name: string
    email: string
    taxIdKind: string
    taxId: string
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

export interface PaymentSearch {
  externalReference?: string
  updatedFrom?: DateTime
  updatedTo?: DateTime
  limit?: number
  offset?: number
}

/** Calls on one account. Each may throw one of the `Provider…` errors of `provider_errors.ts`. */
export interface ProviderClient {
  createPayment(input: NewProviderPayment, idempotencyKey: string): Promise<ProviderPayment>
  payment(id: string): Promise<ProviderPayment>
  searchPayments(search: PaymentSearch): Promise<{ payments: ProviderPayment[]; total: number }>
  cancelPayment(id: string, idempotencyKey: string): Promise<ProviderPayment>
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
