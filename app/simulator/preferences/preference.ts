import type { Caller } from '../api/api_call.js'
import type { Attribution } from '../payments/create_payment.js'
import type { ApplicationFee } from '../payments/payment.js'
import type { Body } from '../payments/payment_request.js'

export interface PreferenceItem {
  id: string
  title: string
  description: string
  picture_url: string
  category_id: string
  currency_id: string
  quantity: number
  unitPriceMinor: number
}

/** Where the checkout sends a payer back to; empty where the shop gave none. */
export interface BackUrls {
  success: string
  pending: string
  failure: string
}

/** What of the site's methods a payer may choose. */
export interface MethodChoice {
  excludedMethods: string[]
  excludedTypes: string[]
  defaultMethodId: string | null
  maxInstallments: number | null
  defaultInstallments: number | null
}

/** What a preference means, read from its body: times in ms since 1970, amounts in minor units. */
export interface Terms {
  items: PreferenceItem[]
  shippingMinor: number
  /** Items and shipping: what the payer is asked for. */
  totalMinor: number
  marketplaceFee: ApplicationFee | null
  methods: MethodChoice
  backUrls: BackUrls
  autoReturn: string
  binaryMode: boolean
  /** Null on both sides unless it `expires`. */
  opensAt: number | null
  endsAt: number | null
  externalReference: string | null
  notificationUrl: string | null
  sponsorId: number | null
}

/** What a shop wants to be paid for, and how. */
export interface Preference {
  id: string
  accountId: number
  /** The application that made it, and by what right: payments are made in its name. */
  clientId: string
  via: Caller['via']
  siteId: string
  liveMode: boolean
  createdAt: number
  /** Null until it was changed. */
  updatedAt: number | null
  attribution: Attribution
  terms: Terms
  /** As it was sent, changes included. */
  body: Body
}

/** Whether a payer may begin to pay now, or on which side of its time we are. */
export function openness({ terms }: Preference, now: number): 'open' | 'early' | 'over' {
  if (terms.endsAt !== null && now >= terms.endsAt) return 'over'
  return terms.opensAt !== null && now < terms.opensAt ? 'early' : 'open'
}

/** Whose sale it is: of the application that acts for the seller, or of nobody else. */
export function marketplaceOf({ via, clientId }: Preference): string {
  return via === 'authorization_code' ? `MP-MKT-${clientId}` : 'NONE'
}
