import { Problem } from '../control/problem.js'
import { SITES } from '../data/sites.js'
import { formBody } from '../http/call.js'
import type { Handler } from '../http/router.js'
import { pay } from '../life/approve.js'
import { decimalText } from '../money.js'
import { barcodeOfLine } from '../payments/boleto.js'
import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { deadline, page, paymentMoney, state } from './layout.js'
import { markup } from './markup.js'
import { typedAmount } from './payment_actions.js'

/** What is kept of a boleto is its barcode, of anything else what the payer holds. */
function codeOf(typed: string): string {
  const digits = typed.replace(/[\s.]/g, '')
  if (!/^\d{44,}$/.test(digits)) return /^\d+$/.test(digits) ? digits : typed
  const barcode = barcodeOfLine(digits)
  if (!barcode) throw new Problem(400, 'a digit is wrong: the check digits do not match')
  return barcode
}

function findByCode(sim: Simulator, typed: string): Payment {
  const payment = sim.payments.findByCode(codeOf(typed.trim()))
  if (!payment) throw new Problem(404, 'the bank knows nothing to pay with this code')
  return payment
}

const askForCode = markup`<p>Pay as any bank's customer would, or a shop's with a voucher: by the code alone.</p>
<form class="card" method="get" action="/bank">
<label for="code">Digitable line, barcode or Pix code</label>
<textarea id="code" name="code" required></textarea>
<p><button>Find what is to pay</button></p>
</form>`

function confirmation(sim: Simulator, payment: Payment, code: string) {
  const seller = sim.accounts.find(payment.collectorId)!
  const amount = decimalText(payment.askedMinor, SITES[payment.siteId].decimals)
  return markup`<section class="card"><dl>
<dt>To</dt><dd>${seller.corporate_name}</dd>
<dt>Asked</dt><dd>${paymentMoney(payment, payment.askedMinor)}</dd>
<dt>Payable until</dt><dd>${deadline(payment)}</dd>
<dt>State</dt><dd>${state(payment)}</dd>
</dl></section>
<form class="card" method="post" action="/bank">
<input type="hidden" name="code" value="${code}">
<label for="amount">Amount, with fine and interest if any</label>
<input id="amount" name="amount" inputmode="decimal" value="${amount}" required>
<p><button>Confirm payment</button></p>
</form>`
}

export const showBank: Handler = (sim, call) => {
  const code = call.query.get('code')
  const body = code ? confirmation(sim, findByCode(sim, code), code) : askForCode
  return page('Bank', '/bank', body)
}

export const storeBankPayment: Handler = (sim, call) => {
  const form = formBody(call)
  const payment = findByCode(sim, form.get('code') ?? '')
  const amountMinor = typedAmount(form.get('amount') ?? '', payment)
  sim.store.transaction(() => pay(sim, payment, amountMinor))
  return page(
    'Paid',
    '/bank',
    markup`<p class="notice" role="status">${paymentMoney(payment, payment.amountMinor)} paid:
${state(payment)}.</p><p><a href="/payments/${payment.id}">See the payment</a>, or
<a href="/bank">pay another</a>.</p>`
  )
}
