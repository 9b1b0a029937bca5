import { FAULTY_ROUTES, FAULT_KINDS, readFault } from '../control/faults.js'
import { formBody } from '../http/call.js'
import { redirect } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import type { Fault } from '../faults/fault.js'
import { FAULT_WORDS } from './fault_words.js'
import { page } from './layout.js'
import { markup, type Markup, type Piece } from './markup.js'
import { table, type Column } from './table.js'

/** What may be said of a fault besides its kind and its route, and the kinds that heed it. */
const DETAILS = {
  account_id: 'account (empty: all)',
  times: 'times (empty: until removed)',
  ms: 'ms',
  status: 'status',
  code: 'code, of a refusal',
  retry_after_seconds: 'Retry-After, seconds',
  copies: 'copies',
  bytes: 'bytes',
  collector_id: 'wrong collector',
  currency_id: 'wrong currency',
} as const

const COLUMNS: Column[] = ['Fault', 'Account', 'Route', 'Times left', 'More', ['Remove', 'action']]

function more({ kind, route, times, id, account_id: account, ...rest }: Fault): string {
  const said = Object.entries(rest).filter(([, value]) => value !== null)
  return said.map(([name, value]) => `${name} ${value}`).join(', ')
}

function row(fault: Fault): Piece[] {
  return [
    markup`<span><strong>${fault.kind}</strong> <span class="soft">${FAULT_WORDS[fault.kind]}</span></span>`,
    fault.account_id ?? 'every account',
    fault.route ?? 'every route',
    fault.times ?? 'until removed',
    more(fault) || '—',
    markup`<form method="post" action="/faults/${fault.id}/removal"><button class="plain">Remove</button></form>`,
  ]
}

function form(): Markup {
  const kinds = FAULT_KINDS.map(
    (kind) => markup`<option value="${kind}">${kind}: ${FAULT_WORDS[kind]}</option>`
  )
  const routes = FAULTY_ROUTES.map((route) => markup`<option>${route}</option>`)
  const details = Object.entries(DETAILS).map(([name, label]) => {
    const mode = name === 'currency_id' ? 'text' : 'numeric'
    return markup`<label>${label} <br><input name="${name}" inputmode="${mode}"></label>`
  })
  return markup`<form class="card" method="post" action="/faults"><div class="fields">
<label>kind <br><select name="kind">${kinds}</select></label>
<label>route <br><select name="route"><option value="">every route</option>${routes}</select></label></div>
<div class="fields" style="margin-top:.75rem">${details}</div><p><button>Add this fault</button></p></form>`
}

export const listFaultsPage: Handler = (sim) => {
  const faults = sim.faults.list()
  const none = markup`<p class="notice">Nothing goes wrong at the moment.</p>`
  return page(
    'Faults',
    '/faults',
    markup`<p>What goes wrong on purpose. Empty fields mean everything, or the usual; of several that
apply, the oldest is used up first.</p>${faults.length > 0 ? table(COLUMNS, faults.map(row)) : none}
<h2>Let something go wrong</h2>${form()}`
  )
}

export const storeFaultPage: Handler = (sim, call) => {
  const given = [...formBody(call)].filter(([, value]) => value !== '')
  const texts = ['kind', 'route', 'currency_id']
  const input = given.map(([name, value]) => [name, texts.includes(name) ? value : Number(value)])
  sim.faults.add(readFault(Object.fromEntries(input)))
  return redirect('/faults')
}

export const storeFaultRemoval: Handler = (sim, call) => {
  sim.faults.remove(Number(call.params.id))
  return redirect('/faults')
}
