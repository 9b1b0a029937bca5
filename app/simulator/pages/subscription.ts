import { preapprovalOf } from '../control/preapprovals.js'
import { Problem } from '../control/problem.js'
import { formBody } from '../http/call.js'
import { redirect } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import type { Simulator } from '../simulator.js'
import { cancel, pause, resume } from '../subscriptions/change.js'
import type { Invoice } from '../subscriptions/invoice.js'
import { InvalidSubscriptionState, chargeNow, renameCard } from '../subscriptions/payer.js'
import type { Preapproval } from '../subscriptions/preapproval.js'
import { cardholders } from './checkout_fields.js'
import { moment, page, state } from './layout.js'
import { markup } from './markup.js'
import { cardWords, collection, price, siteMoney, status } from './subscription_view.js'

function invoiceRow(sim: Simulator, siteId: string, invoice: Invoice) {
  const payment = invoice.paymentId === null ? undefined : sim.payments.find(invoice.paymentId)
  const paid =
    payment &&
    markup`<a href="/payments/${payment.id}">${payment.id}</a>
${state(payment)}`
  const next =
    invoice.status === 'recycling' &&
    markup`<br><span class="soft">again
${moment(invoice.nextTryAt)}</span>`
  return markup`<tr><td>${invoice.sequence + 1}</td><td>${moment(invoice.debitAt)}</td>
<td class="amount">${siteMoney(siteId, invoice.amountMinor)}</td>
<td>${invoice.status}${next}</td><td>${invoice.attempts}</td><td>${paid ?? '—'}</td></tr>`
}

function facts(preapproval: Preapproval) {
  const { siteId, collected } = preapproval
  return markup`<section class="card"><p class="big">${price(siteId, preapproval.terms)}</p><dl>
<dt>State</dt><dd>${status(preapproval.status)}${collection(preapproval)}</dd>
<dt>Payer</dt><dd>${preapproval.payer.email}</dd>
<dt>Card</dt><dd>${cardWords(preapproval.card)}</dd>
<dt>Second card</dt><dd>${cardWords(preapproval.secondaryCard)}</dd>
<dt>Reference</dt><dd>${preapproval.externalReference ?? '—'}</dd>
<dt>Since</dt><dd>${moment(preapproval.authorizedAt)}</dd>
<dt>Next instalment</dt><dd>${moment(preapproval.nextPaymentAt)}</dd>
<dt>Ends</dt><dd>${moment(preapproval.endAt)}</dd>
<dt>Collected</dt><dd>${siteMoney(siteId, collected.minor)} in ${collected.quantity}${preapproval.quotas !== null && ` of ${preapproval.quotas}`} instalments</dd></dl></section>`
}

interface Action {
  label: string
  states: Preapproval['status'][]
  act: (sim: Simulator, preapproval: Preapproval) => void
}

const ACTIONS: Record<string, Action> = {
  charge: {
    label: 'Charge now',
    states: ['authorized'],
    act: (sim, preapproval) => sim.store.transaction(() => chargeNow(sim, preapproval)),
  },
  pause: { label: 'Pause as seller', states: ['authorized'], act: pause },
  resume: { label: 'Resume as seller', states: ['paused'], act: resume },
  cancel: {
    label: 'Cancel as payer',
    states: ['pending', 'authorized', 'paused'],
    act: (sim, preapproval) => cancel(sim, preapproval, 'payer'),
  },
}

function nameForm({ id, card }: Preapproval) {
  const options = cardholders().map(
    ({ value, label }) =>
      markup`<option value="${value}" ${value === card?.card.cardholder.name && 'selected'}>${label}</option>`
  )
  return markup`<form method="post" class="card" action="/subscriptions/${id}/card-name">
<div class="fields"><label>Name on the card, which decides what becomes of charges
<select name="cardholder_name">${options}</select></label></div>
<p><button class="plain">Change the name</button></p></form>`
}

function whatMayHappen(preapproval: Preapproval) {
  const fitting = Object.entries(ACTIONS).filter(([, { states }]) =>
    states.includes(preapproval.status)
  )
  if (fitting.length === 0) return markup`<p class="soft">Nothing more can happen to it.</p>`
  const buttons = fitting.map(
    ([name, { label }]) => markup`<button name="action" value="${name}">${label}</button>`
  )
  return markup`<form method="post" class="row" action="/subscriptions/${preapproval.id}/actions">
${buttons}</form>${preapproval.card && nameForm(preapproval)}
<p><a href="/subscriptions/checkout?preapproval_id=${preapproval.id}">What the payer sees</a></p>`
}

export const showSubscription: Handler = (sim, call) => {
  const preapproval = preapprovalOf(sim, call)
  const rows = sim.subscriptions
    .invoicesOf(preapproval.id)
    .map((invoice) => invoiceRow(sim, preapproval.siteId, invoice))
  const table = markup`<div class="scroll"><table><thead><tr><th>No.</th><th>Due</th>
<th class="amount">Amount</th><th>State</th><th>Tries</th><th>Payment</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
  return page(
    preapproval.reason,
    '/subscriptions',
    markup`<p><code>${preapproval.id}</code> of
<a href="/subscriptions?seller=${preapproval.accountId}">account ${preapproval.accountId}</a></p>
${facts(preapproval)}<h2>What may happen now</h2>${whatMayHappen(preapproval)}
<h2>Instalments</h2>${rows.length > 0 ? table : markup`<p class="notice">None fell due yet.</p>`}`
  )
}

export const storeAction: Handler = (sim, call) => {
  const preapproval = preapprovalOf(sim, call)
  const name = formBody(call).get('action') ?? ''
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined
  if (!action) throw new Problem(400, `there is no action ${name}`)
  if (!action.states.includes(preapproval.status)) {
    throw new InvalidSubscriptionState(preapproval, name)
  }
  action.act(sim, preapproval)
  return redirect(`/subscriptions/${preapproval.id}`)
}

export const storeCardName: Handler = (sim, call) => {
  const preapproval = preapprovalOf(sim, call)
  const name = formBody(call).get('cardholder_name')
  if (!name) throw new Problem(400, 'choose a name')
  renameCard(sim, preapproval, 'card', name)
  return redirect(`/subscriptions/${preapproval.id}`)
}
