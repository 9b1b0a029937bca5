import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { asOwner } from '../../../app/simulator/api/api_call.js'
import {
  PLATFORM_ACCESS_TOKEN,
  PLATFORM_CLIENT_ID,
  defaultScenario,
  describeStartFailure,
  startSimulator,
} from '../../../app/simulator/main.js'
import { chargeCard, tokenize } from './card_support.js'
import { connect } from './oauth_support.js'
import { startReceiver, startTestSimulator, statusOf } from './support.js'

test.group('Simulator | its state', (group) => {
  let folder: string
  group.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'))
    return () => rm(folder, { recursive: true })
  })

  test('survives a restart', async ({ assert }) => {
    const file = join(folder, 'kept', 'simulator.sqlite3')
    const before = await startTestSimulator({ file })
    const { body: payment } = await before.post('/v1/payments', pix(), 'k')
    await before.control('/clock', { advance_seconds: 1000 })
    await before.control('/faults', { kind: 'latency', ms: 1 })
    const { body: moved } = await before.get('/_simulator/clock')
    await before.close()

    const after = await startTestSimulator({ file })
    const read = await after.payment(payment.id)
    const { body: replayed } = await after.post('/v1/payments', pix(), 'k')
    const { body: clock } = await after.get('/_simulator/clock')
    const { body: faults } = await after.get('/_simulator/faults')
    const { body: deliveries } = await after.get('/_simulator/deliveries')
    await after.close()
    assert.equal(read.status, 'pending')
    assert.equal(replayed.id, payment.id)
    assert.isAtLeast(Date.parse(clock.now), Date.parse(moved.now))
    assert.lengthOf(faults, 1)
    assert.lengthOf(deliveries, 1)
  })

  test('still tells after a restart what nobody had heard', async ({ assert, cleanup }) => {
    const file = join(folder, 'told', 'simulator.sqlite3')
    const before = await startTestSimulator({ file })
    const { body: payment } = await before.post('/v1/payments', pix())
    await before.control('/deliveries/flush', { due_only: true })
    await before.close()
    const receiver = await startReceiver()
    const after = await startTestSimulator({ file })
    cleanup(async () => {
      await after.close()
      await receiver.close()
    })
    assert.isTrue(after.resumed)
    const path = `/_simulator/applications/${PLATFORM_CLIENT_ID}`
    await after.call('PATCH', path, { webhook_url: receiver.url })
    await after.control(`/payments/${payment.id}/pay`)
    await after.control('/clock', { advance_seconds: 15 * 60 })
    const { body: deliveries } = await after.get('/_simulator/deliveries')
    const [paid, created] = deliveries
    assert.equal(paid.state, 'delivered')
    assert.deepInclude(created, { action: 'payment.created', state: 'pending' })
    assert.lengthOf(created.attempts, 2)
  })

  test('keeps what sellers, customers and banks left with it', async ({ assert }) => {
    const file = join(folder, 'people', 'simulator.sqlite3')
    const before = await startTestSimulator({ file })
    const granted = await connect(before)
    const { body: token } = await tokenize(before)
    const { id } = await chargeCard(before)
    await before.control(`/payments/${id}/chargebacks`)
    const { body: customer } = await before.call('POST', '/v1/customers', { email: 'a@b.co' })
    await before.close()

    const after = await startTestSimulator({ file })
    const headers = { authorization: `Bearer ${granted.access_token}` }
    const paths = [
      `/v1/card_tokens/${token.id}`,
      `/v1/chargebacks/${id}`,
      `/v1/customers/${customer.id}`,
    ]
    const statuses = [await statusOf(after.call('GET', '/users/me', undefined, headers))]
    for (const path of paths) statuses.push(await statusOf(after.get(path)))
    await after.control('/reset')
    for (const path of paths) statuses.push(await statusOf(after.get(path)))
    await after.close()
    assert.deepEqual(statuses, [200, 200, 200, 200, 404, 404, 404])
  })

  test('is apart from that of another simulator in the same process', async ({
    assert,
    cleanup,
  }) => {
    const one = await startTestSimulator()
    const other = await startTestSimulator()
    cleanup(async () => {
      await one.close()
      await other.close()
    })
    await one.post('/v1/payments', pix())
    await one.control('/clock', { advance_days: 100 })
    const { body } = await other.get('/v1/payments/search')
    const { body: clock } = await other.get('/_simulator/clock')
    assert.equal(body.paging.total, 0)
    assert.isBelow(Date.parse(clock.now), Date.now() + 60_000)
  })

  test('goes back to the scenario on a reset, but never hands out an id twice', async ({
    assert,
    cleanup,
  }) => {
    const simulator = await startTestSimulator()
    cleanup(() => simulator.close())
    const { body: first } = await simulator.post('/v1/payments', pix())
    await simulator.control('/clock', { advance_days: 9 })
    await simulator.control('/faults', { kind: 'latency', ms: 1 })
    await simulator.control('/reset')
    const { body: clock } = await simulator.get('/_simulator/clock')
    const { body: faults } = await simulator.get('/_simulator/faults')
    const gone = await simulator.get(`/v1/payments/${first.id}`)
    const { body: second } = await simulator.post('/v1/payments', pix())
    assert.isBelow(Math.abs(Date.parse(clock.now) - Date.now()), 5000)
    assert.deepEqual(faults, [])
    assert.equal(gone.status, 404)
    assert.isAbove(second.id, first.id)
  })

  test('keeps a clock that only moves forward', async ({ assert, cleanup }) => {
    const simulator = await startTestSimulator()
    cleanup(() => simulator.close())
    const wrong = [
      { advance_days: -1 },
      { now: '2001-01-01T00:00:00Z' },
      { now: 'tomorrow' },
      { advance_days: '1' },
      { advance_days: 1e9 },
      {},
      { advance_days: 1, reset: true },
    ]
    for (const body of wrong) {
      const answer = await simulator.control('/clock', body)
      assert.equal(answer.status, 400, JSON.stringify(body))
    }
    const { body } = await simulator.control('/clock', { now: '2099-01-01T00:00:00Z' })
    assert.match(body.now, /^2099-01-01T00:00:00\.\d{3}Z$/)
  })

  test('takes new accounts with tokens of their own', async ({ assert, cleanup }) => {
    const simulator = await startTestSimulator()
    cleanup(() => simulator.close())
    const { status, body } = await simulator.control('/accounts', {
      site_id: 'MLC',
      nickname: 'CHILE',
      settings: { taxes: [{ basis_points: 10 }] },
    })
    assert.equal(status, 201)
    assert.match(body.access_token, new RegExp(`^APP_USR-\\d+-\\d{6}-[0-9a-f]{32}-${body.id}$`))
    assert.equal(body.currency_id, 'CLP')
    const me = await simulator.call('GET', '/users/me', undefined, {
      authorization: `Bearer ${body.access_token}`,
    })
    assert.equal(me.body.nickname, 'CHILE')
    for (const wrong of [
      { site_id: 'XXX' },
      { id: 'a' },
      { settings: { fees: { cowries: {} } } },
    ]) {
      const refused = await simulator.control('/accounts', wrong)
      assert.equal(refused.status, 400)
    }
    const twice = await simulator.control('/accounts', { id: body.id })
    assert.equal(twice.status, 409)
  })

  test('renames an application together with what belongs to it', async ({ assert, cleanup }) => {
    const receiver = await startReceiver()
    const simulator = await startTestSimulator({ appUrl: receiver.url })
    cleanup(async () => {
      await simulator.close()
      await receiver.close()
    })
    const { body: payment } = await simulator.post('/v1/payments', pix())
    const path = `/_simulator/applications/${PLATFORM_CLIENT_ID}`
    const renamed = await simulator.call('PATCH', path, { client_id: '1234567890123456' })
    assert.equal(renamed.body.client_id, '1234567890123456')
    await simulator.control(`/payments/${payment.id}/pay`)
    assert.lengthOf(receiver.received, 2)
    const { body: accounts } = await simulator.get('/_simulator/accounts')
    assert.equal(accounts[0].client_id, '1234567890123456')
    const gone = await simulator.call('PATCH', path, {})
    assert.equal(gone.status, 404)
  })

  test('does not start in production or on a taken port', async ({ assert, cleanup }) => {
    const simulator = await startTestSimulator()
    const environment = process.env.NODE_ENV
    cleanup(async () => {
      process.env.NODE_ENV = environment
      await simulator.close()
    })
    const failure = await startSimulator({ port: simulator.port }).catch((error) => error)
    assert.include(
      describeStartFailure(failure, { port: simulator.port, host: '127.0.0.1', file: ':memory:' }),
      `Port ${simulator.port} is taken`
    )
    process.env.NODE_ENV = 'production'
    await assert.rejects(() => startSimulator(), /does not start with NODE_ENV=production/)
  })
})

function pix() {
  return { transaction_amount: 10, payment_method_id: 'pix', payer: { email: 'ana@example.com' } }
}

test.group('Simulator | the cost of a payment', () => {
  test('stays flat from the first to the ten thousandth', async ({ assert, cleanup }) => {
    const { Simulator } = await import('../../../app/simulator/simulator.js')
    const { createPayment } = await import('../../../app/simulator/payments/create_payment.js')
    const { readPaymentRequest } =
      await import('../../../app/simulator/payments/payment_request.js')
    const { boletoRequest } = await import('./support.js')
    const sim = new Simulator(':memory:', defaultScenario)
    cleanup(() => sim.store.close())
    const owner = asOwner(sim.accounts.byToken(PLATFORM_ACCESS_TOKEN)!)
    sim.accounts.saveApplication({ ...sim.accounts.applications()[0], webhook_url: null })
    const nobody = { platform_id: null, integrator_id: null, corporation_id: null }
    const batch = (count: number) => {
      const startedAt = performance.now()
      for (let made = 0; made < count; made++) {
        const request = readPaymentRequest(sim, owner, boletoRequest())
        createPayment(sim, owner, request, nobody)
      }
      return performance.now() - startedAt
    }
    batch(500)
    const early = Math.min(batch(500), batch(500))
    batch(8000)
    const late = Math.min(batch(500), batch(500))
    assert.isBelow(late, early * 3)
  }).timeout(60_000)
})
