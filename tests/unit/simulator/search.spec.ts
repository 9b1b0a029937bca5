import { test } from '@japa/runner'
import { FOREIGN_ACCESS_TOKEN } from '../../../app/simulator/main.js'
import { searchDate } from '../../../app/simulator/api/search_dates.js'
import { pixRequest, startTestSimulator, type TestSimulator } from './support.js'

const NOW = Date.parse('2026-05-31T12:00:00Z')

test.group('Simulator | search', (group) => {
  let simulator: TestSimulator
  const ids: number[] = []
  group.setup(async () => {
    simulator = await startTestSimulator()
    for (let count = 0; count < 5; count++) {
      const created = await simulator.charge({ ...pixRequest(), external_reference: `c-${count}` })
      ids.push(created.id)
      await simulator.control('/clock', { advance_seconds: 3600 })
    }
    await simulator.control(`/payments/${ids[1]}/pay`)
    return () => simulator.close()
  })

  async function find(query: string): Promise<number[]> {
    const { body } = await simulator.get(`/v1/payments/search?${query}`)
    return body.results.map((payment: any) => payment.id)
  }

  test('finds by reference and by status', async ({ assert }) => {
    assert.deepEqual(await find('external_reference=c-3'), [ids[3]])
    assert.deepEqual(await find('status=approved'), [ids[1]])
    assert.deepEqual(await find('external_reference=c-3&status=approved'), [])
  })

  test('answers newest first, and the other way round', async ({ assert }) => {
    assert.deepEqual(await find(''), ids.toReversed())
    assert.deepEqual(await find('sort=date_created&criteria=asc'), ids)
  })

  test('pages with a limit and an offset', async ({ assert }) => {
    const { body } = await simulator.get('/v1/payments/search?limit=2&offset=4&criteria=asc')
    assert.deepEqual(body.paging, { total: 5, limit: 2, offset: 4 })
    assert.lengthOf(body.results, 1)
  })

  test('bounds by dates of either spelling', async ({ assert }) => {
    const { body } = await simulator.get('/_simulator/clock')
    const ago = (hours: number) => new Date(Date.parse(body.now) - hours * 3_600_000).toISOString()
    const dates = `range=date_created&begin_date=${ago(3.5)}&end_date=${ago(1.5)}`
    assert.deepEqual(await find(`${dates}&criteria=asc`), [ids[2], ids[3]])
    assert.lengthOf(await find('range=date_created&begin_date=NOW-2HOURS&end_date=NOW'), 1)
    assert.lengthOf(await find('range=date_approved&begin_date=NOW-30DAYS&end_date=NOW'), 1)
  })

  test('shows a seller nothing of another', async ({ assert }) => {
    const { body } = await simulator.call('GET', '/v1/payments/search', undefined, {
      authorization: `Bearer ${FOREIGN_ACCESS_TOKEN}`,
    })
    assert.equal(body.paging.total, 0)
  })

  test('finds nothing at a store, since nothing was sold there', async ({ assert }) => {
    assert.deepEqual(await find('store_id=47792478'), [])
    assert.deepEqual(await find('pos_id=58930090'), [])
  })

  test('refuses what it cannot read', async ({ assert }) => {
    const code = async (query: string) => {
      const { body } = await simulator.get(`/v1/payments/search?${query}`)
      return body.cause[0].code
    }
    assert.equal(await code('limit=101'), 1000)
    assert.equal(await code('limit=x'), 1)
    assert.equal(await code('begin_date=yesterday'), 1001)
    assert.equal(await code('sort=payer.email'), 1)
    assert.equal(await code('range=id'), 1)
    assert.equal(await code('criteria=up'), 1)
  })

  test('understands relative dates', ({ assert }) => {
    const iso = (text: string) => new Date(searchDate(text, NOW)!).toISOString()
    assert.equal(iso('NOW'), '2026-05-31T12:00:00.000Z')
    assert.equal(iso('NOW-30DAYS'), '2026-05-01T12:00:00.000Z')
    assert.equal(iso('NOW-1YEAR'), '2025-05-31T12:00:00.000Z')
    assert.equal(iso('NOW-90MINUTES'), '2026-05-31T10:30:00.000Z')
    assert.equal(iso('2026-01-02T00:00:00.000 04:00'), '2026-01-01T20:00:00.000Z')
    assert.isNull(searchDate('NOW-1FORTNIGHT', NOW))
  })

  test('reaches back twelve months', async ({ assert }) => {
    await simulator.control('/clock', { advance_days: 364 })
    assert.deepEqual(await find('criteria=asc'), ids)
    await simulator.control('/clock', { advance_days: 2 })
    assert.deepEqual(await find('begin_date=NOW-2YEARS&end_date=NOW'), [])
  })
})
