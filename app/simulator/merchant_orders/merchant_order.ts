import type { PreferenceItem } from '../preferences/preference.js'
import type { Body } from '../payments/payment_request.js'
import type { OrderSummary } from './order_summary.js'

/** What belongs to one purchase: what is sold, and every attempt to pay it. Amounts in minor units. */
export interface MerchantOrder extends OrderSummary {
  id: number
  accountId: number
  clientId: string
  siteId: string
  liveMode: boolean
  preferenceId: string | null
  items: PreferenceItem[]
  shippingMinor: number
  /** Shipping is in it. */
  totalMinor: number
  /** In the order in which they were tried. */
  paymentIds: number[]
  payer: { id: number; nickname: string } | null
  externalReference: string | null
  notificationUrl: string | null
  additionalInfo: string | null
  marketplace: string
  sponsorId: number | null
  shipments: Body[]
  createdAt: number
  updatedAt: number
  /** Counts the changes. */
  version: number
}
