import { test } from '@japa/runner'
import fc from 'fast-check'
import { FOREIGN_ACCOUNT_ID } from '../../../app/simulator/main.js'
import type { MovementKind } from '../../../app/simulator/balance/movement.js'
import { moveOwnMoney } from '../../../app/simulator/balance/own_movements.js'
import type { AccountSettings } from '../../../app/simulator/scenario.js'
import { csvOf } from '../../../app/simulator/reports/csv.js'
import { makeDueReports, requestReport } from '../../../app/simulator/reports/make_report.js'
import type { ReportKind } from '../../../app/simulator/reports/report.js'
import { holds } from '#tests/support/property'
import { live, newWorld, settings, steps, type Step, type World } from './money_world.js'
import { cents, releasedCents, rowsOf, total, type Row } from './report_support.js'

const KINDS: MovementKind[] = [
  'payment',
  'refund',
  'chargeback',
  'dispute',
  'mediation',
  'payout',
  'payout_return',
  'withdrawal',
  'deposit',
  'tax',
  'yield',
]

/** What the payments themselves say that the seller still has of them. */
function worthOfPayments({ sim, payments }: World) {
  const worth = { disputed: 0, undisputed: 0 }
  for (const payment of payments.map((id) => sim.payments.find(id)!)) {
    const charges = payment.charges.reduce((left, c) => left + c.originalMinor - c.refundedMinor, 0)
    const gross = payment.amountMinor - payment.refundedMinor - payment.lostMinor
    const isOpen = ['in_process', 'pending'].includes(payment.statusDetail)
    if (payment.approvedAt === null) continue
    worth[isOpen ? 'disputed' : 'undisputed'] += gross - charges
  }
  return worth
}

function rowsBetween(
  { sim, account }: World,
  kind: ReportKind,
  beginAt: number,
  endAt: number
): Row[] {
  const { id } = requestReport(sim, account, kind, { beginAt, endAt })
  makeDueReports(sim, sim.clock.now() + 2000)
  return rowsOf([...csvOf(sim, sim.reports.find(id)!)].join(''), kind === 'release' ? ',' : ';')
}

function brokenRule(world: World, begunAt: number): string | null {
  const { sim, account } = world
  const balance = sim.balances.of(account.id)
  const owned = balance.availableMinor + balance.pendingMinor
  const now = sim.clock.now()
  const release = rowsBetween(world, 'release', begunAt, now)
  const settlement = rowsBetween(world, 'settlement', begunAt, now)
  const worth = worthOfPayments(world)
  const others = sim.movements
    .latest(account.id, 1e15, 10_000)
    .filter(({ kind }) => /payout|withdrawal|deposit|tax|yield/.test(kind))
    .reduce((sum, { changes: { available } }) => {
      return sum + available.grossMinor + available.feeMinor + available.taxMinor
    }, 0)
  if (balance.blockedMinor !== worth.disputed) return 'what is disputed is blocked'
  if (owned !== worth.undisputed + others) return 'the balance is what payments and movements left'
  if (releasedCents(release) !== balance.availableMinor) return 'releases add up to the available'
  if (cents(release.at(-1)!.GROSS_AMOUNT) !== balance.availableMinor) return 'total is the balance'
  if (total(settlement, 'SETTLEMENT_NET_AMOUNT') !== owned) return 'settlements add up to all of it'
  return brokenLine(release, settlement) ?? brokenSplit(world, begunAt, now, balance.availableMinor)
}

function brokenLine(release: Row[], settlement: Row[]): string | null {
  const isWhole = (row: Row) =>
    cents(row.NET_CREDIT_AMOUNT) - cents(row.NET_DEBIT_AMOUNT) ===
    cents(row.GROSS_AMOUNT) + cents(row.MP_FEE_AMOUNT) + cents(row.TAXES_AMOUNT)
  const isSettled = (row: Row) =>
    cents(row.SETTLEMENT_NET_AMOUNT) ===
    cents(row.TRANSACTION_AMOUNT) + cents(row.FEE_AMOUNT) + cents(row.TAXES_AMOUNT)
  if (!release.every(isWhole)) return 'credit less debit is gross, fees and taxes'
  return settlement.every(isSettled) ? null : 'net is amount, fees and taxes'
}

/** Two periods side by side tell what one tells. */
function brokenSplit(world: World, begunAt: number, now: number, available: number): string | null {
  const middle = Math.floor((begunAt + now) / 2000) * 1000
  const first = rowsBetween(world, 'release', begunAt, middle - 1000)
  const second = rowsBetween(world, 'release', middle, now)
  const carried = cents(second[0].GROSS_AMOUNT) === cents(first.at(-1)!.GROSS_AMOUNT)
  const isSum = releasedCents(first) + releasedCents(second) === available
  return carried && isSum ? null : 'no movement falls between two periods, none into both'
}

test.group('Simulator | sums', () => {
  test('of reports, movements and payments agree with the balance to the cent', async ({
    assert,
  }) => {
    const happenings = fc.array(steps, { minLength: 20, maxLength: 80, size: 'max' })
    const seen = new Set<MovementKind>()
    const check = (chosen: Partial<AccountSettings>, list: Step[]) => {
      const world = newWorld(chosen)
      const begunAt = world.sim.clock.now()
      live(world, list)
      const broken = brokenRule(world, begunAt)
      const foreign = world.sim.balances.of(FOREIGN_ACCOUNT_ID)
      for (const { kind } of world.sim.movements.latest(world.account.id, 1e15, 1000))
        seen.add(kind)
      world.sim.store.close()
      assert.isNull(broken)
      assert.deepEqual(foreign, { availableMinor: 0, pendingMinor: 0, blockedMinor: 0 })
    }
    await holds([settings, happenings], check)
    assert.sameMembers([...seen], KINDS)
  }).timeout(300_000)

  test('of a report stay those of the moment in which it was made', ({ assert, cleanup }) => {
    const { sim, account } = newWorld({})
    cleanup(() => sim.store.close())
    const deposit = { kind: 'deposit' as const, amountMinor: 500, feeMinor: 0 }
    moveOwnMoney(sim, account, deposit)
    const period = { beginAt: sim.clock.now() - 60_000, endAt: sim.clock.now() + 60_000 }
    const { id } = requestReport(sim, account, 'release', period)
    makeDueReports(sim, sim.clock.now() + 2000)
    moveOwnMoney(sim, account, deposit)
    const rows = rowsOf([...csvOf(sim, sim.reports.find(id)!)].join(''))
    assert.equal(releasedCents(rows), 500)
  })
})
