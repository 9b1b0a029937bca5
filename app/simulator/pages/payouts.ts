import { decide, grantPayouts, payoutOf } from '../control/payouts.js'
import { oneOf } from '../control/input.js'
import { SITES } from '../data/sites.js'
import { formBody } from '../http/call.js'
import { redirect } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { OUTCOME_NAMES, outcomesFor } from '../payouts/outcomes.js'
import type { Payout } from '../payouts/payout.js'
import type { Application } from '../store/accounts.js'
import { moment, money, page } from './layout.js'
import { markup, type Piece } from './markup.js'
import { chosenSeller, sellerChoice } from './sellers.js'
import { table, type Column } from './table.js'

const SHOWN = 100

function payoutMoney(payout: Payout, minor: number): string {
  return money(minor, payout.currencyId, SITES[payout.siteId].decimals)
}

function status(payout: Payout) {
  const tone = { processed: 'good', failed: 'bad' }
  const name = (tone as Record<string, string>)[payout.status] ?? ''
  return markup`<span class="${name}">${payout.status}</span>
<span class="soft">${payout.statusDetail}</span>`
}

const COLUMNS: Column[] = ['Payout', ['Sent', 'when'], 'Reference', ['Amount', 'amount'], 'State']

function row(payout: Payout): Piece[] {
  return [
    markup`<a href="/payouts/${payout.id}">${payout.id}</a>`,
    moment(payout.createdAt),
    payout.externalReference ?? '—',
    payoutMoney(payout, payout.amountMinor),
    markup`<span>${status(payout)}</span>`,
  ]
}

function access({ client_id: id, name, payouts }: Application) {
  const isAllowed = payouts?.allowed === true
  return markup`<section class="card"><h2>${name}</h2>
<form method="post" action="/applications/${id}/payouts">
<input type="hidden" name="allowed" value="${isAllowed ? '' : 'yes'}">
<p>Its payouts are ${isAllowed ? 'allowed' : 'refused: client id not allowed'}.
<button class="plain">${isAllowed ? 'Refuse payouts' : 'Allow payouts'}</button></p></form>
<form method="post" action="/applications/${id}/payouts">
<label for="key-${id}">Public Ed25519 key (PEM) that <code>x-signature</code> is checked with; empty:
none</label>
<textarea id="key-${id}" name="public_key">${payouts?.public_key}</textarea>
<p><button class="plain">Register this key</button></p></form></section>`
}

export const listPayoutsPage: Handler = (sim, call) => {
  const seller = chosenSeller(sim, call)
  const payouts = sim.payouts.latest(seller, SHOWN)
  const listed = markup`<p class="soft">The latest ${SHOWN}.</p>${table(COLUMNS, payouts.map(row))}`
  const none = markup`<p class="notice">Nothing was sent yet with
<code>POST /v1/transaction-intents/process</code>.</p>`
  return page(
    'Payouts',
    '/payouts',
    markup`${sellerChoice(sim, '/payouts', seller)}${payouts.length > 0 ? listed : none}
<h2>Who may send money</h2>${sim.accounts.applications().map(access)}`
  )
}

function facts(payout: Payout) {
  return markup`<section class="card"><p class="big">${payoutMoney(payout, payout.amountMinor)}</p>
<dl><dt>State</dt><dd>${status(payout)}</dd>
<dt>Reference</dt><dd>${payout.externalReference ?? '—'}</dd>
<dt>Sent</dt><dd>${moment(payout.createdAt)}</dd>
<dt>Last change</dt><dd>${moment(payout.updatedAt)}</dd>
<dt>Processed by itself</dt><dd>${moment(payout.dueAt)}</dd>
<dt>Cost</dt><dd>${payoutMoney(payout, payout.feeMinor)}</dd>
<dt>Came back</dt><dd>${payoutMoney(payout, payout.returnedMinor)}</dd></dl></section>`
}

export const showPayoutPage: Handler = (sim, call) => {
  const payout = payoutOf(sim, call)
  const buttons = outcomesFor(payout).map(
    (name) => markup`<button name="outcome" value="${name}">${name.replaceAll('_', ' ')}</button>`
  )
  const choice = markup`<form method="post" class="row"
action="/payouts/${payout.id}/outcome">${buttons}</form>`
  const none = markup`<p class="soft">Nothing more can happen to it.</p>`
  return page(
    'Payout',
    '/payouts',
    markup`<p><code>${payout.id}</code> of <a href="/payouts?seller=${payout.accountId}">account
${payout.accountId}</a></p>${facts(payout)}
<h2>What becomes of it</h2>${buttons.length > 0 ? choice : none}`
  )
}

export const storePayoutOutcomePage: Handler = (sim, call) => {
  const payout = payoutOf(sim, call)
  const outcome = oneOf({ outcome: formBody(call).get('outcome') }, 'outcome', OUTCOME_NAMES)
  if (outcome) decide(sim, payout, outcome)
  return redirect(`/payouts/${payout.id}`)
}

/** Each of the two forms sends its own field alone. */
export const storePayoutAccess: Handler = (sim, call) => {
  const form = formBody(call)
  const input: Record<string, unknown> = {}
  if (form.has('allowed')) input.allowed = form.get('allowed') !== ''
  if (form.has('public_key')) input.public_key = form.get('public_key')!.trim() || null
  grantPayouts(sim, call.params.id, input)
  return redirect('/payouts')
}
