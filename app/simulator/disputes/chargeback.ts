export const CHARGEBACK_REASONS = ['general', 'fraud', 'not_received', 'pix_clawback'] as const

export interface ChargebackDocument {
  id: string
  type: string
  name: string
}

/** A payer's bank takes money back, and the seller may say why it should not. */
export interface Chargeback {
  /** Digits beyond what a JSON number holds. */
  id: string
  paymentId: number
  accountId: number
  clientId: string
  siteId: string
  amountMinor: number
  reason: (typeof CHARGEBACK_REASONS)[number]
  /** Null until it is decided: whether the seller keeps the money. */
  coverageApplied: boolean | null
  coverageEligible: boolean
  documentationRequired: boolean
  documentationStatus:
    'pending' | 'review_pending' | 'valid' | 'invalid' | 'not_supplied' | 'not_applicable'
  documentation: ChargebackDocument[]
  deadlineAt: number | null
  liveMode: boolean
  createdAt: number
  updatedAt: number
}

/** What whoever opens one may choose. */
export type ChargebackTerms = Partial<
  Pick<Chargeback, 'reason' | 'coverageEligible' | 'documentationRequired'>
>

/** A payer and a seller who do not agree, and a mediator. */
export interface Claim {
  id: number
  paymentId: number
  accountId: number
  clientId: string
  siteId: string
  payerId: number
  reasonId: string
  /** Null while it is open. */
  outcome: 'seller' | 'payer' | null
  liveMode: boolean
  createdAt: number
  updatedAt: number
}
