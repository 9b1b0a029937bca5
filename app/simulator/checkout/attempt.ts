import { asOwner, type Caller } from '../api/api_call.js'
import { fits } from '../cards/card_request.js'
import { tokenize } from '../cards/tokenize.js'
import type { PaymentMethod } from '../data/payment_methods.js'
import { SITES } from '../data/sites.js'
import type { MerchantOrder } from '../merchant_orders/merchant_order.js'
import { draftOf, openOrder } from '../merchant_orders/order_life.js'
import { fromMinor } from '../money.js'
import { createPayment } from '../payments/create_payment.js'
import type { Payment } from '../payments/payment.js'
import { readPaymentRequest, type Body } from '../payments/payment_request.js'
import { openness, type Preference } from '../preferences/preference.js'
import type { Simulator } from '../simulator.js'
import { checkoutUrl } from './addresses.js'
import { CheckoutRefusal } from './checkout_refusal.js'
import {
  askedMinor,
  feeMinor,
  maxInstallments,
  offersOf,
  openOrderOf,
  type Offer,
} from './offers.js'

/** What a payer filled in. */
export interface Attempt {
  /** Of an offer. */
  offerId: string
  payer: Body
  /** As for `POST /v1/card_tokens`. */
  card: Body
  installments: number
  /** The payer's bank, where one has to be chosen. */
  institution: string | null
}

/** In whose name payments of a preference are made. */
export function checkoutCaller(sim: Simulator, preference: Preference): Caller {
  const account = sim.accounts.find(preference.accountId)!
  const { clientId, via, liveMode } = preference
  return { ...asOwner(account), client_id: clientId, via, liveMode }
}

interface CardChoice {
  method: PaymentMethod
  token: string
}

/** The number tells the brand, which may be one that the shop does not take. Throws CheckoutRefusal, CardRefusal. */
function readCard(sim: Simulator, caller: Caller, offer: Offer, card: Body): CardChoice {
  const token = tokenize(sim, caller, card)
  const method = offer.methods.find(({ brand }) => fits(token.card, brand!))
  if (!method) throw new CheckoutRefusal('card_number', 'The shop does not take this card')
  return { method, token: token.id }
}

/** Throws CheckoutRefusal. */
function requireOpen(sim: Simulator, preference: Preference): void {
  const state = openness(preference, sim.clock.now())
  if (state === 'over') throw new CheckoutRefusal(null, 'The time to pay this is over')
  if (state === 'early') throw new CheckoutRefusal(null, 'This cannot be paid yet')
}

/** Throws CheckoutRefusal. */
function chosenOffer(preference: Preference, amountMinor: number, attempt: Attempt): Offer {
  const offer = offersOf(preference, amountMinor).find(({ id }) => id === attempt.offerId)
  if (!offer) throw new CheckoutRefusal(null, 'The shop does not take this way to pay')
  if (attempt.installments > maxInstallments(offer, preference)) {
    throw new CheckoutRefusal('installments', 'The shop does not take so many instalments')
  }
  return offer
}

/** Items as a payment knows them: it has one currency of its own. */
function itemsOf({ terms, siteId }: Preference): Body[] {
  return terms.items.map(({ unitPriceMinor, currency_id: _, ...item }) => ({
    ...item,
    unit_price: fromMinor(unitPriceMinor, SITES[siteId].decimals),
  }))
}

/** What a shop would have sent to `POST /v1/payments`, of the preference alone. */
function bodyOf(preference: Preference): Body {
  const { terms, body } = preference
  return {
    description: terms.items.map(({ title }) => title).join(', '),
    external_reference: terms.externalReference,
    notification_url: terms.notificationUrl,
    metadata: body.metadata,
    statement_descriptor: body.statement_descriptor,
    binary_mode: terms.binaryMode,
    sponsor_id: terms.sponsorId,
    date_of_expiration: body.date_of_expiration,
    additional_info: { ip_address: '127.0.0.1', items: itemsOf(preference) },
  }
}

function payIn(
  sim: Simulator,
  preference: Preference,
  order: MerchantOrder | undefined,
  attempt: Attempt
): Payment {
  const caller = checkoutCaller(sim, preference)
  const amountMinor = askedMinor(preference, order)
  const offer = chosenOffer(preference, amountMinor, attempt)
  const decimal = (minor: number) => fromMinor(minor, SITES[preference.siteId].decimals)
  const isCard = offer.methods[0].brand !== null
  const card = isCard ? readCard(sim, caller, offer, attempt.card) : null
  const fee = feeMinor(sim, preference, order, amountMinor)
  const request = readPaymentRequest(sim, caller, {
    ...bodyOf(preference),
    transaction_amount: decimal(amountMinor),
    application_fee: fee > 0 ? decimal(fee) : undefined,
    payment_method_id: card?.method.id ?? offer.id,
    token: card?.token,
    installments: attempt.installments,
    ...(offer.methods[0].form === 'transfer' && {
      transaction_details: { financial_institution: attempt.institution },
      callback_url: checkoutUrl(sim, preference),
    }),
    payer: attempt.payer,
  })
  const { id } = order ?? openOrder(sim, draftOf(preference))
  return createPayment(sim, caller, request, preference.attribution, { merchantOrderId: id })
}

/**
 * A payer pays, or tries to. What is refused leaves nothing behind, a rejected payment is one.
 * Throws CheckoutRefusal, CardRefusal, ApiError.
 */
export function attemptPayment(sim: Simulator, preference: Preference, attempt: Attempt): Payment {
  return sim.store.transaction(() => {
    requireOpen(sim, preference)
    return payIn(sim, preference, openOrderOf(sim, preference), attempt)
  })
}
