import { REJECTION_DETAILS } from '../data/test_cards.js'
import { oneOf } from '../control/input.js'
import { paymentOf } from '../control/payments.js'
import { formBody, type Call } from '../http/call.js'
import { redirect } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { approveReview, reject, rejectionOf } from '../life/cards.js'
import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { moment, page, paymentMoney, state } from './layout.js'
import { markup } from './markup.js'

const SHOWN = 100

export function rejectionForm(action: string) {
  const details = REJECTION_DETAILS.map((detail) => markup`<option>${detail}</option>`)
  return markup`<form method="post" class="row" action="${action}"><label>Why <br><select name="status_detail">${details}</select></label>
<button class="plain">Reject</button></form>`
}

function card(sim: Simulator, payment: Payment) {
  const { card: used, payer } = payment
  const seller = sim.accounts.find(payment.collectorId)!
  return markup`<section class="card"><p class="big">${paymentMoney(payment, payment.amountMinor)}</p><dl>
<dt>Payment</dt><dd><a href="/payments/${payment.id}">${payment.id}</a>, ${state(payment)}</dd>
<dt>Card</dt><dd>${payment.methodId} ${used!.firstSix}…${used!.lastFour}, ${used!.cardholder.name}</dd>
<dt>Payer</dt><dd>${payer.email}</dd><dt>Seller</dt><dd>${seller.nickname}</dd>
<dt>Since</dt><dd>${moment(payment.createdAt)}</dd></dl>
<div class="row" style="margin-top:1rem"><form method="post" action="/review/${payment.id}/approval">
<button>Approve</button></form>${rejectionForm(`/review/${payment.id}/rejection`)}</div></section>`
}

export const showReview: Handler = (sim) => {
  const waiting = sim.payments.underReview(SHOWN)
  const none = markup`<p class="notice">Nothing waits. A card in the name of <code>CONT</code> is
looked at here before it pays.</p>`
  return page(
    'Card review',
    '/review',
    markup`<p>Card payments that Mercado Pago looks at by hand, or that the payer has yet to confirm.</p>
${waiting.length > 0 ? waiting.map((payment) => card(sim, payment)) : none}`
  )
}

export const storeReviewApproval: Handler = (sim, call) => {
  const payment = paymentOf(sim, call)
  sim.store.transaction(() => approveReview(sim, payment))
  return redirect('/review')
}

/** Throws Problem, InvalidState. */
function rejectAsChosen(sim: Simulator, call: Call): Payment {
  const payment = paymentOf(sim, call)
  const input = Object.fromEntries(formBody(call))
  const chosen = oneOf(input, 'status_detail', REJECTION_DETAILS)
  sim.store.transaction(() => reject(sim, payment, rejectionOf(payment, chosen)))
  return payment
}

export const storeReviewRejection: Handler = (sim, call) => {
  rejectAsChosen(sim, call)
  return redirect('/review')
}

export const storePaymentRejection: Handler = (sim, call) =>
  redirect(`/payments/${rejectAsChosen(sim, call).id}`)
