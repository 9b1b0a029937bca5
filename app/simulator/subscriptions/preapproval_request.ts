import type { Caller } from '../api/api_call.js'
import type { CardToken } from '../cards/card.js'
import { isOtherKind } from '../payments/payer_request.js'
import { isObject, type Body } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import { siteOf } from '../store/accounts.js'
import { findToken } from './card_check.js'
import {
  checkCurrency,
  isMissing,
  readAmount,
  readBackUrl,
  readCycle,
  readDate,
  readObject,
  readText,
  readTrial,
  required,
} from './fields.js'
import type { Plan, Terms } from './plan.js'
import { SubscriptionRefusal, invalid } from './subscription_refusal.js'

export interface PreapprovalRequest {
  plan: Plan | null
  payerEmail: string
  reason: string
  externalReference: string | null
  backUrl: string
  terms: Terms
  startAt: number | null
  endAt: number | null
  /** With it the subscription is authorized at once. */
  token: CardToken | null
}

/** Of this seller. Throws SubscriptionRefusal. */
export function findPlan(sim: Simulator, accountId: number, id: string): Plan {
  const plan = sim.subscriptions.plan(id)
  if (plan?.accountId === accountId) return plan
  throw new SubscriptionRefusal(404, `The template with id ${id} does not exist`)
}

/** Throws SubscriptionRefusal. */
export function checkPayer(sim: Simulator, caller: Caller, email: string): void {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw invalid('Invalid value for payer_email')
  const lower = email.toLowerCase()
  if (lower === caller.email.toLowerCase()) {
    throw invalid('Payer and collector cannot be the same user')
  }
  const siteId = sim.accounts.byEmail(lower)?.site_id ?? caller.site_id
  if (siteId !== caller.site_id) throw invalid('Cannot operate between different countries')
  if (isOtherKind(sim, caller, lower)) {
    throw invalid('Both payer and collector must be real or test users')
  }
}

/** `start_date` counts together with `end_date` alone, as documented. */
function readPeriod(
  recurring: Body,
  now: number
): { startAt: number | null; endAt: number | null } {
  const startAt = readDate(recurring, 'start_date')
  const endAt = readDate(recurring, 'end_date')
  if (startAt !== null && startAt < now) {
    throw invalid('Invalid value for auto_recurring.start_date, cannot be a past date')
  }
  if (endAt !== null && endAt <= (startAt ?? now)) {
    throw invalid('Invalid value for auto_recurring.end_date, must be after start_date')
  }
  return { startAt: endAt === null ? null : startAt, endAt }
}

function readOwnTerms(recurring: Body, caller: Caller): Terms {
  const site = siteOf(caller)
  const cycle = readCycle(recurring)
  const amountMinor = required(readAmount(recurring, site), 'transaction_amount')
  checkCurrency(recurring, site)
  if (cycle.frequencyType !== 'months' && !isMissing(recurring.billing_day)) {
    throw invalid('Only monthly frequencies are able to receive billing day or proportional')
  }
  return {
    ...cycle,
    amountMinor,
    freeTrial: readTrial(recurring),
    repetitions: null,
    billingDay: null,
    billingDayProportional: false,
  }
}

function checkPlan(plan: Plan, recurring: Body | null, caller: Caller): void {
  if (plan.status !== 'active') throw invalid('The preapproval plan is not active')
  const amountMinor = recurring && readAmount(recurring, siteOf(caller))
  if (amountMinor !== null && amountMinor !== plan.terms.amountMinor) {
    throw invalid('The transaction_amount must be the same as preapproval_plan')
  }
}

/** Pending, unless there is a card. Throws SubscriptionRefusal. */
function readToken(
  sim: Simulator,
  caller: Caller,
  body: Body,
  plan: Plan | null
): CardToken | null {
  const status = readText(body, 'status')
  if (status !== null && status !== 'pending' && status !== 'authorized') {
    throw invalid('Invalid value for status')
  }
  const isGiven = !isMissing(body.card_token_id)
  if (!isGiven && (plan || status === 'authorized')) throw invalid('card_token_id is required')
  const wanted = isGiven && (plan !== null || status !== 'pending')
  return wanted ? findToken(sim, caller, body.card_token_id) : null
}

/** One refusal at a time; fields that it does not know are dropped in silence. Throws SubscriptionRefusal. */
export function readPreapproval(sim: Simulator, caller: Caller, body: unknown): PreapprovalRequest {
  if (!isObject(body)) throw invalid('Parameters passed are invalid')
  const payerEmail = required(readText(body, 'payer_email'), 'payer_email')
  const planId = readText(body, 'preapproval_plan_id')
  const plan = planId === null ? null : findPlan(sim, caller.id, planId)
  const recurring = readObject(body, 'auto_recurring')
  if (plan) checkPlan(plan, recurring, caller)
  const own = plan ? {} : required(recurring, 'auto_recurring')
  const reason = plan?.reason ?? required(readText(body, 'reason'), 'reason')
  const terms = plan?.terms ?? readOwnTerms(own, caller)
  const backUrl = readBackUrl(body, caller) ?? plan?.backUrl ?? null
  checkPayer(sim, caller, payerEmail)
  return {
    plan,
    payerEmail,
    reason,
    externalReference: readText(body, 'external_reference'),
    backUrl: required(backUrl, 'back_url'),
    terms,
    ...readPeriod(own, sim.clock.now()),
    token: readToken(sim, caller, body, plan),
  }
}
