import type { PaymentMethod } from '../data/payment_methods.js'
import { paymentsOf } from '../merchant_orders/order_life.js'
import type { MerchantOrder } from '../merchant_orders/merchant_order.js'
import { payableMethods } from '../preferences/method_choice.js'
import type { Preference } from '../preferences/preference.js'
import type { Simulator } from '../simulator.js'

/** The two ways to pay whose brand only the number tells. */
export const CARD_KINDS = ['credit_card', 'debit_card'] as const

export type CardKind = (typeof CARD_KINDS)[number]

/** What the payer chooses from: a kind of card with its brands, or one other method. */
export interface Offer {
  id: string
  name: string
  methods: PaymentMethod[]
}

const CARD_NAMES: Record<CardKind, string> = {
  credit_card: 'Credit card',
  debit_card: 'Debit card',
}

/** The purchase that the next attempt belongs to: the open one, unless something else is sold by now. */
export function openOrderOf(sim: Simulator, preference: Preference): MerchantOrder | undefined {
  return sim.merchantOrders
    .of(preference.id)
    .find(
      ({ status, totalMinor }) => status === 'opened' && totalMinor === preference.terms.totalMinor
    )
}

/** What is left to pay: all of it, or what a short payment left open. */
export function askedMinor(preference: Preference, order: MerchantOrder | undefined): number {
  return preference.terms.totalMinor - (order ? order.paidMinor - order.refundedMinor : 0)
}

/** What of the fee earlier payments of the purchase did not bring, and this one can. */
export function feeMinor(
  sim: Simulator,
  { terms }: Preference,
  order: MerchantOrder | undefined,
  amountMinor: number
): number {
  const wanted = terms.marketplaceFee?.minor ?? 0
  const payments = order ? paymentsOf(sim, order) : []
  const brought = payments.reduce((sum, one) => sum + (one.applicationFee?.creditedMinor ?? 0), 0)
  return Math.min(wanted - brought, amountMinor)
}

/** The shop's preferred one first. */
export function offersOf({ siteId, terms }: Preference, amountMinor: number): Offer[] {
  const methods = payableMethods(siteId, terms.methods, amountMinor)
  const cards = CARD_KINDS.map((kind) => ({
    id: kind,
    name: CARD_NAMES[kind],
    methods: methods.filter(({ typeId }) => typeId === kind),
  }))
  const others = methods
    .filter(({ brand }) => brand === null)
    .map((method) => ({ id: method.id, name: method.name, methods: [method] }))
  const offers = [...cards, ...others].filter((offer) => offer.methods.length > 0)
  const preferred = (offer: Offer) =>
    offer.methods.some(({ id }) => id === terms.methods.defaultMethodId)
  return [...offers.filter(preferred), ...offers.filter((offer) => !preferred(offer))]
}

/** As many as a card of the offer and the shop both allow. */
export function maxInstallments({ methods }: Offer, { terms }: Preference): number {
  const allowed = Math.max(...methods.map(({ brand }) => brand?.maxInstallments ?? 1))
  return Math.min(allowed, terms.methods.maxInstallments ?? allowed)
}
