import { test } from '@japa/runner'
import { FOREIGN_ACCESS_TOKEN, PLATFORM_ACCOUNT_ID } from '../../../app/simulator/main.js'
import { reportsOf } from './report_support.js'
import { startTestSimulator, type TestSimulator } from './support.js'

test.group('Simulator | reports', (group) => {
  let simulator: TestSimulator
  let release: ReturnType<typeof reportsOf>
  let settlement: ReturnType<typeof reportsOf>
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    release = reportsOf(simulator, 'release')
    settlement = reportsOf(simulator, 'settlement')
    return () => simulator.close()
  })

  test('are accepted, and ready a little later under a name', async ({ assert }) => {
    const { status, body } = await release.ask('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z')
    assert.equal(status, 202)
    assert.deepInclude(body, {
      user_id: PLATFORM_ACCOUNT_ID,
      begin_date: '2026-01-01T00:00:00Z',
      end_date: '2026-02-01T00:00:00Z',
      created_from: 'manual',
      status: 'pending',
      file_name: null,
      sub_type: 'release',
      currency_id: 'BRL',
    })
    await simulator.control('/clock', { advance_seconds: 2 })
    const [ready] = await release.list()
    assert.equal(ready.id, body.id)
    assert.equal(ready.status, 'processed')
    const name = new RegExp(
      `^release-report-${PLATFORM_ACCOUNT_ID}-\\d{4}-\\d\\d-\\d\\d-\\d{6}.csv$`
    )
    assert.match(ready.file_name, name)
    assert.match(ready.date_created, /-04:00$/)
    assert.deepEqual(await settlement.list(), [])
  })

  test('get names of their own when they are made in the same second', async ({ assert }) => {
    for (let count = 0; count < 3; count++) {
      await release.ask('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z')
    }
    await simulator.control('/clock', { advance_seconds: 3 })
    const reports = await release.list()
    assert.lengthOf(new Set(reports.map((report) => report.file_name)), 3)
  })

  test('cannot end in the future, before they begin, or without dates', async ({ assert }) => {
    const soon = new Date(Date.now() + 60_000).toISOString()
    const tries: [string, string, string][] = [
      ['2026-01-01T00:00:00Z', soon, 'invalid_end_date'],
      ['2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', 'end_date_before_begin_date'],
      ['2026-01-01', '2026-01-02T00:00:00Z', 'invalid_begin_date'],
      ['2026-01-01T00:00:00Z', '', 'invalid_end_date'],
    ]
    for (const [begin, end, key] of tries) {
      const { status, body } = await release.ask(begin, end)
      assert.equal(status, 400)
      assert.equal(body.errorKey, key)
    }
    assert.deepEqual(await release.list(), [])
  })

  test('must be asked for again after a 203, which makes none', async ({ assert }) => {
    await simulator.control('/faults', { kind: 'repeat_report', times: 1 })
    const period = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'] as const
    const first = await release.ask(...period)
    assert.equal(first.status, 203)
    assert.equal(first.body.begin_date, period[0])
    assert.deepEqual(await release.list(), [])
    const second = await release.ask(...period)
    assert.equal(second.status, 202)
  })

  test("hide another account's file like one that never was", async ({ assert }) => {
    await release.rows()
    const [{ file_name: name }] = await release.list()
    const headers = { authorization: `Bearer ${FOREIGN_ACCESS_TOKEN}` }
    const foreign = await simulator.call('GET', `${release.base}/${name}`, undefined, headers)
    assert.equal(foreign.status, 404)
    assert.equal(foreign.body.errorKey, 'not_found')
    const other = await settlement.file(name)
    assert.equal(other.status, 404)
  })

  test('break off half way, or arrive in no state to be read, on request', async ({ assert }) => {
    await release.rows()
    const [{ file_name: name }] = await release.list()
    const { body: whole } = await release.file(name)
    const fault = (kind: string) => simulator.control('/faults', { kind, times: 1 })
    await fault('cut_body')
    await assert.rejects(() => release.file(name))
    await fault('malformed_body')
    const { body } = await release.file(name)
    assert.equal(body, whole.slice(0, Math.floor(whole.length / 2)))
  })
})
