import type { PaymentCard } from '../cards/card.js'
import type { Cycle } from '../subscriptions/cycle.js'

export interface Payer {
  id: number
  /** Where the seller remembers it. */
  customerId: string | null
  email: string
  first_name: string | null
  last_name: string | null
  identification: { type: string; number: string } | null
  address: Record<string, string> | null
  entity_type: string | null
}

export interface Boleto {
  barcode: string
  digitableLine: string
  reference: string
  verificationCode: string
}

export interface Pix {
  code: string
  /** Base64 of a PNG. */
  image: string
  transactionId: string
  endToEndId: string | null
}

/** For a cashier outside of Brazil's banks. */
export interface Voucher {
  code: string
  barcode: string | null
  verificationCode: string
}

export interface Transfer {
  /** The payer's bank, where it was chosen. */
  institution: string | null
  bankTransferId: number
  transactionId: string
}

/** What Mercado Pago or a tax authority takes of a payment. */
export interface Charge {
  id: string
  name: string
  type: 'fee' | 'tax'
  originalMinor: number
  refundedMinor: number
  createdAt: number
  updatedAt: number
}

/** Who gives money back; `bpp` is Mercado Pago's protection of buyers. */
export const REFUND_SOURCES = ['collector', 'operator', 'admin', 'bpp', 'marketplace'] as const

export interface Refund {
  id: number
  amountMinor: number
  /** Only what is approved has moved money. */
  status: 'approved' | 'in_process' | 'rejected'
  sourceType: (typeof REFUND_SOURCES)[number]
  sourceId: string
  sourceName: string
  reason: string | null
  createdAt: number
}

/** What the application that charges keeps for its owner. */
export interface ApplicationFee {
  minor: number
  ownerId: number
  /** What the owner has of it by now. */
  creditedMinor: number
}

/** What a subscription charges by itself: the check of its card, or an instalment. */
export type Recurring =
  | { operation: 'card_validation' }
  | {
      operation: 'recurring_payment'
      invoiceId: number
      preapprovalId: string
      planId: string | null
      /** The first one is number 1. */
      number: number
      total: number | null
      cycle: Cycle
      billedAt: number
    }

/** What made a payment, where that was not a seller's own call. */
export interface PaymentOrigin {
  recurring: Recurring | null
  /** The purchase in the hosted checkout that it belongs to. */
  merchantOrderId: number | null
  /** The order of `/v1/orders` whose transaction it is. */
  orderId: string | null
}

export type PaymentStatus =
  | 'pending'
  | 'in_process'
  | 'authorized'
  | 'approved'
  | 'rejected'
  | 'cancelled'
  | 'refunded'
  | 'in_mediation'
  | 'charged_back'

/** A payment as the simulator keeps it: times in ms since 1970, amounts in minor units. */
export interface Payment extends PaymentOrigin {
  id: number
  collectorId: number
  clientId: string
  siteId: string
  currencyId: string
  methodId: string
  status: PaymentStatus
  statusDetail: string
  /** What was asked for; once approved, what was really paid. */
  amountMinor: number
  askedMinor: number
  refundedMinor: number
  /** Taken back by a lost chargeback. */
  lostMinor: number
  netMinor: number
  createdAt: number
  updatedAt: number
  approvedAt: number | null
  /** Null where nobody has to come and pay. */
  expiresAt: number | null
  releaseAt: number | null
  released: boolean
  payer: Payer
  boleto: Boleto | null
  pix: Pix | null
  voucher: Voucher | null
  transfer: Transfer | null
  card: PaymentCard | null
  issuerId: string | null
  installments: number
  /** False while only authorized. */
  captured: boolean
  /** What is authorized ends then. */
  captureUntil: number | null
  authorizationCode: string | null
  charges: Charge[]
  applicationFee: ApplicationFee | null
  liveMode: boolean
  refunds: Refund[]
  /** Guards the page that anybody with its address may open. */
  ticketHash: string
  externalReference: string | null
  notificationUrl: string | null
  /** Fields that are kept only to be answered again. */
  echo: PaymentEcho
}

export interface PaymentEcho {
  description: string | null
  statement_descriptor: string | null
  callback_url: string | null
  binary_mode: boolean
  sponsor_id: number | null
  metadata: Record<string, unknown>
  additional_info: Record<string, unknown>
  rules: Record<string, unknown> | null
  platform_id: string | null
  integrator_id: string | null
  corporation_id: string | null
}

/** What the seller still has of it, before charges. */
export function standingMinor(payment: Payment): number {
  return payment.amountMinor - payment.refundedMinor - payment.lostMinor
}

/** What refunds that are under way will take, unless they are rejected. */
export function underWayMinor({ refunds }: Payment): number {
  const underWay = refunds.filter(({ status }) => status === 'in_process')
  return underWay.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
}

export function refundableMinor(payment: Payment): number {
  return standingMinor(payment) - underWayMinor(payment)
}
