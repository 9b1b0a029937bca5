import { ticketUrl } from '../api/payment_details_view.js'
import { backUrl, checkoutUrl, resultPath } from '../checkout/addresses.js'
import { Problem } from '../control/problem.js'
import { findMethod } from '../data/payment_methods.js'
import type { Handler } from '../http/router.js'
import { isUndecided } from '../merchant_orders/order_summary.js'
import type { Payment } from '../payments/payment.js'
import type { Preference } from '../preferences/preference.js'
import type { Simulator } from '../simulator.js'
import { deadline, page, paymentMoney, state } from './layout.js'
import { markup, type Markup } from './markup.js'
import { methodName } from './ticket.js'

/** Mercado Pago counts down from forty; here nobody has to wait so long. */
const AUTO_RETURN_SECONDS = 5

const WORDS: Record<string, string> = {
  accredited: 'The money has arrived.',
  partially_refunded: 'A part of it was given back.',
  pending_waiting_payment: 'It waits to be paid.',
  pending_waiting_transfer: 'It waits for your transfer.',
  pending_contingency: 'It is being looked at, which takes up to two days.',
  pending_review_manual: 'It is being looked at, which takes up to two days.',
  pending_challenge: 'Your bank wants you to confirm it.',
  pending_capture: 'The amount is reserved on your card.',
  expired: 'Nobody paid in time.',
  cc_rejected_insufficient_amount: 'There is not enough money on the card.',
  cc_rejected_bad_filled_card_number: 'Check the number of the card.',
  cc_rejected_bad_filled_date: 'Check the expiry date.',
  cc_rejected_bad_filled_security_code: 'Check the security code.',
  cc_rejected_bad_filled_other: 'Check what you typed.',
  cc_rejected_call_for_authorize: 'Ask your bank to allow this payment.',
  cc_rejected_card_disabled: 'Ask your bank to enable the card.',
  cc_rejected_duplicated_payment: 'You have just paid the same with this card.',
  cc_rejected_high_risk: 'Choose another way to pay.',
  cc_rejected_invalid_installments: 'The card does not take so many instalments.',
  cc_rejected_max_attempts: 'Too many attempts: use another card.',
}

/** What a payer should know and do. */
export function wordsFor({ statusDetail }: Payment): string {
  return WORDS[statusDetail] ?? `The reason: ${statusDetail}.`
}

const TITLES: Partial<Record<Payment['status'], string>> = {
  pending: 'Waiting for your payment',
  in_process: 'Your payment is being looked at',
  authorized: 'Reserved',
  approved: 'Paid',
  rejected: 'The payment was rejected',
  cancelled: 'Cancelled',
  refunded: 'Given back',
}

/** A checkout's payment, to who was told its address. Throws Problem. */
function resultOf(sim: Simulator, id: string | null, hash: string | null): Payment {
  const payment = /^\d{1,15}$/.test(id ?? '') ? sim.payments.find(Number(id)) : undefined
  if (!payment?.merchantOrderId || payment.ticketHash !== hash) {
    throw new Problem(404, 'there is no such result')
  }
  return payment
}

function preferenceOf(sim: Simulator, payment: Payment): Preference {
  const order = sim.merchantOrders.find(payment.merchantOrderId!)!
  return sim.preferences.find(order.preferenceId!)!
}

/** Where the payer pays or confirms, if that is elsewhere. */
function whereToPay(sim: Simulator, payment: Payment): Markup | null {
  const isElsewhere = !payment.card || payment.statusDetail === 'pending_challenge'
  if (payment.status !== 'pending' || !isElsewhere) return null
  const what = payment.boleto ? 'the boleto' : methodName(payment)
  const label = payment.card ? 'Confirm at your bank' : `Open ${what}`
  return markup`<p><a class="button" href="${ticketUrl(sim, payment)}">${label}</a></p>
<p class="soft">Payable until ${deadline(payment)}. <a href="${resultPath(payment)}">Look again</a></p>`
}

function whatNow(sim: Simulator, payment: Payment, preference: Preference): Markup | null {
  if (isUndecided(payment)) return whereToPay(sim, payment)
  if (payment.approvedAt !== null) return null
  return markup`<p><a class="button" href="${checkoutUrl(sim, preference)}">Try again, or another way to pay</a></p>`
}

function facts(payment: Payment): Markup {
  const { card } = payment
  const { name } = findMethod(payment.siteId, payment.methodId)!
  return markup`<dl><dt>State</dt><dd>${state(payment)}</dd>
<dt>With</dt><dd>${name} ${card && `ending in ${card.lastFour}, ${payment.installments} ×`}</dd>
<dt>Payment</dt><dd>${payment.id}</dd>
<dt>For</dt><dd>${payment.echo.description}</dd></dl>`
}

export const showResult: Handler = (sim, call) => {
  const payment = resultOf(sim, call.query.get('payment_id'), call.query.get('hash'))
  const preference = preferenceOf(sim, payment)
  const next = whatNow(sim, payment, preference)
  const back = backUrl(preference, payment)
  const returns =
    back !== null && payment.status === 'approved' && preference.terms.autoReturn !== ''
  const reply = page(
    TITLES[payment.status] ?? 'Your payment',
    '',
    markup`<section class="card"><p class="big">${paymentMoney(payment, payment.amountMinor)}</p>
<p role="status">${wordsFor(payment)}</p>${facts(payment)}</section>
${next}
${back && markup`<p><a ${!next && markup`class="button"`} href="${back}">Back to the shop</a></p>`}
${returns && markup`<p class="soft">You are taken there in ${AUTO_RETURN_SECONDS} seconds.</p>`}`
  )
  if (!returns) return reply
  return { ...reply, headers: { ...reply.headers, refresh: `${AUTO_RETURN_SECONDS}; url=${back}` } }
}
