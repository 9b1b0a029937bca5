import { test } from '@japa/runner'
import { UNCHANGED } from '../../../app/simulator/balance/movement.js'
import { NOTHING } from '../../../app/simulator/balance/parts.js'
import { PLATFORM_ACCESS_TOKEN, defaultScenario } from '../../../app/simulator/main.js'
import { csvOf } from '../../../app/simulator/reports/csv.js'
import { PAGE_SIZE } from '../../../app/simulator/reports/lines.js'
import { makeDueReports, requestReport } from '../../../app/simulator/reports/make_report.js'
import { Simulator } from '../../../app/simulator/simulator.js'

const LINES = 100_000
const BOOKED_AT = Date.parse('2026-11-20T12:00:00Z')

test.group('Simulator | long reports', () => {
  test('of 100,000 lines are read page by page and lose none', ({ assert, cleanup }) => {
    const sim = new Simulator(':memory:', defaultScenario)
    cleanup(() => sim.store.close())
    const account = sim.accounts.byToken(PLATFORM_ACCESS_TOKEN)!
    sim.store.transaction(() => {
      for (let count = 1; count <= LINES; count++) {
        // Many in one millisecond, as a clock that moves by days books them.
        const at = BOOKED_AT + Math.floor(count / 7000)
        sim.movements.add({
          accountId: account.id,
          at,
          kind: 'payment',
          changes: { ...UNCHANGED, available: { ...NOTHING, grossMinor: 100, feeMinor: -1 } },
          sourceId: String(count),
          externalReference: null,
          methodId: 'pix',
          methodType: 'bank_transfer',
          installments: 1,
          createdAt: at,
          approvedAt: at,
        })
      }
    })
    const period = { beginAt: BOOKED_AT, endAt: BOOKED_AT + 1000 }
    const { id } = requestReport(sim, account, 'release', period)
    makeDueReports(sim, sim.clock.now() + 60_000)
    let lines = 0
    let longest = 0
    let last = ''
    for (const piece of csvOf(sim, sim.reports.find(id)!)) {
      const count = piece.split('\n').length - 1
      lines += count
      longest = Math.max(longest, count)
      last = piece.trimEnd().split('\n').at(-1) ?? last
    }
    assert.equal(lines, LINES + 3)
    assert.isAtMost(longest, PAGE_SIZE)
    assert.include(last, ',total,,99000.00,0.00,99000.00,')
  }).timeout(60_000)
})
