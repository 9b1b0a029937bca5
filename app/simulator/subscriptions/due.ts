import { settleDue } from '../life/endings.js'
import type { Simulator } from '../simulator.js'
import { bill } from './bill.js'
import { collect, end } from './collect.js'
import { dueDate } from './cycle.js'
import { nextDueAt, rhythmOf, type Preapproval } from './preapproval.js'
import { recordPreapproval } from './record.js'

interface Due {
  at: number
  happen: (sim: Simulator) => void
}

/** The instalment that falls due meanwhile is not made up for. */
function skip(sim: Simulator, preapproval: Preapproval): void {
  preapproval.nextSequence += 1
  preapproval.nextPaymentAt = dueDate(rhythmOf(preapproval), preapproval.nextSequence)
  recordPreapproval(sim, preapproval, 'preapproval.skipped', sim.clock.now())
}

function passOn(sim: Simulator, preapproval: Preapproval): void {
  const isOver = preapproval.endAt !== null && preapproval.endAt <= sim.clock.now()
  if (isOver) end(sim, preapproval, 'finished')
  else if (preapproval.status === 'paused') skip(sim, preapproval)
  else bill(sim, preapproval)
}

function nextOf(sim: Simulator, now: number): Due | null {
  const invoice = sim.subscriptions.nextDueInvoice(now)
  const preapproval = sim.subscriptions.nextDue(now)
  if (invoice && (!preapproval || invoice.at <= preapproval.at)) {
    return { at: invoice.at, happen: () => collectDue(sim, invoice.id) }
  }
  if (!preapproval) return null
  const { at, id } = preapproval
  return { at, happen: () => passOn(sim, sim.subscriptions.find(id)!) }
}

function collectDue(sim: Simulator, id: number): void {
  const invoice = sim.subscriptions.invoice(id)!
  collect(sim, sim.subscriptions.find(invoice.preapprovalId)!, invoice)
}

/** Everything of subscriptions that fell due up to `now`, in order, each dated when it was due. */
export function settleDueSubscriptions(sim: Simulator, now: number): void {
  for (let due = nextOf(sim, now); due; due = nextOf(sim, now)) {
    const { at, happen } = due
    // What other payments came to until then stands before it in the journal.
    settleDue(sim, at)
    sim.clock.during(at, () => sim.store.transaction(() => happen(sim)))
  }
}

/** What a new subscription owes at once need not wait for the clock. */
export function billIfDue(sim: Simulator, preapproval: Preapproval): void {
  const at = nextDueAt(preapproval)
  if (at !== null && at <= sim.clock.now()) bill(sim, preapproval)
}
