export interface Cardholder {
  name: string | null
  identification: { type: string; number: string } | null
}

/** What may be known of a card: never its whole number, nor its security code. */
export interface Card {
  firstSix: string
  lastFour: string
  numberLength: number
  expirationMonth: number
  expirationYear: number
  cardholder: Cardholder
}

/** Cards are good until the end of their month. */
export function isOver({ expirationMonth, expirationYear }: Card, at: number): boolean {
  const today = new Date(at)
  const years = expirationYear - today.getUTCFullYear()
  return years < 0 || (years === 0 && expirationMonth < today.getUTCMonth() + 1)
}

/** A card for one use, on its way from the payer's browser to the seller. */
export interface CardToken {
  id: string
  /** The seller whose key made it. */
  accountId: number
  card: Card
  securityCodeLength: number
  savedCardId: string | null
  used: boolean
  liveMode: boolean
  createdAt: number
  dueAt: number
}

export interface SavedCard {
  id: string
  customerId: string
  accountId: number
  methodId: string
  card: Card
  createdAt: number
  updatedAt: number
}

/** A payer whom a seller remembers. */
export interface Customer {
  id: string
  accountId: number
  email: string
  defaultCard: string | null
  liveMode: boolean
  createdAt: number
  updatedAt: number
  /** Fields that are kept only to be answered again. */
  echo: Record<string, unknown>
}

/** The card of one payment. */
export interface PaymentCard extends Card {
  savedCardId: string | null
  customerId: string | null
  createdAt: number
}
