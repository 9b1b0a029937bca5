import { netOf, type Parts } from '../balance/parts.js'
import { OWN_KINDS } from '../balance/own_movements.js'
import type { Movement } from '../balance/movement.js'
import { queryInteger } from '../control/input.js'
import { moveAsAsked } from '../control/movements.js'
import { Problem } from '../control/problem.js'
import { formBody } from '../http/call.js'
import { redirect } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import type { Simulator } from '../simulator.js'
import { siteOf, type Account } from '../store/accounts.js'
import { moment, money, page } from './layout.js'
import { markup, type Markup, type Piece } from './markup.js'
import { chosenSeller, sellerChoice } from './sellers.js'
import { table, type Column } from './table.js'

const PAGE_SIZE = 100

/** Throws Problem. */
export function sellerOf(sim: Simulator, id: number): Account {
  const account = sim.accounts.find(id)
  if (!account) throw new Problem(404, `there is no account ${id}`)
  return account
}

function balance(sim: Simulator, account: Account): Markup {
  const { currencyId, decimals } = siteOf(account)
  const { availableMinor, pendingMinor, blockedMinor } = sim.balances.of(account.id)
  return markup`<section class="card">
<p class="big">${money(availableMinor, currencyId, decimals)} available</p>
<dl><dt>To be released</dt><dd>${money(pendingMinor, currencyId, decimals)}</dd>
<dt>Disputed</dt><dd>${money(blockedMinor, currencyId, decimals)}</dd></dl></section>`
}

const COLUMNS: Column[] = [
  ['When', 'when'],
  'What',
  'Of',
  ['Available', 'amount'],
  ['To be released', 'amount'],
  ['Disputed', 'amount'],
]

function row(movement: Movement, account: Account): Piece[] {
  const { currencyId, decimals } = siteOf(account)
  const amount = (parts: Parts) => {
    const minor = netOf(parts)
    return minor === 0 ? '—' : money(minor, currencyId, decimals)
  }
  const { available, pending, blocked } = movement.changes
  return [
    moment(movement.at),
    movement.kind,
    markup`<span>${movement.sourceId} <span class="soft">${movement.externalReference}</span></span>`,
    amount(available),
    amount(pending),
    amount(blocked),
  ]
}

function form(account: Account): Markup {
  const kinds = OWN_KINDS.map((kind) => markup`<option>${kind}</option>`)
  return markup`<form class="card row" method="post" action="/money">
<input type="hidden" name="seller" value="${account.id}">
<label>Kind <br><select name="kind">${kinds}</select></label>
<label>Amount <br><input name="amount" inputmode="decimal" size="10" required></label>
<label>Cost (empty: none) <br><input name="fee" inputmode="decimal" size="10"></label>
<button>Move the money</button></form>`
}

export const showMoney: Handler = (sim, call) => {
  const account = sellerOf(sim, chosenSeller(sim, call))
  const before = queryInteger(call, 'before', 1e15, 1e15)
  const movements = sim.movements.latest(account.id, before, PAGE_SIZE)
  const last = movements.at(-1)
  const older =
    movements.length === PAGE_SIZE &&
    markup`<p><a href="/money?seller=${account.id}&amp;before=${last?.seq}">Older movements</a></p>`
  const rows = movements.map((movement) => row(movement, account))
  const listed = markup`${table(COLUMNS, rows)}${older}`
  const none = markup`<p class="notice">Nothing has moved yet.</p>`
  return page(
    'Money',
    '/money',
    markup`${sellerChoice(sim, '/money', account.id)}${balance(sim, account)}
<h2>What the seller does, and what the account costs or earns</h2>
<p>Movements that belong to no payment: whoever reconciles must find them.</p>${form(account)}
<h2>Movements</h2>${movements.length > 0 ? listed : none}`
  )
}

function typed(text: string | null): number | undefined {
  return text?.trim() ? Number(text.trim().replace(',', '.')) : undefined
}

export const storeMoney: Handler = (sim, call) => {
  const input = formBody(call)
  const account = sellerOf(sim, Number(input.get('seller')))
  const amount = typed(input.get('amount'))
  moveAsAsked(sim, account, { kind: input.get('kind'), amount, fee: typed(input.get('fee')) })
  return redirect(`/money?seller=${account.id}`)
}
