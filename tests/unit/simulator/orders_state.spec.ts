import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { PLATFORM_ACCOUNT_ID, PLATFORM_CLIENT_ID } from '../../../app/simulator/main.js'
import { bearer, connect, consent, exchange } from './oauth_support.js'
import {
  ORDER_ID,
  boletoOrder,
  cardOrder,
  paymentIdOf,
  pixOrder,
  place,
  show,
  stateOf,
} from './orders_support.js'
import { startTestSimulator, statusOf, type TestSimulator } from './support.js'

test.group('Simulator | keys of orders', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const codeOf = async (answer: ReturnType<TestSimulator['post']>) => {
    const { status, body } = await answer
    return `${status} ${body.errors?.[0].code}`
  }

  test('get the first answer again, that of a failure too', async ({ assert }) => {
    const failing = await cardOrder(simulator, 'FUND')
    const first = await simulator.post('/v1/orders', failing, 'k')
    const again = await simulator.post('/v1/orders', failing, 'k')
    assert.deepEqual([again.status, again.body], [402, first.body])
    const { id } = await place(simulator, await cardOrder(simulator))
    const part = await simulator.post(`/v1/orders/${id}/refund`, undefined, 'r')
    const repeated = await simulator.post(`/v1/orders/${id}/refund`, undefined, 'r')
    assert.deepEqual(repeated.body, part.body)
    assert.lengthOf(await simulator.journal('order.refunded'), 1)
  })

  test('are good for one call, whatever its path or method', async ({ assert }) => {
    const { id } = await place(simulator, boletoOrder(), 'k')
    assert.equal(
      await codeOf(simulator.post('/v1/orders', pixOrder(), 'k')),
      '409 idempotency_key_already_used'
    )
    assert.equal(
      await codeOf(simulator.post(`/v1/orders/${id}/cancel`, undefined, 'k')),
      '409 idempotency_key_already_used'
    )
    assert.equal(stateOf(await show(simulator, id)), 'action_required/waiting_payment')
    const other = await place(simulator, pixOrder())
    await simulator.post(`/v1/orders/${id}/cancel`, undefined, 'c')
    assert.equal(
      await codeOf(simulator.post(`/v1/orders/${other.id}/cancel`, undefined, 'c')),
      '409 idempotency_key_already_used'
    )
  })

  test('are free again after a refusal, and after a day', async ({ assert }) => {
    const wrong = pixOrder({ total_amount: '1.00' })
    assert.equal(await codeOf(simulator.post('/v1/orders', wrong, 'k')), '400 invalid_total_amount')
    const first = await place(simulator, pixOrder(), 'k')
    await simulator.control('/clock', { advance_seconds: 86_400 - 5 })
    const same = await place(simulator, pixOrder(), 'k')
    assert.equal(same.id, first.id)
    await simulator.control('/clock', { advance_seconds: 6 })
    const other = await place(simulator, pixOrder(), 'k')
    assert.match(other.id, ORDER_ID)
    assert.notEqual(other.id, first.id)
  })

  test('belong to one seller', async ({ assert }) => {
    const { access_token: token } = await connect(simulator)
    const one = await place(simulator, pixOrder(), 'k')
    const { body: other } = await simulator.call('POST', '/v1/orders', pixOrder(), {
      ...bearer(token),
      'x-idempotency-key': 'k',
    })
    assert.notEqual(other.id, one.id)
    assert.match(other.id, ORDER_ID)
  })

  test('make one order of many calls at once', async ({ assert }) => {
    const body = pixOrder()
    const placed = await Promise.all(
      Array.from({ length: 8 }, () => place(simulator, body, 'same'))
    )
    assert.lengthOf(new Set(placed.map(({ id }) => id)), 1)
    assert.lengthOf(await simulator.journal('payment.created'), 1)
  })
})

test.group('Simulator | orders of sellers', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  test('leave the fee of the marketplace to the application', async ({ assert }) => {
    const { access_token: token } = await connect(simulator)
    const headers = { ...bearer(token), 'x-idempotency-key': 'k' }
    const order = pixOrder({ marketplace_fee: '7.50' })
    const { status, body } = await simulator.call('POST', '/v1/orders', order, headers)
    assert.equal(status, 201)
    assert.equal(body.marketplace_fee, '7.50')
    const paymentId = await paymentIdOf(simulator, body.id)
    await simulator.control(`/payments/${paymentId}/pay`)
    const { body: balance } = await simulator.get(
      `/_simulator/accounts/${PLATFORM_ACCOUNT_ID}/balance`
    )
    assert.equal(balance.available, 7.5)
    const own = await simulator.post('/v1/orders', order)
    assert.deepEqual([own.status, own.body.errors[0].code], [400, 'invalid_properties'])
  })

  test("are nobody else's to see, to end or to find", async ({ assert }) => {
    const { access_token: token } = await connect(simulator)
    const { id } = await place(simulator, pixOrder())
    const asSeller = { ...bearer(token), 'x-idempotency-key': 'k' }
    const path = `/v1/orders/${id}`
    assert.equal(await statusOf(simulator.call('GET', path, undefined, asSeller)), 404)
    assert.equal(await statusOf(simulator.call('POST', `${path}/cancel`, undefined, asSeller)), 404)
    const range = 'begin_date=2020-01-01T00:00:00Z&end_date=2100-01-01T00:00:00Z'
    const { body } = await simulator.call('GET', `/v1/orders?${range}`, undefined, asSeller)
    assert.deepEqual(body.data, [])
    assert.equal(stateOf(await show(simulator, id)), 'action_required/waiting_transfer')
  })

  test('of a test token say so in their ids', async ({ assert }) => {
    const { body: granted } = await exchange(simulator, await consent(simulator), {
      test_token: 'true',
    })
    const headers = { ...bearer(granted.access_token), 'x-idempotency-key': 'k' }
    const { body } = await simulator.call('POST', '/v1/orders', pixOrder(), headers)
    assert.match(body.id, /^ORDTST/)
    const real = pixOrder({ payer: { email: 'ana@example.com' } })
    const refused = await simulator.call('POST', '/v1/orders', real, {
      ...headers,
      'x-idempotency-key': 'l',
    })
    assert.equal(refused.body.errors[0].code, 'invalid_email_for_sandbox')
  })
})

test.group('Simulator | the state of orders', (group) => {
  let folder: string
  group.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-orders-'))
    return () => rm(folder, { recursive: true })
  })

  test('survives a restart, and goes on from there', async ({ assert, cleanup }) => {
    const file = join(folder, 'simulator.sqlite3')
    const before = await startTestSimulator({ file })
    const order = await place(before, boletoOrder(), 'k')
    const waiting = pixOrder({ processing_mode: 'manual', expiration_time: 'P1D' })
    const manual = await place(before, waiting)
    const path = `/_simulator/applications/${PLATFORM_CLIENT_ID}`
    await before.call('PATCH', path, { client_id: '77' })
    await before.close()

    const after = await startTestSimulator({ file })
    cleanup(() => after.close())
    const kept = await show(after, order.id)
    // It answers at another port.
    const moved = JSON.parse(JSON.stringify(order).replaceAll(before.url, after.url))
    assert.deepEqual(kept, { ...moved, integration_data: { application_id: '77' } })
    assert.deepEqual(await place(after, boletoOrder(), 'k'), order)
    await after.control(`/payments/${order.transactions.payments[0].id}/pay`)
    assert.equal(stateOf(await show(after, order.id)), 'processed/accredited')
    await after.control('/clock', { advance_days: 2 })
    assert.equal(stateOf(await show(after, manual.id)), 'expired/expired')
    await after.control('/reset')
    assert.equal(await statusOf(after.get(`/v1/orders/${order.id}`)), 404)
    assert.equal(await statusOf(after.post('/v1/orders', pixOrder(), 'k')), 201)
  })

  test('is shown on pages', async ({ assert, cleanup }) => {
    const simulator = await startTestSimulator()
    cleanup(() => simulator.close())
    const visit = async (path: string): Promise<string> => {
      const { body } = await simulator.get(path)
      return body
    }
    assert.include(await visit('/orders'), 'Nothing was ordered yet')
    const order = await place(simulator, boletoOrder({ external_reference: 'c-shown' }))
    const card = await place(simulator, await cardOrder(simulator))
    const [{ id: transactionId }] = card.transactions.payments
    const paymentId = await paymentIdOf(simulator, card.id)
    const pages = {
      '/orders': ['c-shown', 'boleto', 'R$150.00', `/orders/${order.id}`, 'waiting_payment'],
      [`/orders/${card.id}`]: ['R$12.34', 'accredited', transactionId, `/payments/${paymentId}`],
      '/payments': [`/orders/${card.id}`],
      [`/payments/${paymentId}`]: [`/orders/${card.id}`],
      [`/payments/${transactionId}`]: [`Payment ${paymentId}`],
    }
    for (const [path, words] of Object.entries(pages)) {
      const text = await visit(path)
      for (const word of words) assert.include(text, word, path)
    }
    assert.equal(await statusOf(simulator.get('/orders/ORD1')), 404)
  })
})
