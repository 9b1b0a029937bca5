import type { Caller } from '../api/api_call.js'
import type { CardToken } from '../cards/card.js'
import { methodOfCard } from '../cards/card_request.js'
import { subscriptionLimits } from '../data/subscription_limits.js'
import { refund } from '../life/refund.js'
import { refundableMinor } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { chargeCard, type Subscriber } from './charge_card.js'
import { allows, type Plan } from './plan.js'
import type { KeptCard } from './preapproval.js'
import { SubscriptionRefusal, invalid } from './subscription_refusal.js'

/** Of this seller's key, or of the key of the application that acts for it. Throws SubscriptionRefusal. */
export function findToken(sim: Simulator, caller: Caller, id: unknown): CardToken {
  const token = typeof id === 'string' ? sim.wallets.token(id) : undefined
  const ownerId = sim.accounts.application(caller.client_id)?.owner_id
  if (!token || ![caller.id, ownerId].includes(token.accountId)) {
    throw new SubscriptionRefusal(404, 'Card token service not found')
  }
  if (token.used) throw invalid('Card token was used, please generate new')
  if (token.dueAt <= sim.clock.now()) throw invalid('Card token is expired, please generate new')
  return token
}

/** What may be charged from now on, of a card that nobody has tried yet. Throws SubscriptionRefusal. */
export function cardOf(
  sim: Simulator,
  { siteId, plan }: { siteId: string; plan: Plan | null },
  token: CardToken
): KeptCard {
  const method = methodOfCard(siteId, token.card)
  const brand = method?.brand
  if (!method || !brand) throw invalid('Unsupported_credit_card_for_recurring_payment')
  if (!allows(plan, method)) throw invalid('The payment method is not allowed by the plan')
  if (!token.card.cardholder.name) throw invalid('Invalid card token, cardholder name is missing')
  if (token.securityCodeLength !== brand.securityCodeLength) {
    throw refusalOf(400, 'cc_rejected_bad_filled_security_code')
  }
  return {
    id: sim.store.nextId('card'),
    methodId: method.id,
    issuerId: brand.issuer.id,
    securityCodeLength: token.securityCodeLength,
    card: token.card,
  }
}

function refusalOf(status: 400 | 402, detail: string): SubscriptionRefusal {
  return new SubscriptionRefusal(status, 'CC_VAL_433 Credit card validation has failed', detail)
}

/**
 * Proves that a card can be charged: the least there is, given back at once. A refused payment
 * stays behind. Throws SubscriptionRefusal with `status`.
 */
export function validate(
  sim: Simulator,
  subscriber: Subscriber,
  token: CardToken,
  card: KeptCard,
  status: 400 | 402
): void {
  const payment = sim.store.transaction(() => {
    sim.wallets.saveToken({ ...token, used: true })
    const made = chargeCard(sim, subscriber, card, {
      amountMinor: subscriptionLimits(subscriber.siteId).minMinor,
      description: 'Recurring payment validation',
      externalReference: null,
      metadata: {},
      binary: true,
      recurring: { operation: 'card_validation' },
    })
    if (made.status === 'approved') refund(sim, made, refundableMinor(made), 'admin')
    return made
  })
  if (payment.status === 'rejected') throw refusalOf(status, payment.statusDetail)
}
