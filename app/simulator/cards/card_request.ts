import type { Caller } from '../api/api_call.js'
import { ApiError } from '../api/api_error.js'
import { methodsOf, type CardBrand, type PaymentMethod } from '../data/payment_methods.js'
import type { Body } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import type { Card, CardToken } from './card.js'

export interface CardRequest {
  token: CardToken
  installments: number
  issuerId: string
  /** False only authorizes: the money has to be captured. */
  capture: boolean
}

/** A token of this seller's key, or of the key of the application that acts for it. Throws ApiError. */
export function findCardToken(sim: Simulator, caller: Caller, id: unknown): CardToken {
  const token = typeof id === 'string' ? sim.wallets.token(id) : undefined
  const ownerId = sim.accounts.application(caller.client_id)?.owner_id
  if (!token || ![caller.id, ownerId].includes(token.accountId)) throw new ApiError(2006)
  if (token.used || token.dueAt <= sim.clock.now()) throw new ApiError(2062)
  return token
}

export function fits(card: Card, brand: CardBrand): boolean {
  return new RegExp(brand.pattern).test(card.firstSix) && brand.lengths.includes(card.numberLength)
}

/** The credit card that a number belongs to: debit shares the numbers and has to be named. */
export function methodOfCard(siteId: string, card: Card): PaymentMethod | undefined {
  return methodsOf(siteId).find(
    ({ brand, typeId }) => typeId === 'credit_card' && brand !== null && fits(card, brand)
  )
}

/** Throws ApiError 4000, 2006, 2062, 3000, 3010, 3012, 3028 to 3030, 4004, 4005, 4012, 4033 or 2077. */
export function readCardRequest(
  sim: Simulator,
  caller: Caller,
  method: PaymentMethod,
  body: Body
): CardRequest | null {
  const { brand } = method
  if (!brand) {
    // Everything else is paid at once.
    if (![undefined, null, 1].includes(body.installments as number)) throw new ApiError(4033)
    return null
  }
  if (body.token === undefined || body.token === null) throw new ApiError(4000)
  const token = findCardToken(sim, caller, body.token)
  checkCard(sim, token, brand, body)
  const capture = body.capture !== false
  if (!capture && !brand.deferredCapture) throw new ApiError(2077)
  return {
    token,
    installments: readInstallments(body.installments, brand),
    issuerId: String(body.issuer_id ?? brand.issuer.id),
    capture,
  }
}

function checkCard(sim: Simulator, token: CardToken, brand: CardBrand, body: Body): void {
  const { card } = token
  if (!fits(card, brand)) throw new ApiError(3028)
  if (token.securityCodeLength !== brand.securityCodeLength) throw new ApiError(3012)
  if (!card.cardholder.name) throw new ApiError(3000)
  const today = new Date(sim.clock.now())
  if (card.expirationYear < today.getUTCFullYear()) throw new ApiError(3030)
  const isThisYear = card.expirationYear === today.getUTCFullYear()
  if (isThisYear && card.expirationMonth < today.getUTCMonth() + 1) throw new ApiError(3029)
  if (token.savedCardId) checkOwner(sim, token.savedCardId, body.payer)
}

/** A card that a customer left can be charged for that customer alone. */
function checkOwner(sim: Simulator, cardId: string, payer: unknown): void {
  const { id } = (payer ?? {}) as Body
  if (id === undefined || id === null) throw new ApiError(4012)
  const saved = sim.wallets.card(cardId)
  if (saved?.customerId !== String(id)) throw new ApiError(3010)
}

function readInstallments(value: unknown, brand: CardBrand): number {
  if (value === undefined || value === null) throw new ApiError(4004)
  if (typeof value !== 'number') throw new ApiError(4005)
  if (!Number.isInteger(value) || value < 1 || value > brand.maxInstallments) {
    throw new ApiError(4033)
  }
  return value
}
