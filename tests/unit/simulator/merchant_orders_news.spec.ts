import { test } from '@japa/runner'
import {
  PLATFORM_ACCOUNT_ID,
  PLATFORM_CLIENT_ID,
  PLATFORM_WEBHOOK_SECRET,
} from '../../../app/simulator/main.js'
import { signatureOf } from '../../../app/simulator/notifications/signature.js'
import { ordersOf, payIn, prefer } from './checkout_support.js'
import { startReceiver, startTestSimulator } from './support.js'

test.group('Simulator | news of merchant orders', (group) => {
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  let simulator: Awaited<ReturnType<typeof startTestSimulator>>
  group.each.setup(async () => {
    receiver = await startReceiver()
    simulator = await startTestSimulator({ appUrl: receiver.url })
    return async () => {
      await simulator.close()
      await receiver.close()
    }
  })

  const ofOrders = () =>
    receiver.received.filter(({ url }) => url.search.includes('merchant_order'))

  test('come signed, with the id of the order in the address and in the body', async ({
    assert,
  }) => {
    const { id } = await prefer(simulator)
    await payIn(simulator, id)
    const [order] = await ordersOf(simulator, id)
    const news = ofOrders()
    assert.deepEqual(news.map(({ body }) => [body.action, body.status, body.version]).toSorted(), [
      ['create', 'opened', 0],
      ['update', 'closed', 2],
      ['update', 'opened', 1],
    ])
    for (const { url, headers, body } of news) {
      assert.deepEqual(Object.fromEntries(url.searchParams), {
        'data.id': String(order.id),
        'type': 'topic_merchant_order_wh',
      })
      assert.containSubset(body, {
        id: String(order.id),
        type: 'topic_merchant_order_wh',
        application_id: PLATFORM_CLIENT_ID,
        user_id: PLATFORM_ACCOUNT_ID,
        live_mode: true,
        data: { currency_id: '', marketplace: 'NONE', status: body.status },
      })
      const [, ts] = /ts=(\d+)/.exec(String(headers['x-signature']))!
      const requestId = String(headers['x-request-id'])
      const signed = { dataId: String(order.id), requestId, ts }
      assert.equal(headers['x-signature'], signatureOf(PLATFORM_WEBHOOK_SECRET, signed))
    }
  })

  test('go where the preference wants them, with those of its payments', async ({ assert }) => {
    const { id } = await prefer(simulator, { notification_url: `${receiver.url}/shop` })
    await payIn(simulator, id)
    assert.isTrue(receiver.received.every(({ url }) => url.pathname === '/shop'))
    const types = receiver.received.map(({ url }) => url.searchParams.get('type'))
    assert.deepEqual(types.toSorted(), [
      'payment',
      'payment',
      'topic_merchant_order_wh',
      'topic_merchant_order_wh',
      'topic_merchant_order_wh',
    ])
  })

  test('come in the older spelling as well, where an application wants it', async ({ assert }) => {
    await simulator.call('PATCH', `/_simulator/applications/${PLATFORM_CLIENT_ID}`, {
      legacy_ipn: true,
    })
    const { id } = await prefer(simulator)
    await payIn(simulator, id)
    const [order] = await ordersOf(simulator, id)
    const older = ofOrders().filter(({ url }) => url.searchParams.has('topic'))
    assert.lengthOf(older, 3)
    for (const { url, headers, body } of older) {
      assert.deepEqual(Object.fromEntries(url.searchParams), {
        topic: 'merchant_order',
        id: String(order.id),
      })
      const resource = `${simulator.url}/merchant_orders/${order.id}`
      assert.deepEqual(body, { resource, topic: 'merchant_order' })
      assert.notProperty(headers, 'x-signature')
      const { status } = await simulator.get(new URL(body.resource).pathname)
      assert.equal(status, 200)
    }
  })

  test('are only what an address asks for', async ({ assert }) => {
    const { id } = await prefer(simulator, {
      notification_url: `${receiver.url}/shop?source_news=ipn`,
    })
    await payIn(simulator, id)
    assert.isTrue(receiver.received.every(({ url }) => url.searchParams.has('topic')))
  })

  test('are not sent of what tells nothing new, such as a release', async ({ assert }) => {
    const { id } = await prefer(simulator)
    await payIn(simulator, id)
    const before = receiver.received.length
    await simulator.control('/clock', { advance_days: 40 })
    assert.lengthOf(receiver.received, before)
  })

  test('suffer the faults that others suffer', async ({ assert }) => {
    const { id } = await prefer(simulator)
    await simulator.control('/faults', { kind: 'drop' })
    await payIn(simulator, id)
    assert.lengthOf(receiver.received, 0)
  })
})
