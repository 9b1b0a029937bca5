import { settledParts, type Movement, type MovementKind } from '../balance/movement.js'
import { NOTHING, netOf, type Parts } from '../balance/parts.js'
import type { Simulator } from '../simulator.js'
import type { Cursor } from '../store/movements.js'
import type { Line } from './line.js'
import type { Report } from './report.js'

/** So many are in memory at once, however long the report. */
export const PAGE_SIZE = 500

/** The words of the release report; `tax_withdholding` is spelled as Mercado Pago spells it. */
const DESCRIPTIONS: Record<MovementKind, string> = {
  payment: 'payment',
  refund: 'refund',
  chargeback: 'chargeback',
  dispute: 'dispute',
  mediation: 'mediation',
  payout: 'payout',
  payout_return: 'payout',
  withdrawal: 'withdrawal',
  deposit: 'payment',
  tax: 'tax_withdholding',
  yield: 'asset_management_gain',
}

const TRANSACTION_TYPES: Record<MovementKind, string> = {
  payment: 'SETTLEMENT',
  refund: 'REFUND',
  chargeback: 'CHARGEBACK',
  dispute: 'DISPUTE',
  mediation: 'REFUND',
  payout: 'PAYOUT',
  payout_return: 'WITHDRAWAL_CANCEL',
  withdrawal: 'WITHDRAWAL',
  deposit: 'SETTLEMENT',
  tax: 'SETTLEMENT',
  yield: 'SETTLEMENT',
}

const LEAVING: MovementKind[] = ['payout', 'payout_return', 'withdrawal']

/** The last moment that counts: an end on a full second means all of that second. */
function lastMoment({ endAt }: Report): number {
  return endAt % 1000 === 0 ? endAt + 999 : endAt
}

function* movementsOf(sim: Simulator, report: Report): Generator<Movement> {
  const { kind, accountId, lastSeq, beginAt } = report
  const until = { at: lastMoment(report), seq: lastSeq }
  let after: Cursor = { at: beginAt - 1, seq: Number.MAX_SAFE_INTEGER }
  for (;;) {
    const page = sim.movements.page(kind, accountId, after, until, PAGE_SIZE)
    yield* page
    if (page.length < PAGE_SIZE) return
    after = page[page.length - 1]
  }
}

function line(report: Report, recordType: string, parts: Parts, more: Partial<Line>): Line {
  const net = netOf(parts)
  return {
    report,
    at: report.beginAt,
    recordType,
    description: '',
    parts,
    creditMinor: Math.max(net, 0),
    debitMinor: Math.max(0 - net, 0),
    balanceMinor: net,
    movement: null,
    ...more,
  }
}

function balanceLine(report: Report, recordType: string, minor: number, more: Partial<Line>): Line {
  return line(report, recordType, { ...NOTHING, grossMinor: minor }, more)
}

/** From what was available before the period to what was at its end, change by change. */
export function* releaseLines(sim: Simulator, report: Report): Generator<Line> {
  const before = { at: report.beginAt, seq: report.lastSeq }
  let balanceMinor = sim.movements.availableBefore(before, report.accountId)
  const first = balanceLine(report, 'initial_available_balance', balanceMinor, {})
  let { creditMinor, debitMinor } = first
  yield first
  for (const movement of movementsOf(sim, report)) {
    const { at, kind, sourceId, changes } = movement
    const tellsBalance = report.config.check_available_balance === true && LEAVING.includes(kind)
    const beside = (prefix: string) => {
      const description = `${prefix}_${DESCRIPTIONS[kind]}_${sourceId}`
      return balanceLine(report, 'available_balance', balanceMinor, { at, description })
    }
    if (tellsBalance) yield beside('pre')
    balanceMinor += netOf(changes.available)
    const description = DESCRIPTIONS[kind]
    const told = { at, description, movement, balanceMinor }
    const release = line(report, 'release', changes.available, told)
    creditMinor += release.creditMinor
    debitMinor += release.debitMinor
    yield release
    if (tellsBalance) yield beside('pos')
  }
  yield balanceLine(report, 'total', balanceMinor, { at: report.endAt, creditMinor, debitMinor })
}

/** Whatever changed what the account owns, at its approval. */
export function* settlementLines(sim: Simulator, report: Report): Generator<Line> {
  const withoutLeaving = report.config.include_withdraw === false
  for (const movement of movementsOf(sim, report)) {
    const { at, kind } = movement
    if (withoutLeaving && LEAVING.includes(kind)) continue
    const description = DESCRIPTIONS[kind]
    yield line(report, TRANSACTION_TYPES[kind], settledParts(movement), {
      at,
      description,
      movement,
    })
  }
}
