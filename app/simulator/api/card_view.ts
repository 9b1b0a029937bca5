import type { Cardholder, PaymentCard, SavedCard } from '../cards/card.js'
import { findMethod } from '../data/payment_methods.js'
import type { Simulator } from '../simulator.js'
import { wireTime } from '../time.js'

export function cardholderView({ name, identification }: Cardholder) {
  return { name, identification: identification ?? { number: null, type: null } }
}

/** The node `card` of a payment. */
export function paymentCardView(card: PaymentCard) {
  const at = wireTime(card.createdAt)
  return {
    id: card.savedCardId,
    first_six_digits: card.firstSix,
    last_four_digits: card.lastFour,
    bin: card.firstSix,
    expiration_month: card.expirationMonth,
    expiration_year: card.expirationYear,
    date_created: at,
    date_last_updated: at,
    cardholder: cardholderView(card.cardholder),
  }
}

/** A card that a customer left. */
export function savedCardView(sim: Simulator, saved: SavedCard) {
  const { card } = saved
  const { site_id: siteId } = sim.accounts.find(saved.accountId)!
  const method = findMethod(siteId, saved.methodId)!
  const brand = method.brand!
  return {
    id: saved.id,
    customer_id: saved.customerId,
    expiration_month: card.expirationMonth,
    expiration_year: card.expirationYear,
    first_six_digits: card.firstSix,
    last_four_digits: card.lastFour,
    payment_method: {
      id: method.id,
      name: method.id,
      payment_type_id: method.typeId,
      thumbnail: '',
      secure_thumbnail: '',
    },
    security_code: { length: brand.securityCodeLength, card_location: brand.securityCodeLocation },
    issuer: { id: Number(brand.issuer.id), name: brand.issuer.name },
    cardholder: cardholderView(card.cardholder),
    date_created: wireTime(saved.createdAt),
    date_last_updated: wireTime(saved.updatedAt),
    user_id: String(saved.accountId),
    live_mode: sim.wallets.customer(saved.customerId)?.liveMode ?? true,
  }
}
