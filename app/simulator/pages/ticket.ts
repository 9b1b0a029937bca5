import bwipjs from 'bwip-js/node'
import { ticketUrl } from '../api/payment_details_view.js'
import { resultPath } from '../checkout/addresses.js'
import { paymentOf } from '../control/payments.js'
import { Problem } from '../control/problem.js'
import { findMethod } from '../data/payment_methods.js'
import { formBody, type Call } from '../http/call.js'
import { redirect } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { pay } from '../life/approve.js'
import { approveReview } from '../life/cards.js'
import type { Boleto, Payment, Pix, Voucher } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { deadline, moment, page, paymentMoney, state } from './layout.js'
import { Markup, markup } from './markup.js'

function ticketOf(sim: Simulator, call: Call, hash: string | null): Payment {
  const payment = paymentOf(sim, call)
  if (hash !== payment.ticketHash) throw new Problem(404, 'there is no such ticket')
  return payment
}

export function groupedLine(line: string): string {
  const blocks = [line.slice(0, 10), line.slice(10, 21), line.slice(21, 32)]
  const dotted = blocks.map((block) => `${block.slice(0, 5)}.${block.slice(5)}`)
  return [...dotted, line.slice(32, 33), line.slice(33)].join(' ')
}

function barcodeImage(text: string) {
  const svg = bwipjs.toSVG({ bcid: 'interleaved2of5', text, height: 12 })
  return markup`<div class="barcode" role="img" aria-label="Barcode ${text}">${new Markup(svg)}</div>`
}

function boletoCode({ barcode, digitableLine }: Boleto) {
  return markup`<p class="code whole" aria-label="Digitable line">${groupedLine(digitableLine)}</p>
${barcodeImage(barcode)}`
}

function voucherCode({ code, barcode }: Voucher) {
  return markup`<p class="code big whole" aria-label="Code for the cashier">${code}</p>
${barcode && barcodeImage(barcode)}`
}

function pixCode(pix: Pix) {
  return markup`<p><img src="data:image/png;base64,${pix.image}" alt="Pix QR code" width="240"></p>
<p class="code whole" aria-label="Pix code">${pix.code}</p>`
}

/** What the payer calls it: a boleto, a Pix, the name of the shop or the bank. */
export function methodName(payment: Payment): string {
  if (payment.boleto) return 'Boleto'
  return payment.pix ? 'Pix' : findMethod(payment.siteId, payment.methodId)!.name
}

/** Where a payer goes on, once it is done: the checkout it came from, or the shop that its bank knows. */
function goOn(payment: Payment) {
  if (payment.merchantOrderId) {
    return markup`<p><a class="button" href="${resultPath(payment)}">Back to the checkout</a></p>`
  }
  const url = payment.transfer && payment.echo.callback_url
  return url && markup`<p><a class="button" href="${url}">Back to the shop</a></p>`
}

function payForm(payment: Payment) {
  const name = payment.boleto ? 'boleto' : methodName(payment)
  const label = payment.card ? 'Confirm this payment' : `Pay this ${name}`
  const late = payment.statusDetail === 'expired'
  if (payment.status !== 'pending' && !late) {
    return markup`<p class="notice" role="status">${state(payment)} — ${moment(payment.updatedAt)}</p>
${goOn(payment)}`
  }
  return markup`${late && markup`<p class="notice" role="status">This ticket has expired.</p>`}
<form method="post" action="/payments/${payment.id}/ticket">
<input type="hidden" name="hash" value="${payment.ticketHash}">
<button>${label}</button>
</form>
<p class="soft">Another amount, or a code typed by hand: <a href="/bank">the bank</a>.</p>`
}

export const showTicket: Handler = (sim, call) => {
  const payment = ticketOf(sim, call, call.query.get('hash'))
  const seller = sim.accounts.find(payment.collectorId)!
  const { payer, boleto, pix, voucher } = payment
  return page(
    methodName(payment),
    '',
    markup`<section class="card">
<p class="big">${paymentMoney(payment, payment.amountMinor)}</p>
<dl>
<dt>To</dt><dd>${seller.corporate_name} (${seller.identification.type} ${seller.identification.number})</dd>
<dt>From</dt><dd>${payer.first_name ?? payer.email} ${payer.last_name} ${payer.identification?.number}</dd>
<dt>For</dt><dd>${payment.echo.description ?? payment.externalReference ?? '—'}</dd>
<dt>Payable until</dt><dd>${deadline(payment)}</dd>
<dt>Payment</dt><dd>${payment.id}</dd>
</dl>
${boleto && boletoCode(boleto)}${pix && pixCode(pix)}${voucher && voucherCode(voucher)}
</section>
${payForm(payment)}`
  )
}

export const storeTicketPayment: Handler = (sim, call) => {
  const payment = ticketOf(sim, call, formBody(call).get('hash'))
  sim.store.transaction(() => (payment.card ? approveReview(sim, payment) : pay(sim, payment)))
  return redirect(ticketUrl(sim, payment).slice(sim.url.length))
}
