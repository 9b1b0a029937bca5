import type { Card, SavedCard } from '../cards/card.js'
import { findCardToken, methodOfCard } from '../cards/card_request.js'
import { readCardholder, readExpiration } from '../cards/tokenize.js'
import { jsonBody, type Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import { isObject, type Body } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import { authenticated, type Caller } from './api_call.js'
import { savedCardView } from './card_view.js'
import { CustomerRefusal } from './customer_refusal.js'
import { customerOf } from './customers.js'

/** Throws CustomerRefusal. */
function cardOf(sim: Simulator, call: Call): SavedCard {
  const customer = customerOf(sim, authenticated(sim, call), call.params.id)
  const card = sim.wallets.card(call.params.cardId)
  if (card?.customerId !== customer.id) throw new CustomerRefusal('120')
  return card
}

function readBody(call: Call): Body {
  const body = jsonBody(call)
  if (!isObject(body)) throw new CustomerRefusal('118')
  return body
}

/** What a token stands for; it is used up by this. Throws ApiError, CustomerRefusal. */
function spend(sim: Simulator, caller: Caller, id: unknown): { card: Card; methodId: string } {
  if (id === undefined || id === null) throw new CustomerRefusal('119')
  const token = findCardToken(sim, caller, id)
  const method = methodOfCard(caller.site_id, token.card)
  if (!method) throw new CustomerRefusal('127')
  sim.wallets.saveToken({ ...token, used: true })
  return { card: token.card, methodId: method.id }
}

const storeCard: Handler = (sim, call) => {
  const caller = authenticated(sim, call)
  const customer = customerOf(sim, caller, call.params.id)
  const { token } = readBody(call)
  return sim.store.transaction(() => {
    const at = sim.clock.now()
    const card: SavedCard = {
      id: String(sim.store.nextId('card')),
      customerId: customer.id,
      accountId: caller.id,
      ...spend(sim, caller, token),
      createdAt: at,
      updatedAt: at,
    }
    sim.wallets.saveCard(card)
    const defaultCard = customer.defaultCard ?? card.id
    sim.wallets.saveCustomer({ ...customer, defaultCard, updatedAt: at })
    return json(201, savedCardView(sim, card))
  })
}

const listCards: Handler = (sim, call) => {
  const customer = customerOf(sim, authenticated(sim, call), call.params.id)
  const cards = sim.wallets.cardsOf(customer.id).map((card) => savedCardView(sim, card))
  return json(200, cards)
}

const showCard: Handler = (sim, call) => json(200, savedCardView(sim, cardOf(sim, call)))

/** A new token replaces the whole card; otherwise what is told of it changes. */
function changed(sim: Simulator, caller: Caller, { card, methodId }: SavedCard, body: Body) {
  if (body.token !== undefined) return spend(sim, caller, body.token)
  const former = { expiration_month: card.expirationMonth, expiration_year: card.expirationYear }
  const expiration = readExpiration({ ...former, ...body }, sim.clock.now())
  const cardholder =
    body.cardholder === undefined ? card.cardholder : readCardholder(body.cardholder)
  return { card: { ...card, ...expiration, cardholder }, methodId }
}

const updateCard: Handler = (sim, call) => {
  const caller = authenticated(sim, call)
  const saved = cardOf(sim, call)
  const change = changed(sim, caller, saved, readBody(call))
  const card = { ...saved, ...change, updatedAt: sim.clock.now() }
  sim.wallets.saveCard(card)
  return json(200, savedCardView(sim, card))
}

const destroyCard: Handler = (sim, call) => {
  const card = cardOf(sim, call)
  const customer = sim.wallets.customer(card.customerId)!
  const last = savedCardView(sim, card)
  sim.store.transaction(() => {
    sim.wallets.dropCard(card.id)
    if (customer.defaultCard === card.id) {
      const [next] = sim.wallets.cardsOf(customer.id)
      sim.wallets.saveCustomer({ ...customer, defaultCard: next?.id ?? null })
    }
  })
  return json(200, last)
}

export const customerCardRoutes: Routes = {
  'POST /v1/customers/:id/cards': storeCard,
  'GET /v1/customers/:id/cards': listCards,
  'GET /v1/customers/:id/cards/:cardId': showCard,
  'PUT /v1/customers/:id/cards/:cardId': updateCard,
  'DELETE /v1/customers/:id/cards/:cardId': destroyCard,
}
