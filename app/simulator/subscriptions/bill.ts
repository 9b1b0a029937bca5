import { SITES } from '../data/sites.js'
import { share } from '../money.js'
import type { Simulator } from '../simulator.js'
import { HOUR_MS } from '../time.js'
import { daysOfFirst } from './cycle.js'
import type { Invoice } from './invoice.js'
import { rhythmOf, type Preapproval } from './preapproval.js'
import { recordInvoice } from './record.js'

/** The first instalment is collected so long after the payer agreed. */
const FIRST_AFTER_MS = HOUR_MS

/** What the instalment number `sequence` comes to: the first one may be a part. */
export function amountOf({ terms, ...preapproval }: Preapproval, sequence: number): number {
  const { amountMinor, billingDay, billingDayProportional } = terms
  if (sequence > 0 || billingDay === null || !billingDayProportional) return amountMinor
  const { part, whole } = daysOfFirst(rhythmOf({ terms, ...preapproval }))
  const { wholeOnly, decimals } = SITES[preapproval.siteId]
  const unit = wholeOnly ? 10 ** decimals : 1
  return Math.max(unit, share(amountMinor / unit, part, whole) * unit)
}

/** What is left to collect, where there is an end. */
export function outstanding(sim: Simulator, preapproval: Preapproval) {
  const { quotas, nextSequence, status, anchorAt, terms } = preapproval
  if (quotas === null) return null
  if (status === 'cancelled') return { quantity: 0, minor: 0 }
  const open = sim.subscriptions.openInvoices(preapproval.id)
  const coming = quotas - nextSequence
  const hasFirst = nextSequence === 0 && coming > 0 && anchorAt !== null
  const lessMinor = hasFirst ? terms.amountMinor - amountOf(preapproval, 0) : 0
  const openMinor = open.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const minor = openMinor + coming * terms.amountMinor - lessMinor
  return { quantity: open.length + coming, minor }
}

/** The next instalment falls due. */
export function bill(sim: Simulator, preapproval: Preapproval): Invoice {
  const at = sim.clock.now()
  const sequence = preapproval.nextSequence
  const debitAt = Math.max(at, preapproval.authorizedAt! + FIRST_AFTER_MS)
  const invoice: Invoice = {
    id: sim.store.nextId('invoice'),
    preapprovalId: preapproval.id,
    accountId: preapproval.accountId,
    payerId: preapproval.payer.id,
    sequence,
    status: 'scheduled',
    amountMinor: amountOf(preapproval, sequence),
    reason: preapproval.reason,
    externalReference: preapproval.externalReference,
    debitAt,
    nextTryAt: debitAt,
    attempts: 0,
    paymentId: null,
    version: 0,
    createdAt: at,
    updatedAt: at,
  }
  preapproval.nextSequence += 1
  sim.subscriptions.save(preapproval)
  recordInvoice(sim, preapproval, invoice, at)
  return invoice
}
