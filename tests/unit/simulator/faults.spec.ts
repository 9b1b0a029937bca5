import { test } from '@japa/runner'
import { FOREIGN_ACCOUNT_ID, PLATFORM_ACCOUNT_ID } from '../../../app/simulator/main.js'
import { boletoRequest, startTestSimulator, type TestSimulator } from './support.js'

test.group('Simulator | faults', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const fault = (kind: string, more: Record<string, unknown> = {}) =>
    simulator.control('/faults', { kind, times: 1, ...more })
  const charge = (key: string) => simulator.post('/v1/payments', boletoRequest(), key)

  async function created(): Promise<number> {
    const effects = await simulator.journal('payment.created')
    return effects.length
  }

  test('answers 429 as often as asked, with or without Retry-After', async ({ assert }) => {
    await fault('rate_limit', { retry_after_seconds: 7 })
    await fault('rate_limit')
    const first = await simulator.get('/users/me')
    const second = await simulator.get('/users/me')
    const third = await simulator.get('/users/me')
    assert.deepEqual([first.status, second.status, third.status], [429, 429, 200])
    assert.equal(first.headers.get('retry-after'), '7')
    assert.isNull(second.headers.get('retry-after'))
  })

  test('answers 500 and 401 without doing the work', async ({ assert }) => {
    await fault('server_error')
    const broken = await charge('k')
    await fault('unauthorized')
    const refused = await charge('k')
    assert.equal(broken.status, 500)
    assert.equal(refused.status, 401)
    assert.equal(await created(), 0)
  })

  test('does the work and then hangs; the same key finds it', async ({ assert }) => {
    await fault('hang_after_work')
    const abandoned = fetch(`${simulator.url}/v1/payments`, {
      method: 'POST',
      headers: {
        'authorization': `Bearer ${simulator.accounts[0].access_token}`,
        'x-idempotency-key': 'lost',
      },
      body: JSON.stringify(boletoRequest()),
      signal: AbortSignal.timeout(200),
    })
    await assert.rejects(() => abandoned)
    assert.equal(await created(), 1)
    const again = await charge('lost')
    assert.equal(again.status, 201)
    assert.equal(await created(), 1)
  })

  test('does the work and answers 502', async ({ assert }) => {
    await fault('error_after_work', { route: 'POST /v1/payments' })
    const broken = await charge('lost')
    const again = await charge('lost')
    assert.deepEqual([broken.status, again.status], [502, 201])
    assert.equal(await created(), 1)
    const calls = await simulator.journal()
    const call = calls.find((entry) => entry.status === 502)!
    assert.equal(call.work_status, 201)
  })

  test('cuts a body off after its headers', async ({ assert }) => {
    await fault('cut_body')
    const response = await fetch(`${simulator.url}/users/me`, {
      headers: { authorization: `Bearer ${simulator.accounts[0].access_token}` },
    })
    assert.equal(response.status, 200)
    await assert.rejects(() => response.text())
  })

  test('sends a body that is no JSON, and one that is huge', async ({ assert }) => {
    const ask = () =>
      fetch(`${simulator.url}/users/me`, {
        headers: { authorization: `Bearer ${simulator.accounts[0].access_token}` },
      })
    await fault('malformed_body')
    const malformed = await ask()
    await assert.rejects(() => malformed.json())
    await fault('huge_body', { bytes: 2_000_000 })
    const huge = await ask()
    const text = await huge.text()
    assert.isAbove(text.length, 2_000_000)
    assert.equal(JSON.parse(text).id, PLATFORM_ACCOUNT_ID)
  })

  test('hides a payment for a number of reads, or for a while', async ({ assert }) => {
    const { id } = await simulator.charge()
    await fault('unreadable', { times: 2 })
    const statuses = []
    for (let read = 0; read < 3; read++) {
      const { status } = await simulator.get(`/v1/payments/${id}`)
      statuses.push(status)
    }
    assert.deepEqual(statuses, [404, 404, 200])
    await simulator.control('/faults', { kind: 'unreadable', ms: 60_000 })
    const hidden = await simulator.get(`/v1/payments/${id}`)
    await simulator.control('/clock', { advance_seconds: 60 })
    const shown = await simulator.get(`/v1/payments/${id}`)
    assert.deepEqual([hidden.status, shown.status], [404, 200])
  })

  test('answers with a wrong collector or currency', async ({ assert }) => {
    const { id } = await simulator.charge()
    await fault('wrong_collector', { collector_id: FOREIGN_ACCOUNT_ID })
    await fault('wrong_currency', { currency_id: 'USD' })
    const wrong = await simulator.payment(id)
    const right = await simulator.payment(id)
    assert.deepInclude(wrong, { collector_id: FOREIGN_ACCOUNT_ID, currency_id: 'USD' })
    assert.deepInclude(right, { collector_id: PLATFORM_ACCOUNT_ID, currency_id: 'BRL' })
  })

  test('answers with any documented code of the payments API', async ({ assert }) => {
    for (const [code, status] of Object.entries({ 2001: 400, 7: 401, 3002: 403, 3024: 404 })) {
      await fault('refusal', { code: Number(code) })
      const refused = await charge('k')
      assert.equal(refused.status, status)
      assert.equal(refused.body.cause[0].code, Number(code))
    }
    assert.equal(await created(), 0)
    const unknown = await fault('refusal', { code: 9 })
    assert.equal(unknown.status, 400)
    const missing = await fault('refusal')
    assert.equal(missing.status, 400)
  })

  test('answers 403 in the words of whoever guards all APIs', async ({ assert }) => {
    await fault('policy_block')
    const { status, body } = await simulator.get('/users/me')
    assert.equal(status, 403)
    assert.deepInclude(body, {
      code: 'PA_UNAUTHORIZED_RESULT_FROM_POLICIES',
      blocked_by: 'PolicyAgent',
    })
  })

  test('sends half a body, and the rest a while later', async ({ assert }) => {
    await fault('slow_body', { ms: 150 })
    const startedAt = performance.now()
    const response = await fetch(`${simulator.url}/users/me`, {
      headers: { authorization: `Bearer ${simulator.accounts[0].access_token}` },
    })
    const headersMs = performance.now() - startedAt
    const body = (await response.json()) as { id: number }
    assert.equal(body.id, PLATFORM_ACCOUNT_ID)
    assert.isAtLeast(performance.now() - startedAt - headersMs, 100)
  })

  test('leaves out of a search what its index has not yet', async ({ assert }) => {
    await simulator.charge()
    const found = async () => {
      const { body } = await simulator.get('/v1/payments/search')
      return [body.paging.total, body.results.length]
    }
    await fault('stale_search')
    assert.deepEqual(await found(), [0, 0])
    assert.deepEqual(await found(), [1, 1])
    await simulator.control('/faults', { kind: 'stale_search', ms: 60_000 })
    assert.deepEqual(await found(), [0, 0])
    await simulator.control('/clock', { advance_seconds: 61 })
    assert.deepEqual(await found(), [1, 1])
  })

  test('waits before it answers', async ({ assert }) => {
    await fault('latency', { ms: 120 })
    const startedAt = performance.now()
    await simulator.get('/users/me')
    assert.isAtLeast(performance.now() - startedAt, 115)
  })

  test('happens only on its account and route', async ({ assert }) => {
    await fault('server_error', { account_id: FOREIGN_ACCOUNT_ID })
    await fault('server_error', { route: 'GET /v1/payments/:id' })
    const { status } = await simulator.get('/users/me')
    assert.equal(status, 200)
    const { id } = await simulator.charge()
    const read = await simulator.get(`/v1/payments/${id}`)
    assert.equal(read.status, 500)
  })

  test('is listed, removed and refused when it makes no sense', async ({ assert }) => {
    const { body: added } = await simulator.control('/faults', { kind: 'latency', ms: 1 })
    await simulator.call('DELETE', `/_simulator/faults/${added.id}`)
    const { body: left } = await simulator.get('/_simulator/faults')
    assert.deepEqual(left, [])
    for (const wrong of [
      {},
      { kind: 'flood' },
      { kind: 'drop', times: 0 },
      { kind: 'drop', x: 1 },
    ]) {
      const { status } = await simulator.control('/faults', wrong)
      assert.equal(status, 400)
    }
  })
})
