import { Problem } from '../control/problem.js'
import { SITES } from '../data/sites.js'
import type { Handler } from '../http/router.js'
import type { Order, State } from '../orders/order.js'
import { paidMinor, transactionsOf, type Processed } from '../orders/processed.js'
import { transactionState } from '../orders/state.js'
import type { Simulator } from '../simulator.js'
import { moment, money, page } from './layout.js'
import { markup, type Markup } from './markup.js'
import { chosenSeller, sellerChoice } from './sellers.js'

const SHOWN = 100

const TONES: Record<string, string> = {
  processed: 'good',
  failed: 'bad',
  charged_back: 'bad',
  canceled: 'soft',
  expired: 'soft',
  refunded: 'soft',
}

function stateOf({ status, detail }: State): Markup {
  return markup`<span class="${TONES[status] ?? ''}">${status}</span> <span class="soft">${detail}</span>`
}

function orderMoney(order: Order, minor: number): string {
  return money(minor, order.currencyId, SITES[order.siteId].decimals)
}

function row(order: Order): Markup {
  const methods = order.transactions.map(({ method }) => method.id)
  return markup`<tr><td><a href="/orders/${order.id}">${order.id}</a></td>
<td>${moment(order.createdAt)}</td><td>${methods.join(', ') || '—'}</td>
<td>${order.externalReference ?? '—'}</td>
<td class="amount">${orderMoney(order, order.totalMinor)}</td><td>${stateOf(order)}</td></tr>`
}

export const listOrdersPage: Handler = (sim, call) => {
  const seller = chosenSeller(sim, call)
  const orders = sim.orders.latest(seller, SHOWN)
  const table = markup`<p class="soft">The latest ${SHOWN}.</p><div class="scroll"><table>
<thead><tr><th>Order</th><th>Created</th><th>Method</th><th>Reference</th>
<th class="amount">Amount</th><th>State</th></tr></thead>
<tbody>${orders.map(row)}</tbody></table></div>`
  const none = markup`<p class="notice">Nothing was ordered yet with <code>POST /v1/orders</code>.</p>`
  const body = markup`${sellerChoice(sim, '/orders', seller)}${orders.length > 0 ? table : none}`
  return page('Orders', '/orders', body)
}

function facts(order: Order, processed: Processed[]): Markup {
  return markup`<section class="card"><p class="big">${orderMoney(order, order.totalMinor)}</p>
<dl><dt>State</dt><dd>${stateOf(order)}</dd>
<dt>Reference</dt><dd>${order.externalReference ?? '—'}</dd>
<dt>Modes</dt><dd>processed ${order.processingMode}, captured ${order.captureMode}</dd>
<dt>Created</dt><dd>${moment(order.createdAt)}</dd>
<dt>Last change</dt><dd>${moment(order.updatedAt)}</dd>
<dt>Paid</dt><dd>${orderMoney(order, paidMinor(processed))}</dd>
<dt>Refunded</dt><dd>${orderMoney(order, order.refundedMinor)}</dd></dl></section>`
}

function transactionRow(order: Order, { transaction, payment }: Processed): Markup {
  const { id, method, amountMinor } = transaction
  const link = payment && markup`<a href="/payments/${payment.id}">${payment.id}</a>`
  return markup`<tr><td>${link ?? '—'}</td><td>${method.id}</td>
<td class="amount">${orderMoney(order, amountMinor)}</td>
<td>${stateOf(transactionState(order, transaction, payment))}</td><td>${id}</td></tr>`
}

function orderOf(sim: Simulator, id: string): Order {
  const order = sim.orders.find(id)
  if (!order) throw new Problem(404, `there is no order ${id}`)
  return order
}

/** What may happen to it happens to its payments, on their pages. */
export const showOrderPage: Handler = (sim, call) => {
  const order = orderOf(sim, call.params.id)
  const processed = transactionsOf(sim, order)
  const table = markup`<div class="scroll"><table><thead><tr><th>Payment</th><th>Method</th>
<th class="amount">Amount</th><th>State</th><th>Transaction</th></tr></thead>
<tbody>${processed.map((one) => transactionRow(order, one))}</tbody></table></div>`
  const none = markup`<p class="soft">Nobody said yet how it is paid.</p>`
  return page(
    'Order',
    '/orders',
    markup`<p><code>${order.id}</code> of <a href="/orders?seller=${order.accountId}">account
${order.accountId}</a></p>${facts(order, processed)}
<h2>How it is paid</h2>${processed.length > 0 ? table : none}`
  )
}
