import type { Simulator } from '../simulator.js'
import { tokenize } from '../cards/tokenize.js'
import type { CardToken } from '../cards/card.js'
import type { Body } from '../payments/payment_request.js'
import { bill } from './bill.js'
import { collect } from './collect.js'
import { callerOf } from './charge_card.js'
import type { Invoice } from './invoice.js'
import type { Plan } from './plan.js'
import { nextDueAt, type Preapproval } from './preapproval.js'
import { readPreapproval } from './preapproval_request.js'
import { authorize, changeCard, subscribe } from './subscribe.js'
import { invalid } from './subscription_refusal.js'

/** What a payer types; the card as `POST /v1/card_tokens` takes it. */
export interface PayerInput {
  email: string
  card: Body
}

/** The subscription is not in a state from which this may happen. */
export class InvalidSubscriptionState extends Error {
  constructor({ id, status }: Preapproval, verb: string) {
    super(`subscription ${id} is ${status}: cannot ${verb} it`)
  }
}

function tokenOf(sim: Simulator, owner: Plan | Preapproval, card: Body): CardToken {
  return tokenize(sim, callerOf(sim, owner), card)
}

/**
 * The payer agrees to what waits, or gives another card. Whoever is not the one that the seller
 * named is refused, as documented. Throws CardRefusal, SubscriptionRefusal, InvalidSubscriptionState.
 */
export function agree(sim: Simulator, preapproval: Preapproval, { email, card }: PayerInput): void {
  const { status, payer } = preapproval
  if (status === 'cancelled') throw new InvalidSubscriptionState(preapproval, 'agree to')
  if (email.trim().toLowerCase() !== payer.email.toLowerCase()) {
    throw invalid('The email of the payer is not that of the subscription')
  }
  const token = tokenOf(sim, preapproval, card)
  if (status === 'pending') authorize(sim, preapproval, token)
  else changeCard(sim, preapproval, token)
}

/** Whoever comes may subscribe to a plan. Throws CardRefusal, SubscriptionRefusal. */
export function subscribeTo(sim: Simulator, plan: Plan, { email, card }: PayerInput): Preapproval {
  const caller = callerOf(sim, plan)
  const { id } = tokenOf(sim, plan, card)
  const body = { preapproval_plan_id: plan.id, payer_email: email.trim(), card_token_id: id }
  return subscribe(sim, caller, readPreapproval(sim, caller, body))
}

/** From now on the card is in another name, which decides what becomes of charges. */
export function renameCard(
  sim: Simulator,
  preapproval: Preapproval,
  which: 'card' | 'secondaryCard',
  name: string
): void {
  const kept = preapproval[which]
  if (!kept) throw new InvalidSubscriptionState(preapproval, 'rename the card of')
  kept.card.cardholder.name = name
  sim.subscriptions.save(preapproval)
}

/** The instalment that is open, or the next one ahead of its date. Throws InvalidSubscriptionState. */
export function chargeNow(sim: Simulator, preapproval: Preapproval): void {
  const invoice = nextToCharge(sim, preapproval)
  if (invoice.status === 'scheduled') invoice.debitAt = sim.clock.now()
  collect(sim, preapproval, invoice)
}

function nextToCharge(sim: Simulator, preapproval: Preapproval): Invoice {
  if (preapproval.status !== 'authorized') {
    throw new InvalidSubscriptionState(preapproval, 'charge')
  }
  const [open] = sim.subscriptions.openInvoices(preapproval.id)
  if (open?.status === 'waiting_for_gateway') {
    throw new InvalidSubscriptionState(preapproval, 'charge before its payment is decided')
  }
  if (open) return open
  if (nextDueAt(preapproval) === null) throw new InvalidSubscriptionState(preapproval, 'charge')
  return bill(sim, preapproval)
}
