import { paymentOf, refundOf } from '../control/payments.js'
import { Problem } from '../control/problem.js'
import { formBody } from '../http/call.js'
import { redirect } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { finishRefund } from '../life/refund.js'
import type { Payment, Refund } from '../payments/payment.js'
import { moment, paymentMoney } from './layout.js'
import { markup, type Markup, type Piece } from './markup.js'
import { table, type Column } from './table.js'

const COLUMNS: Column[] = [
  'Refund',
  ['Asked', 'when'],
  'By',
  ['Amount', 'amount'],
  'State',
  ['Decide', 'action'],
]

/** The payer's bank answers at last. */
function decision(payment: Payment, { id, status }: Refund): Markup | null {
  if (status !== 'in_process') return null
  return markup`<form method="post" class="row" action="/payments/${payment.id}/refunds/${id}">
<button name="status" value="approved">Approve the refund</button>
<button class="plain" name="status" value="rejected">Reject the refund</button></form>`
}

function row(payment: Payment, refund: Refund): Piece[] {
  return [
    refund.id,
    moment(refund.createdAt),
    refund.sourceType,
    paymentMoney(payment, refund.amountMinor),
    refund.status,
    decision(payment, refund),
  ]
}

/** What was given back of a payment, or is about to be. */
export function refundsOf(payment: Payment): Markup | null {
  if (payment.refunds.length === 0) return null
  const rows = payment.refunds.map((refund) => row(payment, refund))
  return markup`<h2>Refunds</h2>${table(COLUMNS, rows)}`
}

export const storeRefundDecision: Handler = (sim, call) => {
  const payment = paymentOf(sim, call)
  const refund = refundOf(call, payment)
  const status = formBody(call).get('status')
  if (status !== 'approved' && status !== 'rejected') {
    throw new Problem(400, 'status must be approved or rejected')
  }
  sim.store.transaction(() => finishRefund(sim, payment, refund, status))
  return redirect(`/payments/${payment.id}`)
}
