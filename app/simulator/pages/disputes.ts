import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { moment } from './layout.js'
import { markup } from './markup.js'

function chargebackCard(sim: Simulator, payment: Payment) {
  const chargeback = sim.disputes.chargebackOf(payment.id)
  if (!chargeback) return null
  const files = chargeback.documentation.map(({ name }) => name).join(', ')
  return markup`<h2>Chargeback</h2><section class="card"><dl>
<dt>Number</dt><dd><code>${chargeback.id}</code>, ${chargeback.reason}</dd>
<dt>Documents</dt><dd>${chargeback.documentationStatus} <span class="soft">${files}</span></dd>
<dt>Until</dt><dd>${moment(chargeback.deadlineAt)}</dd></dl></section>`
}

function claimCard(sim: Simulator, payment: Payment) {
  const claim = sim.disputes.claimOf(payment.id)
  if (!claim) return null
  return markup`<h2>Claim</h2><section class="card"><dl>
<dt>Number</dt><dd><code>${claim.id}</code>, ${claim.reasonId}</dd>
<dt>Decided for</dt><dd>${claim.outcome ?? 'nobody yet'}</dd></dl></section>`
}

/** What the payer or its bank holds against a payment. */
export function disputesOf(sim: Simulator, payment: Payment) {
  return markup`${chargebackCard(sim, payment)}${claimCard(sim, payment)}`
}
