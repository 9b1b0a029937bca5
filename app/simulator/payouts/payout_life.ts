import { NOTHING, netOf, type Parts } from '../balance/parts.js'
import type { Simulator } from '../simulator.js'
import { MINUTE_MS, SECOND_MS } from '../time.js'
import { OUTCOMES, outcomesFor, type OutcomeName } from './outcomes.js'
import { isOpen, type Payout } from './payout.js'
import { recordPayout } from './record_payout.js'

/** For what was left open although the account's payouts take no time. */
const DEFAULT_PROCESSING_MS = 10 * MINUTE_MS

/** The payout is not in a state from which this may happen. */
export class InvalidPayoutState extends Error {
  constructor(payout: Payout, outcome: OutcomeName) {
    super(`payout ${payout.id} is ${payout.status}/${payout.statusDetail}: it cannot be ${outcome}`)
  }
}

/** Returns by how much that changed what is available. */
function move(
  sim: Simulator,
  payout: Payout,
  kind: 'payout' | 'payout_return',
  parts: Parts,
  at: number
): number {
  const subject = {
    sourceId: payout.id,
    externalReference: payout.externalReference,
    methodId: null,
    methodType: null,
    installments: 1,
    createdAt: payout.createdAt,
    approvedAt: at,
  }
  sim.balances.move(payout.accountId, kind, parts, subject, at)
  return netOf(parts)
}

/** What leaves the account when the payout is sent. */
export function partsSent(payout: Pick<Payout, 'amountMinor' | 'feeMinor'>): Parts {
  return { ...NOTHING, grossMinor: 0 - payout.amountMinor, feeMinor: 0 - payout.feeMinor }
}

export function openPayout(sim: Simulator, payout: Payout): void {
  const at = payout.createdAt
  payout.dueAt = dueAt(sim, payout, at)
  const movedMinor = move(sim, payout, 'payout', partsSent(payout), at)
  recordPayout(sim, payout, 'created', movedMinor)
}

/** Nothing was sent, so nothing moves. */
export function refusePayout(sim: Simulator, payout: Payout, outcome: OutcomeName): void {
  recordPayout(sim, payout, 'created', 0)
  show(sim, payout, outcome, payout.createdAt)
  recordPayout(sim, payout, 'updated', 0)
}

/** What becomes of money that has left the account. Throws InvalidPayoutState. */
export function settlePayout(
  sim: Simulator,
  payout: Payout,
  outcome: OutcomeName,
  at: number
): void {
  if (!outcomesFor(payout).includes(outcome)) throw new InvalidPayoutState(payout, outcome)
  show(sim, payout, outcome, at)
  recordPayout(sim, payout, 'updated', giveBack(sim, payout, outcome, at))
}

function show(sim: Simulator, payout: Payout, outcome: OutcomeName, at: number): void {
  payout.status = OUTCOMES[outcome].status
  payout.statusDetail = OUTCOMES[outcome].detail
  payout.updatedAt = at
  payout.dueAt = isOpen(payout) ? dueAt(sim, payout, at) : null
}

/** What failed was never sent and costs nothing; what came back had been sent, and does. */
function giveBack(sim: Simulator, payout: Payout, outcome: OutcomeName, at: number): number {
  const { status, returned } = OUTCOMES[outcome]
  const { amountMinor, feeMinor } = payout
  if (returned === 'nothing') return 0
  if (status === 'failed') {
    const parts = { ...NOTHING, grossMinor: amountMinor, feeMinor }
    return move(sim, payout, 'payout_return', parts, at)
  }
  payout.returnedMinor = returned === 'all' ? amountMinor : Math.floor(amountMinor / 2)
  const parts = { ...NOTHING, grossMinor: payout.returnedMinor }
  return move(sim, payout, 'payout_return', parts, at)
}

function dueAt(sim: Simulator, payout: Payout, at: number): number {
  const { payout_seconds: seconds } = sim.accounts.find(payout.accountId)!.settings
  return at + (seconds > 0 ? seconds * SECOND_MS : DEFAULT_PROCESSING_MS)
}

/** Processes what is due, each dated when it was. */
export function settleDuePayouts(sim: Simulator, now: number): void {
  sim.store.transaction(() => {
    for (let due = sim.payouts.nextDue(now); due; due = sim.payouts.nextDue(now)) {
      settlePayout(sim, due, 'processed', due.dueAt!)
    }
  })
}
