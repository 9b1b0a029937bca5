import { FAULTY_ROUTES, FAULT_KINDS, readFault } from '../control/faults.js'
import { formBody } from '../http/call.js'
import { redirect } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import type { Fault } from '../faults/fault.js'
import { page } from './layout.js'
import { markup } from './markup.js'

const NUMBERS = ['account_id', 'times', 'ms', 'copies', 'status', 'retry_after_seconds'] as const

function row(fault: Fault) {
  return markup`<tr><td>${fault.kind}</td><td>${fault.account_id ?? 'every account'}</td>
<td>${fault.route ?? 'every route'}</td><td>${fault.times ?? 'until removed'}</td>
<td>${fault.ms}</td><td><form method="post" action="/faults/${fault.id}/removal">
<button class="plain">Remove</button></form></td></tr>`
}

function option(value: string) {
  return markup`<option>${value}</option>`
}

export const listFaultsPage: Handler = (sim) => {
  const faults = sim.faults.list()
  const table = markup`<div class="scroll"><table><thead><tr><th>Fault</th><th>Account</th>
<th>Route</th><th>Times left</th><th>ms</th><th></th></tr></thead>
<tbody>${faults.map(row)}</tbody></table></div>`
  const numbers = NUMBERS.map(
    (name) =>
      markup`<label>${name} <br><input name="${name}" inputmode="numeric" size="12"></label>`
  )
  return page(
    'Faults',
    '/faults',
    markup`<p>What goes wrong on purpose. Empty fields mean everything, or the usual.</p>
${faults.length > 0 ? table : markup`<p class="notice">Nothing goes wrong at the moment.</p>`}
<form class="card" method="post" action="/faults">
<div class="row"><label>kind <br><select name="kind">${FAULT_KINDS.map(option)}</select></label>
<label>route <br><select name="route"><option value="">every route</option>
${FAULTY_ROUTES.map(option)}</select></label>${numbers}</div>
<p><button>Add this fault</button></p></form>`
  )
}

export const storeFaultPage: Handler = (sim, call) => {
  const given = [...formBody(call)].filter(([, value]) => value !== '')
  const input = given.map(([name, value]) => [
    name,
    (NUMBERS as readonly string[]).includes(name) ? Number(value) : value,
  ])
  sim.faults.add(readFault(Object.fromEntries(input)))
  return redirect('/faults')
}

export const storeFaultRemoval: Handler = (sim, call) => {
  sim.faults.remove(Number(call.params.id))
  return redirect('/faults')
}
