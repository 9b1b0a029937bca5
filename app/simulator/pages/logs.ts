import { queryInteger } from '../control/input.js'
import { Problem } from '../control/problem.js'
import { redirect } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import type { JournalEntry } from '../journal.js'
import { actionOf, bodyText, type Delivery } from '../notifications/delivery.js'
import { moment, page } from './layout.js'
import { markup, type Markup, type Piece } from './markup.js'
import { table, type Column } from './table.js'

const SHOWN = 100

const DELIVERY_COLUMNS: Column[] = [
  'Id',
  ['Made', 'when'],
  'What',
  'State',
  'Answers',
  ['Send again', 'action'],
]

function stateOf({ state, dueAt }: Delivery): Markup {
  const due = state === 'pending' && markup` <span class="soft">next ${moment(dueAt)}</span>`
  return markup`<span>${state}${due}</span>`
}

function content(delivery: Delivery): Markup {
  return markup`<details><summary>${actionOf(delivery)} ${delivery.dataId}</summary>
<p>to <code>${delivery.url}</code>, ${delivery.format}, ${delivery.signing}</p>
<pre>${bodyText(delivery)}</pre></details>`
}

function deliveryRow(delivery: Delivery): Piece[] {
  const answers = delivery.attempts.map(({ status, error }) => status ?? error).join(', ')
  return [
    delivery.id,
    moment(delivery.createdAt),
    content(delivery),
    stateOf(delivery),
    answers || '—',
    markup`<form method="post" action="/deliveries/${delivery.id}/redelivery">
<button class="plain">Send again</button></form>`,
  ]
}

/** What comes before the last of a full page. */
function older(path: string, ids: number[]): Markup | false {
  return (
    ids.length === SHOWN && markup`<p><a href="${path}?before=${ids.at(-1)}">Older ones</a></p>`
  )
}

export const listDeliveriesPage: Handler = (sim, call) => {
  const deliveries = sim.deliveries.latest(queryInteger(call, 'before', 1e15, 1e15), SHOWN)
  const ids = deliveries.map(({ id }) => id)
  const none = markup`<p class="notice">Nobody was told of anything yet. An application is told where its
webhook points, on the <a href="/">start page</a>.</p>`
  const listed = markup`<form method="post" action="/deliveries/flush"><p><button>Send all that waits</button></p></form>
${table(DELIVERY_COLUMNS, deliveries.map(deliveryRow))}${older('/deliveries', ids)}`
  const body = markup`<p>What applications were told, latest first, and what they answered: 200 and 201 are
heard, anything else is tried again.</p>${deliveries.length > 0 ? listed : none}`
  return page('Notifications', '/deliveries', body)
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

const JOURNAL_COLUMNS: Column[] = ['No.', ['When', 'when'], 'What', 'Account', 'Status']

function journalRow({ seq, at, kind, ...rest }: JournalEntry): Piece[] {
  const what = kind === 'call' ? `${rest.method} ${rest.path}` : String(rest.effect)
  return [
    seq,
    moment(Date.parse(at)),
    markup`<details><summary>${what}</summary><pre>${JSON.stringify(rest, null, 2)}</pre></details>`,
    String(rest.account_id ?? '—'),
    String(rest.status ?? '—'),
  ]
}

export const listJournalPage: Handler = (sim, call) => {
  const entries = sim.journal.latest(queryInteger(call, 'before', 1e15, 1e15), SHOWN)
  const ids = entries.map(({ seq }) => seq)
  const none = markup`<p class="notice">Nothing happened yet.</p>`
  const listed = markup`${table(JOURNAL_COLUMNS, entries.map(journalRow))}${older('/journal', ids)}`
  const body = markup`<p>Every call and every effect, latest first: the truth that books can be compared
with.</p>${entries.length > 0 ? listed : none}`
  return page('Journal', '/journal', body)
}
