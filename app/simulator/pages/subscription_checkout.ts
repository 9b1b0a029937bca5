import { randomUUID } from 'node:crypto'
import { CardRefusal } from '../cards/card_refusal.js'
import { refusalOf } from '../checkout/checkout_refusal.js'
import { Problem } from '../control/problem.js'
import { formBody } from '../http/call.js'
import { redirect, type Reply } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import type { Body } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import { agree, subscribeTo, type PayerInput } from '../subscriptions/payer.js'
import type { Plan } from '../subscriptions/plan.js'
import type { Preapproval } from '../subscriptions/preapproval.js'
import { SubscriptionRefusal } from '../subscriptions/subscription_refusal.js'
import { typedAgain } from './checkout_form.js'
import { emailField, newCardFields } from './checkout_fields.js'
import type { Filled } from './form_fields.js'
import { moment, page } from './layout.js'
import { markup } from './markup.js'
import { cardWords, duration, price, status } from './subscription_view.js'

/** What is offered: to anybody by a plan, or to one payer by a subscription. */
type Offer = { plan: Plan; preapproval: null } | { plan: null; preapproval: Preapproval }

/** Throws Problem. */
function offerOf(sim: Simulator, params: URLSearchParams): Offer {
  const plan = sim.subscriptions.plan(params.get('preapproval_plan_id') ?? '')
  if (plan) return { plan, preapproval: null }
  const preapproval = sim.subscriptions.find(params.get('preapproval_id') ?? '')
  if (preapproval) return { plan: null, preapproval }
  throw new Problem(404, 'there is no such subscription')
}

function terms({ plan, preapproval }: Offer) {
  const { freeTrial, repetitions, billingDay } = (plan ?? preapproval).terms
  return markup`${freeTrial && markup`<dt>Free</dt><dd>for the first ${duration(freeTrial)}</dd>`}
${billingDay && markup`<dt>Charged</dt><dd>on day ${billingDay} of the month</dd>`}
${repetitions && markup`<dt>In all</dt><dd>${repetitions} instalments</dd>`}
${preapproval?.endAt && markup`<dt>Until</dt><dd>${moment(preapproval.endAt)}</dd>`}
${preapproval && preapproval.status !== 'pending' && markup`<dt>State</dt><dd>${status(preapproval.status)}</dd>`}
${preapproval?.card && markup`<dt>Your card</dt><dd>${cardWords(preapproval.card)}</dd>`}`
}

function blank({ preapproval }: Offer): Filled {
  const email = preapproval?.payer.email ?? ''
  return { value: (name) => (name === 'email' ? email : ''), wrong: null }
}

function idField({ plan, preapproval }: Offer) {
  const [name, id] = plan ? ['preapproval_plan_id', plan.id] : ['preapproval_id', preapproval.id]
  return markup`<input type="hidden" name="${name}" value="${id}">`
}

function form(sim: Simulator, offer: Offer, filled: Filled) {
  const { siteId } = offer.plan ?? offer.preapproval
  const isNew = offer.plan !== null || offer.preapproval.status === 'pending'
  const wrong = filled.wrong
  return markup`<form class="card" method="post" action="/subscriptions/checkout">
${idField(offer)}<input type="hidden" name="key" value="${randomUUID()}">
${wrong && markup`<p class="notice bad" role="status">${wrong.message}</p>`}
<div class="fields">${emailField(filled)}${newCardFields(filled, siteId, 'master', sim.clock.now())}</div>
<p><button>${isNew ? 'Subscribe' : 'Use this card from now on'}</button></p></form>`
}

function isOpen({ plan, preapproval }: Offer): boolean {
  return plan ? plan.status === 'active' : preapproval.status !== 'cancelled'
}

function checkoutPage(sim: Simulator, offer: Offer, filled = blank(offer)): Reply {
  const { siteId, accountId, reason, backUrl, ...rest } = offer.plan ?? offer.preapproval
  const seller = sim.accounts.find(accountId)!
  const over = markup`<p class="notice" role="status">Nobody can subscribe here any more.</p>`
  const body = markup`<section class="card">
<p class="soft">${seller.corporate_name} offers you</p><p class="big">${price(siteId, rest.terms)}</p>
<dl><dt>For</dt><dd>${reason}</dd>${terms(offer)}</dl>
</section>${isOpen(offer) ? form(sim, offer, filled) : over}
<p><a href="${backUrl}">Back to the shop</a></p>`
  const formTarget = new URL(backUrl).origin
  return page('Subscribe', '', body, { status: filled.wrong ? 400 : 200, formTarget })
}

const showCheckout: Handler = (sim, call) => checkoutPage(sim, offerOf(sim, call.query))

const CARD_FIELDS = ['card_number', 'expiration_month', 'expiration_year', 'security_code']

function inputOf(typed: URLSearchParams): PayerInput {
  const text = (name: string) => typed.get(name)?.trim() || undefined
  const card: Body = Object.fromEntries(CARD_FIELDS.map((name) => [name, text(name)]))
  return {
    email: text('email') ?? '',
    card: { ...card, cardholder: { name: text('cardholder') ?? '' } },
  }
}

function accept(sim: Simulator, { plan, preapproval }: Offer, input: PayerInput): Preapproval {
  if (plan) return subscribeTo(sim, plan, input)
  agree(sim, preapproval, input)
  return preapproval
}

/** Where the shop wants its payers back, with the subscription's id. */
function backTo({ backUrl, id }: Preapproval): string {
  const url = new URL(backUrl)
  url.searchParams.set('preapproval_id', id)
  return url.href
}

/** What was wrong in the form; anything else is thrown again. */
function wrongOf(error: unknown): NonNullable<Filled['wrong']> {
  if (error instanceof SubscriptionRefusal) {
    const { code, message } = error
    return { field: null, message: code ? `The card was refused: ${code}` : message }
  }
  if (error instanceof CardRefusal) return refusalOf(error)
  throw error
}

/** Each form agrees once: whoever sends it again comes to the same end. */
const storeAgreement: Handler = (sim, call) => {
  const typed = formBody(call)
  const offer = offerOf(sim, typed)
  const { accountId } = offer.plan ?? offer.preapproval
  const key = typed.get('key') ?? ''
  const first = sim.answers.find(accountId, 'subscription', key)
  if (first) return redirect(first.body)
  try {
    const location = backTo(accept(sim, offer, inputOf(typed)))
    if (key) sim.answers.keep(accountId, 'subscription', key, { status: 303, body: location })
    return redirect(location)
  } catch (error) {
    return checkoutPage(sim, offer, typedAgain(typed, wrongOf(error)))
  }
}

/** What a payer sees at a subscription's or a plan's `init_point`. */
export const subscriptionCheckoutRoutes: Routes = {
  'GET /subscriptions/checkout': showCheckout,
  'POST /subscriptions/checkout': storeAgreement,
}
