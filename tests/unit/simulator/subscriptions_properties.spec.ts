import { test } from '@japa/runner'
import fc from 'fast-check'
import { holds } from '#tests/support/property'
import { preapprovalView } from '../../../app/simulator/api/preapproval_view.js'
import type { Payment } from '../../../app/simulator/payments/payment.js'
import type { Simulator } from '../../../app/simulator/simulator.js'
import { settleDueSubscriptions } from '../../../app/simulator/subscriptions/due.js'
import type { Invoice } from '../../../app/simulator/subscriptions/invoice.js'
import type { Preapproval } from '../../../app/simulator/subscriptions/preapproval.js'
import {
  beginnings,
  happen,
  happenings,
  openClub,
  type Club,
  type Happening,
} from './subscription_happenings.js'
import { replaySubscriptions } from './subscription_replay.js'

const STORIES = { runs: 300, longRuns: 5_000 }
const story = fc.array(happenings, { maxLength: 60, size: 'max' })

function all({ sim, subscriptions }: Club): Preapproval[] {
  return subscriptions.map((id) => sim.subscriptions.find(id)!)
}

/** Every payment that tried to collect an instalment, by the instalment. */
function triesOf(sim: Simulator): Map<number, Payment[]> {
  const { payments } = sim.payments.search('1 = 1', [], 'id asc', 10_000, 0)
  const tries = new Map<number, Payment[]>()
  for (const payment of payments) {
    const { recurring } = payment
    if (recurring?.operation !== 'recurring_payment') continue
    tries.set(recurring.invoiceId, [...(tries.get(recurring.invoiceId) ?? []), payment])
  }
  return tries
}

function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}

/** The first rule that a subscription breaks, or null. */
function brokenRule({ sim }: Club, preapproval: Preapproval, tries: Map<number, Payment[]>) {
  const invoices = sim.subscriptions.invoicesOf(preapproval.id)
  const paymentsOf = ({ id }: Invoice) => tries.get(id) ?? []
  const approved = (invoice: Invoice) =>
    paymentsOf(invoice).filter(({ approvedAt }) => approvedAt !== null)
  const charges = invoices.flatMap(approved)
  const { collected, quotas, nextSequence } = preapproval
  const { summarized } = preapprovalView(sim, preapproval)
  const open = invoices.filter(({ status }) => !['processed', 'cancelled'].includes(status))
  const rules = {
    'charges are what was collected':
      sum(charges.map((one) => one.amountMinor)) === collected.minor,
    'as many charges as were collected': charges.length === collected.quantity,
    'no two charges for one instalment': invoices.every((one) => approved(one).length <= 1),
    'a charge is what its instalment says': invoices.every((one) =>
      approved(one).every(({ amountMinor }) => amountMinor === one.amountMinor)
    ),
    'paid instalments are processed': invoices.every(
      (one) => approved(one).length === 0 || one.status === 'processed'
    ),
    'an instalment of each number': invoices.every(
      ({ sequence }, index) => index === 0 || sequence > invoices[index - 1].sequence
    ),
    'no more instalments than there are': quotas === null || nextSequence <= quotas,
    'nothing is open after the end': preapproval.status !== 'cancelled' || open.length === 0,
    'nothing is open while paused': preapproval.status !== 'paused' || open.length === 0,
    'three lost in a row end it': collected.lostInARow < 3 || preapproval.status === 'cancelled',
    'the summary counts': (summarized.charged_quantity ?? 0) === collected.quantity,
    'what is left counts':
      quotas === null ||
      preapproval.status === 'cancelled' ||
      summarized.pending_charge_quantity === quotas - nextSequence + open.length,
  }
  return Object.entries(rules).find(([, kept]) => !kept)?.[0] ?? null
}

test.group('Simulator | subscriptions, whatever happens', () => {
  test('collect each instalment once at most, and never after their end', async ({ assert }) => {
    const seen = new Set<string>()
    await holds(
      [story],
      (happened) => {
        const club = openClub()
        const ended = new Map<string, number>()
        for (const happening of happened) {
          happen(club, happening)
          const tries = triesOf(club.sim)
          for (const preapproval of all(club)) {
            assert.isNull(brokenRule(club, preapproval, tries))
            const { id, status, collected } = preapproval
            if (ended.has(id)) assert.equal(collected.quantity, ended.get(id))
            if (status === 'cancelled') ended.set(id, collected.quantity)
          }
        }
        for (const { effect } of club.sim.journal.read(0, 100_000)) seen.add(String(effect))
        club.sim.store.close()
      },
      STORIES
    )
    const states = ['scheduled', 'processed', 'recycling', 'waiting_for_gateway', 'cancelled']
    assert.includeMembers(
      [...seen],
      states.map((state) => `authorized_payment.${state}`)
    )
    assert.includeMembers(
      [...seen],
      ['created', 'authorized', 'paused', 'resumed', 'skipped', 'edited', 'cancelled'].map(
        (name) => `preapproval.${name}`
      )
    )
  }).timeout(600_000)

  test('are told by the journal well enough to come to the same state', async ({ assert }) => {
    await holds(
      [story],
      (happened) => {
        const club = openClub()
        for (const happening of happened) happen(club, happening)
        const told = replaySubscriptions(club.sim.journal.read(0, 100_000))
        const tries = triesOf(club.sim)
        for (const preapproval of all(club)) {
          const replayed = told.get(preapproval.id)!
          assert.deepInclude(replayed, {
            status: preapproval.status,
            instalmentMinor: preapproval.terms.amountMinor,
            collectedMinor: preapproval.collected.minor,
            collectedQuantity: preapproval.collected.quantity,
          })
          const invoices = club.sim.subscriptions.invoicesOf(preapproval.id)
          assert.equal(replayed.instalments.size, invoices.length)
          for (const { id, sequence, status, attempts } of invoices) {
            const paid = (tries.get(id) ?? []).filter(({ approvedAt }) => approvedAt !== null)
            assert.deepInclude(replayed.instalments.get(sequence + 1), {
              status,
              tries: attempts,
              paid: paid.map((payment) => payment.id),
            })
          }
        }
        club.sim.store.close()
      },
      STORIES
    )
  }).timeout(600_000)

  test('come to the same end whether the clock goes in steps or at once', async ({ assert }) => {
    const starts = fc.array(beginnings, { maxLength: 20, size: 'max' })
    const steps = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 2, maxLength: 12 })
    await holds(
      [starts, steps],
      (begun, hours) => {
        const [inSteps, atOnce] = [hours, [sum(hours)]].map((moves) => endAfter(begun, moves))
        assert.deepEqual(inSteps, atOnce)
      },
      STORIES
    )
  }).timeout(600_000)
})

const START = Date.UTC(2030, 0, 31, 12)

/** What everything came to after so many hours, the clock stopping between. */
function endAfter(begun: Happening[], moves: number[]) {
  const club = openClub()
  club.sim.clock.during(START, () => begun.forEach((happening) => happen(club, happening)))
  let at = START
  for (const hours of moves) {
    at += hours * 3_600_000
    settleDueSubscriptions(club.sim, at)
  }
  const end = all(club).map(({ status, collected, nextSequence, version, updatedAt }) => ({
    status,
    collected,
    nextSequence,
    version,
    updatedAt,
  }))
  club.sim.store.close()
  return end
}
