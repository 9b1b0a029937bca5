import { test } from '@japa/runner'
import { runBeside } from '../../../app/simulator/reports/schedule.js'
import { moneyOf, payoutRequest, statusOf } from './payout_support.js'
import { configRequest, reportsOf, rowsOf } from './report_support.js'
import { startTestSimulator, type TestSimulator } from './support.js'

const REFUSED: [string, Record<string, unknown>, string][] = [
  ['no prefix', { file_name_prefix: undefined }, 'invalid_file_name_prefix'],
  ['an empty prefix', { file_name_prefix: '' }, 'invalid_file_name_prefix'],
  ['a prefix with a slash', { file_name_prefix: '../close' }, 'invalid_file_name_prefix'],
  ['no columns', { columns: [] }, 'invalid_columns'],
  ['an unknown column', { columns: [{ key: 'PRICE' }] }, 'invalid_columns'],
  ['an inherited name as a column', { columns: [{ key: 'toString' }] }, 'invalid_columns'],
  ['a column of the other report', { columns: [{ key: 'USER_ID' }] }, 'invalid_columns'],
  ['no frequency', { frequency: undefined }, 'invalid_frequency'],
  ['an hour too many', { frequency: { hour: 24, type: 'daily', value: 1 } }, 'invalid_frequency'],
  ['an eighth weekday', { frequency: { hour: 0, type: 'weekly', value: 8 } }, 'invalid_frequency'],
  ['a separator that is a digit', { separator: '1' }, 'invalid_separator'],
  ['an unknown time zone', { display_timezone: 'BRT' }, 'invalid_display_timezone'],
  ['another language', { report_translation: 'fr' }, 'invalid_report_translation'],
  ['a flag that is text', { refund_detailed: 'yes' }, 'invalid_refund_detailed'],
]

test.group('Simulator | configured reports', (group) => {
  let simulator: TestSimulator
  let release: ReturnType<typeof reportsOf>
  let money: ReturnType<typeof moneyOf>
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    release = reportsOf(simulator, 'release')
    money = moneyOf(simulator)
    return () => simulator.close()
  })

  async function latestFile(): Promise<string> {
    const [{ file_name: name }] = await release.list()
    const { body } = await release.file(name)
    return body
  }

  test('are configured once, then changed, and answered as they are', async ({ assert }) => {
    assert.equal(await statusOf(release.config('GET')), 404)
    assert.equal(await statusOf(release.config('PUT', configRequest())), 404)
    const created = await release.config('POST', configRequest({ check_available_balance: true }))
    assert.equal(created.status, 201)
    assert.deepInclude(created.body, {
      file_name_prefix: 'close',
      separator: ',',
      display_timezone: 'GMT-04',
      scheduled: false,
      check_available_balance: true,
    })
    assert.equal(await statusOf(release.config('POST', configRequest())), 409)
    const changed = await release.config('PUT', configRequest({ separator: ';' }))
    assert.equal(changed.status, 200)
    const { body } = await release.config('GET')
    assert.deepEqual(body, changed.body)
    assert.isUndefined(body.check_available_balance)
  })

  test('are refused with {0}')
    .with(REFUSED)
    .run(async ({ assert }, [, change, key]) => {
      const { status, body } = await release.config('POST', configRequest(change))
      assert.equal(status, 400)
      assert.equal(body.errorKey, key)
    })

  test('have the columns, separator, time zone and name that were asked for', async ({
    assert,
  }) => {
    await money.move('deposit', 12.3)
    const columns = ['BALANCE_AMOUNT', 'DATE', 'RECORD_TYPE'].map((key) => ({ key }))
    const config = { columns, separator: ';', display_timezone: 'GMT+02' }
    await release.config('POST', configRequest(config))
    await release.rows()
    const [{ file_name: name }] = await release.list()
    assert.match(name, /^close-\d/)
    const file = await latestFile()
    assert.equal(file.split('\n')[0], 'BALANCE_AMOUNT;DATE;RECORD_TYPE')
    assert.match(file.split('\n')[2], /^12\.30;\d{4}-\d\d-\d\dT[\d:.]{12}\+02:00;release$/)
  })

  test('keep the configuration that they were made with', async ({ assert }) => {
    await release.config('POST', configRequest())
    await release.rows()
    const before = await latestFile()
    await release.config('PUT', configRequest({ columns: [{ key: 'DATE' }] }))
    assert.equal(await latestFile(), before)
  })

  test('quote a reference that holds the separator', async ({ assert }) => {
    await money.allow()
    await money.move('deposit', 100)
    await money.sent(payoutRequest(1, 'rent, "May"'))
    await release.rows()
    const file = await latestFile()
    assert.include(file, ',"rent, ""May""",release,payout,')
  })

  test('state the balance before and after what leaves, if asked to', async ({ assert }) => {
    await money.allow()
    const columns = ['RECORD_TYPE', 'DESCRIPTION', 'GROSS_AMOUNT'].map((key) => ({ key }))
    await release.config('POST', configRequest({ columns, check_available_balance: true }))
    await money.move('deposit', 100)
    const { id } = await money.sent(payoutRequest(30))
    await release.rows()
    const rows = rowsOf(await latestFile()).map((row) => Object.values(row).join(' '))
    assert.deepEqual(rows.slice(2, 5), [
      `available_balance pre_payout_${id} 100.00`,
      'release payout -30.00',
      `available_balance pos_payout_${id} 70.00`,
    ])
  })

  test('leave out what leaves, if asked to', async ({ assert }) => {
    const settlement = reportsOf(simulator, 'settlement')
    const columns = [{ key: 'TRANSACTION_TYPE' }]
    await settlement.config('POST', configRequest({ columns, include_withdraw: false }))
    await money.move('deposit', 100)
    await money.move('withdrawal', 10)
    const rows = await settlement.rows()
    assert.deepEqual(rows, [{ TRANSACTION_TYPE: 'SETTLEMENT' }])
  })
})

test.group('Simulator | scheduled reports', (group) => {
  let simulator: TestSimulator
  let release: ReturnType<typeof reportsOf>
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    release = reportsOf(simulator, 'release')
    return () => simulator.close()
  })

  const daily = { frequency: { hour: 3, type: 'daily', value: 1 }, display_timezone: 'GMT-03' }

  test('come each day for the day that has passed, without a gap', async ({ assert }) => {
    const money = moneyOf(simulator)
    await release.config('POST', configRequest(daily))
    const { status, body } = await release.schedule('POST')
    assert.equal(status, 200)
    assert.deepInclude(body, {
      created_from: 'schedule',
      status: 'pending',
      report_type: 'release',
    })
    assert.match(body.begin_date, /T06:00:00Z$/)
    assert.match(body.end_date, /T05:59:59Z$/)
    await money.move('deposit', 10)
    await simulator.control('/clock', { advance_days: 3 })
    const reports = await release.list()
    assert.lengthOf(reports, 3)
    assert.equal(reports[2].begin_date, body.begin_date)
    assert.equal(reports[2].status, 'processed')
    for (const [index, report] of reports.slice(1).entries()) {
      const next = Date.parse(reports[index].begin_date)
      assert.equal(Date.parse(report.end_date) + 1000, next)
    }
    const { body: config } = await release.config('GET')
    assert.isTrue(config.scheduled)
  })

  test('stop when they are switched off', async ({ assert }) => {
    await release.config('POST', configRequest(daily))
    await release.schedule('POST')
    const off = await release.schedule('DELETE')
    assert.equal(off.body.status, 'deleted')
    await simulator.control('/clock', { advance_days: 3 })
    assert.deepEqual(await release.list(), [])
    const again = await release.schedule('DELETE')
    assert.equal(again.status, 404)
  })

  test('keep their frequency until they are switched on again', async ({ assert }) => {
    await release.config('POST', configRequest(daily))
    const { body: before } = await release.schedule('POST')
    const yearly = { frequency: { hour: 3, type: 'monthly', value: 31 } }
    await release.config('PUT', configRequest(yearly))
    await simulator.control('/clock', { advance_days: 1 })
    assert.lengthOf(await release.list(), 1)
    const { body: after } = await release.schedule('POST')
    assert.isAbove(Date.parse(after.generation_date), Date.parse(before.generation_date))
    assert.match(after.generation_date, /T07:00:00\.000Z$/)
  })

  test('fall on the last day of a month that is too short', ({ assert }) => {
    const frequency = { hour: 0, type: 'monthly' as const, value: 31 }
    const next = (from: string) =>
      new Date(runBeside(frequency, 0, Date.parse(from), 1)).toISOString().slice(0, 10)
    assert.equal(next('2027-01-31T00:00:00Z'), '2027-02-28')
    assert.equal(next('2028-02-01T00:00:00Z'), '2028-02-29')
    assert.equal(next('2027-04-29T23:59:59Z'), '2027-04-30')
  })

  test('fall on the weekday of the place, Monday being the first', ({ assert }) => {
    const frequency = { hour: 1, type: 'weekly' as const, value: 1 }
    // Sunday evening in UTC-4 while it is Monday in UTC.
    const next = runBeside(frequency, -4, Date.parse('2026-11-23T02:00:00Z'), 1)
    assert.equal(new Date(next).toISOString(), '2026-11-23T05:00:00.000Z')
    const before = runBeside(frequency, -4, Date.parse('2026-11-23T05:00:00Z'), -1)
    assert.equal(new Date(before).toISOString(), '2026-11-16T05:00:00.000Z')
  })
})
