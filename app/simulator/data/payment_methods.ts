import { CARD_METHODS } from './card_methods.js'
import { CASH_METHODS } from './cash_methods.js'

export interface FeeRule {
  basis_points: number
  fixed_minor: number
}

/** `voucher` is a code for a cashier, `transfer` a page of the payer's bank. */
export type PaymentForm = 'boleto' | 'pix' | 'voucher' | 'transfer' | 'card'

/** What a method wants to know of the payer besides an email address. */
export type PayerNeed = 'names' | 'document' | 'address' | 'entity_type'

/** `calendarDays`: only the date counts and the default ends with the day. */
export interface Expiry {
  calendarDays: boolean
  defaultMinutes: number
  minMinutes: number
  maxMinutes: number
}

export interface PaymentMethod {
  id: string
  name: string
  siteId: string
  typeId: 'ticket' | 'atm' | 'bank_transfer' | 'credit_card' | 'debit_card'
  form: PaymentForm
  minMinor: number
  maxMinor: number
  accreditationMinutes: number
  /** Whose ticket it is; the payer's own bank where it has to be chosen is in the payment. */
  financialInstitution: string | null
  /** Those that a payer chooses from. */
  financialInstitutions: { id: string; description: string }[]
  payerNeeds: readonly PayerNeed[]
  /** Null where nobody has to come and pay. */
  expiry: Expiry | null
  /** Only cards. */
  brand: CardBrand | null
  fee: FeeRule
  releaseDays: number
}

export interface CardBrand {
  pattern: string
  lengths: number[]
  securityCodeLength: number
  securityCodeLocation: 'back' | 'front'
  issuer: { id: string; name: string }
  deferredCapture: boolean
  maxInstallments: number
}

/** Fees and release days are plausible list prices; each account may override them. */
export const PAYMENT_METHODS: readonly PaymentMethod[] = [...CASH_METHODS, ...CARD_METHODS]

const BY_NAME = new Map(PAYMENT_METHODS.map((method) => [`${method.siteId} ${method.id}`, method]))

export function methodsOf(siteId: string): PaymentMethod[] {
  return PAYMENT_METHODS.filter((method) => method.siteId === siteId)
}

export function findMethod(siteId: string, id: unknown): PaymentMethod | undefined {
  return BY_NAME.get(`${siteId} ${String(id)}`)
}
