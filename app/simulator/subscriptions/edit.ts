import type { Simulator } from '../simulator.js'
import { amountOf } from './bill.js'
import type { Plan } from './plan.js'
import type { Preapproval } from './preapproval.js'
import { recordPreapproval } from './record.js'

export type Edits = Partial<
  Pick<Preapproval, 'reason' | 'externalReference' | 'backUrl'> & { amountMinor: number }
>

/** An instalment that was not tried yet is collected as the subscription has it by then. */
function editScheduled(sim: Simulator, preapproval: Preapproval): void {
  for (const invoice of sim.subscriptions.openInvoices(preapproval.id)) {
    if (invoice.status !== 'scheduled') continue
    const { reason, externalReference } = preapproval
    const amountMinor = amountOf(preapproval, invoice.sequence)
    sim.subscriptions.saveInvoice({ ...invoice, reason, externalReference, amountMinor })
  }
}

/** Told to nobody. */
export function edit(sim: Simulator, preapproval: Preapproval, edits: Edits): void {
  const { amountMinor, ...rest } = edits
  Object.assign(preapproval, rest)
  if (amountMinor !== undefined) preapproval.terms.amountMinor = amountMinor
  editScheduled(sim, preapproval)
  recordPreapproval(sim, preapproval, 'preapproval.edited', sim.clock.now())
}

/** A plan shares its amount and its reason with who subscribed to it; the cycle stays theirs. */
export function editSubscribersOf(sim: Simulator, { id, reason, terms }: Plan): void {
  for (const preapproval of sim.subscriptions.ofPlan(id)) {
    const isSame = preapproval.reason === reason
    if (isSame && preapproval.terms.amountMinor === terms.amountMinor) continue
    edit(sim, preapproval, { reason, amountMinor: terms.amountMinor })
  }
}
