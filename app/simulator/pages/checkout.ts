import { backUrl, resultPath } from '../checkout/addresses.js'
import { attemptPayment } from '../checkout/attempt.js'
import { refusalOf } from '../checkout/checkout_refusal.js'
import { askedMinor, offersOf, openOrderOf } from '../checkout/offers.js'
import { Problem } from '../control/problem.js'
import { SITES } from '../data/sites.js'
import { formBody } from '../http/call.js'
import { redirect, type Reply } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import { paymentsOf } from '../merchant_orders/order_life.js'
import { isUndecided } from '../merchant_orders/order_summary.js'
import type { Payment } from '../payments/payment.js'
import { openness, type Preference } from '../preferences/preference.js'
import type { Simulator } from '../simulator.js'
import { attemptOf, offerForm, typedAgain, untouched, type Shown } from './checkout_form.js'
import type { Filled } from './form_fields.js'
import { showResult, wordsFor } from './checkout_result.js'
import { moment, money, page } from './layout.js'
import { markup, type Markup } from './markup.js'

/** Throws Problem. */
function preferenceOf(sim: Simulator, id: string | null): Preference {
  const preference = sim.preferences.find(id ?? '')
  if (!preference) throw new Problem(404, 'there is no such checkout')
  return preference
}

function summary(sim: Simulator, { preference, amountMinor }: Shown): Markup {
  const { terms, siteId } = preference
  const { currencyId, decimals } = SITES[siteId]
  const amount = (minor: number) => money(minor, currencyId, decimals)
  const row = (what: Markup, price: string) =>
    markup`<tr><td>${what}</td><td class="amount">${price}</td></tr>`
  const rows = terms.items.map(({ title, description, quantity, unitPriceMinor }) =>
    row(
      markup`${title}<br><span class="soft">${quantity} × ${amount(unitPriceMinor)}${description && ` · ${description}`}</span>`,
      amount(quantity * unitPriceMinor)
    )
  )
  const shipping = terms.shippingMinor > 0 && row(markup`Shipping`, amount(terms.shippingMinor))
  const paidMinor = terms.totalMinor - amountMinor
  const paid = paidMinor > 0 && row(markup`Paid already`, `−${amount(paidMinor)}`)
  const seller = sim.accounts.find(preference.accountId)!
  return markup`<section class="card"><p class="soft">${seller.corporate_name} asks you for</p>
<p class="big">${amount(amountMinor)}</p>
<div class="scroll"><table><thead><tr><th>What</th><th class="amount">Price</th></tr></thead>
<tbody>${rows}${shipping}${paid}</tbody></table></div></section>`
}

/** What came of earlier attempts, so that nobody pays twice without knowing. */
function earlier(sim: Simulator, preference: Preference): (Markup | false | undefined)[] {
  const [latest] = sim.merchantOrders.of(preference.id)
  if (!latest) return []
  const payments = paymentsOf(sim, latest)
  const link = (payment: Payment, text: string) =>
    markup`<a href="${resultPath(payment)}">${text}</a>`
  const waiting = payments.find(isUndecided)
  const last = payments.at(-1)
  const paid = latest.status === 'closed' && payments.find(({ approvedAt }) => approvedAt !== null)
  return [
    paid &&
      markup`<p class="notice" role="status">This was paid already: ${link(paid, `payment ${paid.id}`)}. Whoever goes on buys it once more.</p>`,
    !paid &&
      waiting !== undefined &&
      markup`<p class="notice" role="status">An earlier payment still waits: ${link(waiting, `payment ${waiting.id}`)}.</p>`,
    last?.status === 'rejected' &&
      markup`<p class="notice bad" role="status">The last attempt was rejected. ${wordsFor(last)}</p>`,
  ]
}

function closed(preference: Preference, state: 'early' | 'over'): Markup {
  const { opensAt, endsAt } = preference.terms
  return state === 'over'
    ? markup`<p class="notice" role="status">This payment link expired on ${moment(endsAt)}. Ask the shop for another.</p>`
    : markup`<p class="notice" role="status">This can be paid from ${moment(opensAt)} on.</p>`
}

function offers(shown: Shown, chosen: string | null, filled: Filled): Markup {
  const { preference, amountMinor } = shown
  const list = offersOf(preference, amountMinor)
  if (list.length === 0) return markup`<p class="notice">Nothing can be paid here any more.</p>`
  const preferred = list[0].methods.some(
    ({ id }) => id === preference.terms.methods.defaultMethodId
  )
  const opened = chosen ?? (preferred || list.length === 1 ? list[0].id : null)
  const blank = untouched(preference)
  const forms = list.map((offer) =>
    offerForm(shown, offer, offer.id === chosen ? filled : blank, offer.id === opened)
  )
  return markup`<h2>How do you want to pay?</h2>${forms}`
}

function checkoutPage(
  sim: Simulator,
  preference: Preference,
  chosen: string | null = null,
  filled = untouched(preference)
): Reply {
  const now = sim.clock.now()
  const state = openness(preference, now)
  const amountMinor = askedMinor(preference, openOrderOf(sim, preference))
  const shown = { preference, amountMinor, now }
  const back = backUrl(preference, null)
  const body = markup`${summary(sim, shown)}${earlier(sim, preference)}
${state === 'open' ? offers(shown, chosen, filled) : closed(preference, state)}
${back && markup`<p><a href="${back}">Back to the shop without paying</a></p>`}`
  return page('Checkout', '', body, { status: filled.wrong ? 400 : 200 })
}

const showCheckout: Handler = (sim, call) =>
  checkoutPage(sim, preferenceOf(sim, call.query.get('pref_id')))

/** Each form pays once: whoever sends it again is led to what became of it. */
function once(sim: Simulator, preference: Preference, key: string, work: () => Payment): string {
  return sim.store.transaction(() => {
    const first = sim.answers.find(preference.accountId, 'checkout', key)
    if (first) return first.body
    const path = resultPath(work())
    if (key) sim.answers.keep(preference.accountId, 'checkout', key, { status: 303, body: path })
    return path
  })
}

const storeAttempt: Handler = (sim, call) => {
  const form = formBody(call)
  const preference = preferenceOf(sim, form.get('pref_id'))
  const attempt = attemptOf(form)
  try {
    const key = form.get('key') ?? ''
    return redirect(once(sim, preference, key, () => attemptPayment(sim, preference, attempt)))
  } catch (error) {
    const { field, message } = refusalOf(error)
    return checkoutPage(sim, preference, attempt.offerId, typedAgain(form, { field, message }))
  }
}

export const checkoutRoutes: Routes = {
  'GET /checkout/v1/redirect': showCheckout,
  'POST /checkout/v1/redirect': storeAttempt,
  'GET /checkout/v1/result': showResult,
}
