import { Problem } from '../control/problem.js'
import { redirect } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import type { JournalEntry } from '../journal.js'
import { actionOf, type Delivery } from '../notifications/delivery.js'
import { moment, page } from './layout.js'
import { markup } from './markup.js'

const SHOWN = 100

function deliveryRow(delivery: Delivery) {
  const answers = delivery.attempts.map(({ status, error }) => status ?? error).join(', ')
  const due = delivery.state === 'pending' ? `next ${moment(delivery.dueAt)}` : ''
  return markup`<tr><td>${delivery.id}</td><td>${moment(delivery.createdAt)}</td>
<td>${actionOf(delivery)}<br><span class="soft">${delivery.dataId}</span></td>
<td><code>${delivery.url}</code></td><td>${delivery.state} <span class="soft">${due}</span></td>
<td>${answers || '—'}</td><td><form method="post" action="/deliveries/${delivery.id}/redelivery">
<button class="plain">Send again</button></form></td></tr>`
}

export const listDeliveriesPage: Handler = (sim) => {
  const deliveries = sim.deliveries.latest(1e15, SHOWN)
  return page(
    'Notifications',
    '/deliveries',
    markup`<form method="post" action="/deliveries/flush"><button>Send all that waits</button></form>
<p class="soft">The latest ${SHOWN}.</p>
<div class="scroll"><table><thead><tr><th>Id</th><th>Made</th><th>What</th><th>To</th>
<th>State</th><th>Answers</th><th></th></tr></thead>
<tbody>${deliveries.map(deliveryRow)}</tbody></table></div>`
  )
}

export const storeRedeliveryPage: Handler = async (sim, call) => {
  const delivery = sim.deliveries.find(Number(call.params.id))
  if (!delivery) throw new Problem(404, `there is no delivery ${call.params.id}`)
  await sim.dispatcher.sendNow(delivery)
  return redirect('/deliveries')
}

export const storeFlushPage: Handler = async (sim) => {
  await sim.dispatcher.flush()
  return redirect('/deliveries')
}

function journalRow({ seq, at, kind, ...rest }: JournalEntry) {
  const what = kind === 'call' ? `${rest.method} ${rest.path}` : rest.effect
  return markup`<tr><td>${seq}</td><td>${moment(Date.parse(at))}</td><td>${String(what)}</td>
<td>${String(rest.account_id ?? '—')}</td><td>${rest.status as string}</td>
<td><details><summary>All of it</summary><pre>${JSON.stringify(rest, null, 2)}</pre></details></td>
</tr>`
}

export const listJournalPage: Handler = (sim) =>
  page(
    'Journal',
    '/journal',
    markup`<p class="soft">The latest ${SHOWN} calls and effects.</p>
<div class="scroll"><table><thead><tr><th>No.</th><th>When</th><th>What</th><th>Account</th>
<th>Status</th><th>Details</th></tr></thead>
<tbody>${sim.journal.latest(SHOWN).map(journalRow)}</tbody></table></div>`
  )
