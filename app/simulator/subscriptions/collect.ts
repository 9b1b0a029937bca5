import { cancel } from '../life/endings.js'
import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { chargeCard } from './charge_card.js'
import { dueDate } from './cycle.js'
import { nextTry, type Invoice } from './invoice.js'
import { rhythmOf, type Preapproval } from './preapproval.js'
import { recordInvoice, recordPreapproval } from './record.js'

/** So many instalments lost one after another end the subscription. */
const LOST_TOO_MANY = 3

/** Tries to collect an instalment: with the card, and if that is refused with the other one. */
export function collect(sim: Simulator, preapproval: Preapproval, invoice: Invoice): void {
  const cards = [preapproval.card, preapproval.secondaryCard].filter((card) => card !== null)
  let payment: Payment
  for (const card of cards) {
    payment = chargeCard(sim, preapproval, card, {
      amountMinor: invoice.amountMinor,
      description: invoice.reason,
      externalReference: invoice.externalReference,
      metadata: { preapproval_id: preapproval.id },
      binary: false,
      recurring: {
        operation: 'recurring_payment',
        invoiceId: invoice.id,
        preapprovalId: preapproval.id,
        planId: preapproval.planId,
        number: invoice.sequence + 1,
        total: preapproval.quotas,
        cycle: {
          frequency: preapproval.terms.frequency,
          frequencyType: preapproval.terms.frequencyType,
        },
        billedAt: invoice.debitAt,
      },
    })
    if (payment.status !== 'rejected') break
  }
  invoice.attempts += 1
  invoice.paymentId = payment!.id
  preapproval.nextPaymentAt = dueDate(rhythmOf(preapproval), preapproval.nextSequence)
  conclude(sim, preapproval, invoice, payment!)
}

/** What the payment of a try means for its instalment, and that for the subscription. */
export function conclude(
  sim: Simulator,
  preapproval: Preapproval,
  invoice: Invoice,
  payment: Payment
): void {
  const at = sim.clock.now()
  const { collected } = preapproval
  const refused = ['rejected', 'cancelled'].includes(payment.status)
  invoice.version += 1
  invoice.nextTryAt = refused ? nextTry(invoice, at) : null
  if (payment.status === 'approved') {
    invoice.status = 'processed'
    collected.quantity += 1
    collected.minor += payment.amountMinor
    collected.lastAt = at
    collected.lastMinor = payment.amountMinor
    collected.lostInARow = 0
  } else if (!refused) {
    invoice.status = 'waiting_for_gateway'
  } else if (invoice.nextTryAt !== null) {
    invoice.status = 'recycling'
  } else {
    invoice.status = 'processed'
    collected.lostInARow += 1
  }
  keep(sim, preapproval, invoice, at)
  if (collected.lostInARow >= LOST_TOO_MANY) end(sim, preapproval, 'instalments_lost')
}

/** Counters that changed make another version of the subscription, of which nobody is told. */
function keep(sim: Simulator, preapproval: Preapproval, invoice: Invoice, at: number): void {
  sim.subscriptions.saveInvoice(invoice)
  preapproval.collected.semaphore = semaphoreOf(sim, preapproval)
  preapproval.version += 1
  preapproval.updatedAt = at
  sim.subscriptions.save(preapproval)
  recordInvoice(sim, preapproval, invoice, at)
}

function semaphoreOf(sim: Simulator, { id, collected }: Preapproval) {
  const open = sim.subscriptions.openInvoices(id)
  if (open.some(({ status }) => status === 'recycling')) return 'yellow'
  if (collected.lostInARow > 0) return 'red'
  return collected.quantity > 0 ? 'green' : null
}

/** Nothing that is open is tried any more. A payment that somebody still looks at is cancelled. */
export function closeOpenInvoices(sim: Simulator, preapproval: Preapproval): void {
  for (const invoice of sim.subscriptions.openInvoices(preapproval.id)) {
    const wasWaiting = invoice.status === 'waiting_for_gateway'
    invoice.status = 'cancelled'
    invoice.nextTryAt = null
    invoice.version += 1
    keep(sim, preapproval, invoice, sim.clock.now())
    const payment = wasWaiting ? sim.payments.find(invoice.paymentId!) : undefined
    if (payment) cancel(sim, payment)
  }
}

export type EndCause = 'seller' | 'payer' | 'instalments_lost' | 'finished'

/** For good. */
export function end(sim: Simulator, preapproval: Preapproval, cause: EndCause): void {
  closeOpenInvoices(sim, preapproval)
  preapproval.status = 'cancelled'
  recordPreapproval(sim, preapproval, 'preapproval.cancelled', sim.clock.now(), { cause })
}
