import { ticketUrl } from '../api/payment_details_view.js'
import { formBody } from '../http/call.js'
import { redirect } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { disputesOf } from './disputes.js'
import { actionsFor, actOn, isRefusable } from './payment_actions.js'
import { rejectionForm } from './review.js'
import { paymentOf } from '../control/payments.js'
import { queryInteger } from '../control/input.js'
import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { moment, page, paymentMoney, state } from './layout.js'
import { markup, type Piece } from './markup.js'
import { refundsOf } from './refunds.js'
import { chosenSeller, sellerChoice } from './sellers.js'
import { table, type Column } from './table.js'

const PAGE_SIZE = 100

function orderLink({ orderId }: Payment, name: string) {
  return orderId && markup` <a class="soft" href="/orders/${orderId}">${name}</a>`
}

const COLUMNS: Column[] = [
  'Payment',
  ['Created', 'when'],
  'Method',
  'Reference',
  ['Amount', 'amount'],
  'State',
]

function row(payment: Payment): Piece[] {
  return [
    markup`<a href="/payments/${payment.id}">${payment.id}</a>`,
    moment(payment.createdAt),
    payment.methodId,
    markup`<span>${payment.externalReference ?? '—'}${orderLink(payment, 'order')}</span>`,
    paymentMoney(payment, payment.amountMinor),
    markup`<span>${state(payment)}</span>`,
  ]
}

export const listPayments: Handler = (sim, call) => {
  const seller = chosenSeller(sim, call)
  const before = queryInteger(call, 'before', 1e15, 1e15)
  const payments = sim.payments.latest(seller, before, PAGE_SIZE)
  const last = payments.at(-1)
  const older =
    payments.length === PAGE_SIZE &&
    markup`<p><a href="/payments?seller=${seller}&amp;before=${last?.id}">Older payments</a></p>`
  const listed = markup`${table(COLUMNS, payments.map(row))}${older}`
  const none = markup`<p class="notice">Nothing was charged yet. The <a href="/">start page</a> has an
example that you can paste into a terminal.</p>`
  const body = markup`${sellerChoice(sim, '/payments', seller)}${payments.length > 0 ? listed : none}`
  return page('Payments', '/payments', body)
}

function facts(payment: Payment) {
  const charges = payment.charges.map(
    (charge) =>
      markup`${charge.name} ${paymentMoney(payment, charge.originalMinor)}${
        charge.refundedMinor > 0 &&
        markup` (${paymentMoney(payment, charge.refundedMinor)} given back)`
      }<br>`
  )
  const { card } = payment
  const release = payment.released ? 'released' : 'pending'
  return markup`<dl>
<dt>State</dt><dd>${state(payment)}</dd>
${card && markup`<dt>Card</dt><dd>${payment.methodId} ${card.firstSix}…${card.lastFour}, ${card.cardholder.name}</dd>`}
<dt>Reference</dt><dd>${payment.externalReference ?? '—'}</dd>
${payment.orderId && markup`<dt>Order</dt><dd>${orderLink(payment, payment.orderId)}</dd>`}
<dt>Payer</dt><dd>${payment.payer.email}</dd>
<dt>Created</dt><dd>${moment(payment.createdAt)}</dd>
<dt>Expires</dt><dd>${moment(payment.expiresAt)}</dd>
<dt>Approved</dt><dd>${moment(payment.approvedAt)}</dd>
<dt>Charges</dt><dd>${charges.length > 0 ? charges : '—'}</dd>
<dt>Net</dt><dd>${paymentMoney(payment, payment.netMinor)}</dd>
<dt>Refunded</dt><dd>${paymentMoney(payment, payment.refundedMinor)}</dd>
<dt>Release</dt><dd>${moment(payment.releaseAt)} ${payment.approvedAt !== null && release}</dd>
</dl>`
}

/** A card pays where the shop asks for it: only a challenge leads the payer elsewhere. */
function seenByPayer(sim: Simulator, payment: Payment) {
  if (payment.card && payment.statusDetail !== 'pending_challenge') return null
  return markup`<h2>What the payer sees</h2>
<p><a href="${ticketUrl(sim, payment)}">Ticket page</a></p>`
}

export const showPaymentPage: Handler = (sim, call) => {
  const payment = paymentOf(sim, call)
  const actions = actionsFor(payment).map(
    ({ name, label, takesAmount }) => markup`<form method="post" class="row"
 action="/payments/${payment.id}/actions"><input type="hidden" name="action" value="${name}">
${takesAmount && markup`<label>Amount (empty: all) <input name="amount" inputmode="decimal" size="10"></label>`}
<button>${label}</button></form>`
  )
  const none = markup`<p class="soft">Nothing more can happen to it.</p>`
  return page(
    `Payment ${payment.id}`,
    '/payments',
    markup`<section class="card"><p class="big">${paymentMoney(payment, payment.amountMinor)}</p>
${facts(payment)}</section>
${refundsOf(payment)}${disputesOf(sim, payment)}
${seenByPayer(sim, payment)}
<h2>What may happen now</h2><section class="card row">${actions.length > 0 ? actions : none}
${isRefusable(payment) && rejectionForm(`/payments/${payment.id}/rejection`)}</section>`
  )
}

export const storePaymentAction: Handler = (sim, call) => {
  const payment = paymentOf(sim, call)
  const form = formBody(call)
  actOn(sim, payment, form.get('action') ?? '', form.get('amount') ?? '')
  return redirect(`/payments/${payment.id}`)
}
