import type { Caller } from '../api/api_call.js'
import type { CardToken } from '../cards/card.js'
import type { Simulator } from '../simulator.js'
import { siteOf } from '../store/accounts.js'
import { DAY_MS } from '../time.js'
import { cardOf, validate } from './card_check.js'
import { later } from './cycle.js'
import { billIfDue } from './due.js'
import { newId } from './new_id.js'
import { NOTHING_COLLECTED, extentOf, type KeptCard, type Preapproval } from './preapproval.js'
import type { PreapprovalRequest } from './preapproval_request.js'
import { recordPreapproval } from './record.js'

function draft(sim: Simulator, caller: Caller, request: PreapprovalRequest): Preapproval {
  const { plan, payerEmail, terms, startAt, endAt } = request
  const at = sim.clock.now()
  const site = siteOf(caller)
  const from = startAt ?? at
  const preapproval: Preapproval = {
    id: newId(),
    version: 0,
    accountId: caller.id,
    clientId: caller.client_id,
    siteId: site.id,
    planId: plan?.id ?? null,
    status: 'pending',
    reason: request.reason,
    externalReference: request.externalReference,
    backUrl: request.backUrl,
    payer: { id: sim.payments.payerId(payerEmail), email: payerEmail },
    terms: { ...terms },
    startAt,
    endAt,
    authorizedAt: null,
    anchorAt: null,
    firstInvoiceOffset: null,
    quotas: null,
    nextSequence: 0,
    nextPaymentAt: terms.freeTrial ? later(from, terms.freeTrial, 1, site.utcOffsetHours) : from,
    card: null,
    secondaryCard: null,
    collected: { ...NOTHING_COLLECTED },
    liveMode: caller.liveMode,
    createdAt: at,
    updatedAt: at,
  }
  // What is told of one that waits is an estimate: it begins when the payer agrees.
  const { quotas } = extentOf({ ...preapproval, anchorAt: preapproval.nextPaymentAt })
  return { ...preapproval, quotas }
}

/** From now on it collects: the first time when the trial is over, or at the date that was asked for. */
function begin(sim: Simulator, preapproval: Preapproval, card: KeptCard): void {
  const at = sim.clock.now()
  const { terms, startAt } = preapproval
  const { utcOffsetHours } = siteOf(sim.accounts.find(preapproval.accountId)!)
  const from = Math.max(startAt ?? at, at)
  const anchorAt = terms.freeTrial ? later(from, terms.freeTrial, 1, utcOffsetHours) : from
  Object.assign(preapproval, {
    status: 'authorized',
    card,
    authorizedAt: at,
    anchorAt,
    nextPaymentAt: anchorAt,
    firstInvoiceOffset: terms.freeTrial ? Math.round((anchorAt - from) / DAY_MS) : null,
  })
  Object.assign(preapproval, extentOf(preapproval))
}

/** Authorized at once with a card, else waiting for the payer. Throws SubscriptionRefusal. */
export function subscribe(
  sim: Simulator,
  caller: Caller,
  request: PreapprovalRequest
): Preapproval {
  // One moment for all of it: what is due at once is due when it was made.
  return sim.clock.during(sim.clock.now(), () => subscribeNow(sim, caller, request))
}

function subscribeNow(sim: Simulator, caller: Caller, request: PreapprovalRequest): Preapproval {
  const preapproval = draft(sim, caller, request)
  const { token, plan } = request
  if (token) {
    const card = cardOf(sim, { siteId: preapproval.siteId, plan }, token)
    validate(sim, preapproval, token, card, 400)
    begin(sim, preapproval, card)
  }
  return sim.store.transaction(() => {
    recordPreapproval(sim, preapproval, 'preapproval.created', preapproval.createdAt)
    billIfDue(sim, preapproval)
    return preapproval
  })
}

/** Of one that waits: the payer agreed, or the seller has a card of the payer's. Throws SubscriptionRefusal. */
export function authorize(sim: Simulator, preapproval: Preapproval, token: CardToken): void {
  const card = cardOf(sim, planOf(sim, preapproval), token)
  validate(sim, preapproval, token, card, 400)
  sim.store.transaction(() => {
    begin(sim, preapproval, card)
    recordPreapproval(sim, preapproval, 'preapproval.authorized', sim.clock.now())
    billIfDue(sim, preapproval)
  })
}

/** The former card, or the one that is tried when it is refused, is replaced. Throws SubscriptionRefusal. */
export function changeCard(
  sim: Simulator,
  preapproval: Preapproval,
  token: CardToken,
  which: 'card' | 'secondaryCard' = 'card'
): void {
  const card = cardOf(sim, planOf(sim, preapproval), token)
  validate(sim, preapproval, token, card, 402)
  sim.store.transaction(() => {
    preapproval[which] = card
    recordPreapproval(sim, preapproval, 'preapproval.card_changed', sim.clock.now())
  })
}

function planOf(sim: Simulator, { siteId, planId }: Preapproval) {
  return { siteId, plan: planId === null ? null : (sim.subscriptions.plan(planId) ?? null) }
}
