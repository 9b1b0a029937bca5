import type { Attribution } from '../payments/create_payment.js'
import type { Body } from '../payments/payment_request.js'

/** Solutions of Mercado Pago that take their payments as orders. */
export const ORDER_TYPES = ['online'] as const
export type OrderType = (typeof ORDER_TYPES)[number]

export const PROCESSING_MODES = ['automatic', 'manual'] as const
export type ProcessingMode = (typeof PROCESSING_MODES)[number]

/** `automatic` leaves nothing undecided, `automatic_async` may, `manual` only reserves. */
export const CAPTURE_MODES = ['automatic', 'automatic_async', 'manual'] as const
export type CaptureMode = (typeof CAPTURE_MODES)[number]

export const ORDER_STATUSES = [
  'created',
  'processing',
  'action_required',
  'processed',
  'failed',
  'canceled',
  'expired',
  'refunded',
  'charged_back',
] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

/** What the documentation calls `status` and `status_detail`, of orders and transactions alike. */
export interface State {
  status: OrderStatus
  detail: string
}

/** How to pay, as it was asked for. */
export interface TransactionMethod {
  id: string
  type: string
  token: string | null
  installments: number | null
  statementDescriptor: string | null
  financialInstitution: string | null
}

/** One attempt to collect the money of an order; a payment once it was processed. */
export interface OrderTransaction {
  id: string
  amountMinor: number
  method: TransactionMethod
  /** ISO 8601 duration. */
  expirationTime: string | null
  /** ISO 8601 with zone; counts more than the duration. */
  dateOfExpiration: string | null
  paymentId: number | null
  /** Why no payment could be made of it. */
  failure: string | null
}

/** A refund of one of the payments, under the order's own id for it. */
export interface OrderRefund {
  id: string
  transactionId: string
  refundId: number
}

/** A dispute of one, likewise. */
export interface OrderChargeback {
  id: string
  transactionId: string
  caseId: string
}

/** An order as the simulator keeps it: times in ms since 1970, amounts in minor units. */
export interface Order extends State {
  id: string
  accountId: number
  clientId: string
  siteId: string
  currencyId: string
  liveMode: boolean
  type: OrderType
  processingMode: ProcessingMode
  captureMode: CaptureMode
  totalMinor: number
  /** As of the last change that was told. */
  refundedMinor: number
  marketplaceFeeMinor: number | null
  externalReference: string | null
  description: string | null
  /** ISO 8601 duration that the order may wait to be processed. */
  expirationTime: string | null
  expiresAt: number | null
  payer: Body
  attribution: Attribution
  transactions: OrderTransaction[]
  refunds: OrderRefund[]
  chargebacks: OrderChargeback[]
  /** How it ended without any payment. */
  ended: 'canceled' | 'expired' | null
  /** Counts the changes that were told. */
  version: number
  createdAt: number
  updatedAt: number
  /** Fields that are kept only to be answered again. */
  echo: Body
}
