import { test } from '@japa/runner'
import mercadopago from 'mercadopago'
import {
  PLATFORM_ACCOUNT_ID,
  PLATFORM_CLIENT_ID,
  PLATFORM_WEBHOOK_SECRET,
} from '../../../app/simulator/main.js'
import { startReceiver, startTestSimulator, type Received } from './support.js'

const { WebhookSignatureValidator } = mercadopago

function verify({ url, headers }: Received, secret = PLATFORM_WEBHOOK_SECRET): boolean {
  try {
    WebhookSignatureValidator.validate({
      xSignature: headers['x-signature'],
      xRequestId: headers['x-request-id'],
      dataId: url.searchParams.get('data.id'),
      secret,
    })
    return true
  } catch {
    return false
  }
}

test.group('Simulator | notifications', () => {
  async function start(cleanup: (handler: () => Promise<void>) => void, respond?: () => number) {
    const receiver = await startReceiver(respond)
    const simulator = await startTestSimulator({ appUrl: receiver.url })
    cleanup(async () => {
      await simulator.close()
      await receiver.close()
    })
    const fault = (kind: string, more: Record<string, unknown> = {}) =>
      simulator.control('/faults', { kind, times: 1, ...more })
    return { receiver, simulator, fault }
  }

  test('tells of a payment created and changed, signed', async ({ assert, cleanup }) => {
    const { receiver, simulator } = await start(cleanup)
    const { id } = await simulator.charge()
    await simulator.control(`/payments/${id}/pay`)
    const [created, updated] = receiver.received
    assert.equal(created.url.pathname, '/webhooks/mercadopago')
    assert.equal(created.url.searchParams.get('data.id'), String(id))
    assert.equal(created.url.searchParams.get('type'), 'payment')
    assert.deepInclude(created.body, {
      type: 'payment',
      action: 'payment.created',
      api_version: 'v1',
      user_id: PLATFORM_ACCOUNT_ID,
      live_mode: true,
      data: { id: String(id) },
    })
    assert.isNumber(created.body.id)
    assert.match(created.body.date_created, /-04:00$/)
    assert.equal(updated.body.action, 'payment.updated')
    assert.isTrue(verify(created) && verify(updated))
  })

  test("sends to a payment's own address first", async ({ assert, cleanup }) => {
    const { receiver, simulator } = await start(cleanup)
    const own = await startReceiver()
    cleanup(() => own.close())
    await simulator.charge({ notification_url: `${own.url}/hook?store=1` })
    await simulator.control('/deliveries/flush')
    assert.lengthOf(receiver.received, 0)
    assert.equal(own.received[0].url.searchParams.get('store'), '1')
    assert.isTrue(verify(own.received[0]))
  })

  test('signs with a changed secret and stays silent without an address', async ({
    assert,
    cleanup,
  }) => {
    const { receiver, simulator } = await start(cleanup)
    const path = `/_simulator/applications/${PLATFORM_CLIENT_ID}`
    await simulator.call('PATCH', path, { webhook_secret: 'another' })
    await simulator.charge()
    await simulator.control('/deliveries/flush')
    assert.isTrue(verify(receiver.received[0], 'another'))
    await simulator.call('PATCH', path, { webhook_url: null })
    await simulator.charge()
    await simulator.control('/deliveries/flush')
    assert.lengthOf(receiver.received, 1)
  })

  test('tries again after 15 and 30 minutes, 6, 48 and 96 hours, then gives up', async ({
    assert,
    cleanup,
  }) => {
    const { receiver, simulator } = await start(cleanup, () => 500)
    const { id } = await simulator.charge({ payment_method_id: 'pix' })
    await simulator.control('/deliveries/flush', { due_only: true })
    const counts: number[] = [receiver.received.length]
    const minutes = [14, 1, 15, 5.5 * 60, 42 * 60, 48 * 60, 30 * 24 * 60]
    for (const advance of minutes) {
      await simulator.control('/clock', { advance_seconds: advance * 60 + 1 })
      const own = receiver.received.filter(({ body }) => body.action === 'payment.created')
      counts.push(own.length)
    }
    assert.deepEqual(counts, [1, 1, 2, 3, 4, 5, 6, 6])
    const { body: deliveries } = await simulator.get('/_simulator/deliveries')
    const created = deliveries.find((one: any) => one.action === 'payment.created')
    assert.deepInclude(created, { state: 'failed', data_id: String(id) })
    assert.deepEqual(
      created.attempts.map((attempt: any) => attempt.status),
      [500, 500, 500, 500, 500, 500]
    )
  })

  test('stops once it is acknowledged', async ({ assert, cleanup }) => {
    const { receiver, simulator } = await start(cleanup, () =>
      receiver.received.length < 2 ? 503 : 201
    )
    await simulator.charge()
    await simulator.control('/deliveries/flush', { due_only: true })
    await simulator.control('/clock', { advance_seconds: 901 })
    await simulator.control('/clock', { advance_seconds: 86_400 })
    assert.lengthOf(receiver.received, 2)
    const { body } = await simulator.get('/_simulator/deliveries')
    assert.equal(body[0].state, 'delivered')
  })

  test('gives up waiting for a receiver that does not answer', async ({ assert, cleanup }) => {
    const { createServer } = await import('node:http')
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    const simulator = await startTestSimulator({
      appUrl: `http://127.0.0.1:${port}`,
      acknowledgeWithinMs: 50,
    })
    cleanup(async () => {
      await simulator.close()
      silent.closeAllConnections()
      silent.close()
    })
    await simulator.charge()
    await simulator.control('/deliveries/flush')
    const { body } = await simulator.get('/_simulator/deliveries')
    assert.deepInclude(body[0].attempts[0], { status: null, error: 'TimeoutError' })
  })

  test('duplicates, drops and delays on request', async ({ assert, cleanup }) => {
    const { receiver, simulator, fault } = await start(cleanup)
    await fault('duplicate', { copies: 2 })
    await simulator.charge()
    await simulator.control('/clock', { advance_seconds: 0 })
    assert.lengthOf(receiver.received, 3)
    assert.equal(new Set(receiver.received.map(({ body }) => body.id)).size, 1)

    await fault('drop')
    await simulator.charge()
    await simulator.control('/clock', { advance_seconds: 0 })
    assert.lengthOf(receiver.received, 3)

    await fault('delay', { ms: 60_000 })
    await simulator.charge()
    await simulator.control('/clock', { advance_seconds: 59 })
    assert.lengthOf(receiver.received, 3)
    await simulator.control('/clock', { advance_seconds: 1 })
    assert.lengthOf(receiver.received, 4)
  })

  test('lets a later notification overtake on request', async ({ assert, cleanup }) => {
    const { receiver, simulator, fault } = await start(cleanup)
    await fault('reorder')
    const { id } = await simulator.charge()
    await simulator.control(`/payments/${id}/pay`)
    assert.deepEqual(
      receiver.received.map(({ body }) => body.action),
      ['payment.updated', 'payment.created']
    )
  })

  test('sends unsigned, forged and in milliseconds on request', async ({ assert, cleanup }) => {
    const { receiver, simulator, fault } = await start(cleanup)
    for (const kind of ['unsigned', 'forged', 'ms_timestamp']) {
      await fault(kind)
      await simulator.charge()
      await simulator.control('/clock', { advance_seconds: 0 })
    }
    const [unsigned, forged, inMs] = receiver.received
    assert.isUndefined(unsigned.headers['x-signature'])
    assert.isFalse(verify(forged))
    assert.isTrue(verify(inMs))
    assert.match(String(inMs.headers['x-signature']), /^ts=\d{13},/)
  })

  test('signs the id in small letters on request', async ({ assert, cleanup }) => {
    const { receiver, simulator, fault } = await start(cleanup)
    await fault('lowercase_id')
    await simulator.charge()
    await simulator.control('/clock', { advance_seconds: 0 })
    const { body } = await simulator.get('/_simulator/deliveries')
    assert.equal(body[0].signed_id_case, 'lower')
    assert.isTrue(verify(receiver.received[0]))
  })

  test('sends whatever a tester makes up', async ({ assert, cleanup }) => {
    const { receiver, simulator } = await start(cleanup)
    const answer = await simulator.control('/notifications', {
      user_id: 4242,
      data_id: 'ABC123',
      type: 'order',
      action: 'order.processed',
      signed_id_case: 'lower',
      ts: 1763640000,
      times: 2,
    })
    assert.equal(answer.status, 201)
    assert.deepEqual(
      answer.body.attempts.map((attempt: any) => attempt.status),
      [200, 200]
    )
    const [sent, again] = receiver.received
    assert.deepInclude(sent.body, { user_id: 4242, type: 'order', action: 'order.processed' })
    assert.equal(sent.body.id, again.body.id)
    assert.isFalse(verify(sent))
    sent.url.searchParams.set('data.id', 'abc123')
    assert.isTrue(verify(sent))
    assert.match(String(sent.headers['x-signature']), /^ts=1763640000,/)
  })

  test('sends each of many once, whoever asks for it at the same time', async ({
    assert,
    cleanup,
  }) => {
    const { receiver, simulator } = await start(cleanup)
    await Promise.all(Array.from({ length: 60 }, () => simulator.charge()))
    const askers = Array.from({ length: 4 }, () =>
      simulator.control('/deliveries/flush', { due_only: true })
    )
    await Promise.all([...askers, simulator.control('/clock', { advance_seconds: 1 })])
    const ids = new Set(receiver.received.map(({ body }) => body.id))
    assert.deepEqual([receiver.received.length, ids.size], [60, 60])
  })

  test('forgets on a reset what was to be sent', async ({ assert, cleanup }) => {
    const { receiver, simulator, fault } = await start(cleanup)
    await fault('delay', { ms: 1000 })
    await simulator.charge()
    await simulator.control('/reset')
    await simulator.control('/clock', { advance_days: 1 })
    assert.lengthOf(receiver.received, 0)
  })

  test('sends one delivery again by hand', async ({ assert, cleanup }) => {
    const { receiver, simulator } = await start(cleanup)
    await simulator.charge()
    await simulator.control('/deliveries/flush')
    const { body } = await simulator.get('/_simulator/deliveries')
    const { body: again } = await simulator.control(`/deliveries/${body[0].id}/redeliver`)
    assert.lengthOf(again.attempts, 2)
    assert.lengthOf(receiver.received, 2)
  })
})
