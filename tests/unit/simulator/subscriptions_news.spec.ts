import { test } from '@japa/runner'
import {
  PLATFORM_ACCOUNT_ID,
  PLATFORM_CLIENT_ID,
  PLATFORM_WEBHOOK_SECRET,
} from '../../../app/simulator/main.js'
import { signatureOf } from '../../../app/simulator/notifications/signature.js'
import { startReceiver, startTestSimulator, type TestSimulator } from './support.js'
import {
  advance,
  cardToken,
  createPlan,
  invoices,
  preapproval,
  put,
  rename,
  subscribe,
} from './subscription_support.js'

test.group('Simulator | news of subscriptions', (group) => {
  let simulator: TestSimulator
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  group.each.setup(async () => {
    receiver = await startReceiver()
    simulator = await startTestSimulator({ appUrl: receiver.url })
    return async () => {
      await simulator.close()
      await receiver.close()
    }
  })

  /** What was told since the last time, each as topic, action and version. */
  async function heard(topic?: string) {
    await simulator.control('/deliveries/flush')
    const news = receiver.received.splice(0).map(({ body }) => body)
    return news
      .filter(({ type }) => topic === undefined || type === topic)
      .map(({ type, action, version }) =>
        [type, action, version].filter((part) => part !== undefined).join(' ')
      )
  }

  test('tell a subscription that was made, with the payments that prove its card', async ({
    assert,
  }) => {
    await subscribe(simulator)
    assert.deepEqual(await heard(), [
      'payment payment.created',
      'payment payment.updated',
      'payment payment.updated',
      'subscription_preapproval created 0',
      'subscription_authorized_payment created 0',
    ])
  })

  test('are signed, name the seller and the application, and say the version', async ({
    assert,
  }) => {
    const { id } = await subscribe(simulator)
    await simulator.control('/deliveries/flush')
    const told = receiver.received.find(({ body }) => body.type === 'subscription_preapproval')!
    assert.deepInclude(told.body, {
      type: 'subscription_preapproval',
      action: 'created',
      entity: 'preapproval',
      version: 0,
      user_id: PLATFORM_ACCOUNT_ID,
      application_id: Number(PLATFORM_CLIENT_ID),
      data: { id },
      live_mode: true,
      api_version: 'v1',
    })
    assert.isNotNaN(Date.parse(told.body.date))
    assert.equal(told.url.searchParams.get('data.id'), id)
    assert.equal(told.url.searchParams.get('type'), 'subscription_preapproval')
    const [, ts] = /^ts=(\d+),/.exec(told.headers['x-signature'] as string)!
    const requestId = told.headers['x-request-id'] as string
    const expected = signatureOf(PLATFORM_WEBHOOK_SECRET, { dataId: id, requestId, ts })
    assert.equal(told.headers['x-signature'], expected)
  })

  test('tell pauses, resumptions, cards and cancellations, but no amounts and texts', async ({
    assert,
  }) => {
    const { id } = await subscribe(simulator)
    await advance(simulator, 1)
    await heard()
    const after = async (body: unknown) => {
      await put(simulator, id, body)
      const { version } = await preapproval(simulator, id)
      const news = await heard('subscription_preapproval')
      assert.deepEqual(
        news.map((one) => one.replace(String(version), 'latest')),
        news.length > 0 ? ['subscription_preapproval updated latest'] : []
      )
      return news.length
    }
    assert.equal(await after({ reason: 'Other' }), 0)
    assert.equal(await after({ auto_recurring: { transaction_amount: 20 } }), 0)
    assert.equal(await after({ status: 'authorized' }), 0)
    assert.equal(await after({ card_token_id: await cardToken(simulator) }), 1)
    assert.equal(await after({ status: 'paused' }), 1)
    assert.equal(await after({ status: 'authorized' }), 1)
    assert.equal(await after({ status: 'cancelled' }), 1)
  })

  test('tell every try of an instalment, and what becomes of the subscription', async ({
    assert,
  }) => {
    const { id } = await subscribe(simulator)
    await rename(simulator, id, 'FUND')
    await heard()
    await advance(simulator, 20)
    assert.deepEqual(
      await heard('subscription_authorized_payment'),
      [1, 2, 3, 4].map((version) => `subscription_authorized_payment updated ${version}`)
    )
    await advance(simulator, 70)
    const [last] = await heard('subscription_preapproval')
    const { version, status } = await preapproval(simulator, id)
    assert.equal(last, `subscription_preapproval updated ${version}`)
    assert.equal(status, 'cancelled')
  })

  test('tell plans', async ({ assert }) => {
    const plan = await createPlan(simulator)
    await subscribe(simulator, { preapproval_plan_id: plan.id })
    await heard()
    await simulator.call('PUT', `/preapproval_plan/${plan.id}`, { reason: 'Gold' })
    assert.deepEqual(await heard(), ['subscription_preapproval_plan updated 1'])
  })

  test('come once each, though months pass at once, and are tried again like others', async ({
    assert,
  }) => {
    const { id } = await subscribe(simulator)
    await heard()
    await advance(simulator, 100)
    const news = receiver.received.filter(({ body }) => {
      return body.type === 'subscription_authorized_payment'
    })
    const all = await invoices(simulator, id)
    // The first one was told already; each later one when it fell due and when it was collected.
    assert.lengthOf(news, all.length * 2 - 1)
    assert.lengthOf(new Set(news.map(({ body }) => body.id)), news.length)
    const dated = news.map(({ body }) => Date.parse(body.date_created))
    assert.deepEqual(
      dated,
      dated.toSorted((one, other) => one - other)
    )
    assert.isAbove(dated.at(-1)! - dated[0], 85 * 86_400_000)
  })

  test('that are late are retried from when they were sent, not from when they were due', async ({
    assert,
  }) => {
    await subscribe(simulator)
    await receiver.close()
    await advance(simulator, 100)
    const { body: deliveries } = await simulator.get('/_simulator/deliveries')
    const states = new Set(deliveries.map(({ state }: any) => state))
    assert.isTrue(states.has('pending'))
    const { body: clock } = await simulator.get('/_simulator/clock')
    const [latest] = deliveries
    assert.isAbove(Date.parse(latest.due_at), Date.parse(clock.now))
  })

  test('name the application as it is called by now', async ({ assert }) => {
    const path = `/_simulator/applications/${PLATFORM_CLIENT_ID}`
    const { id } = await subscribe(simulator)
    const plan = await createPlan(simulator)
    await heard()
    await simulator.call('PATCH', path, { client_id: '777' })
    await put(simulator, id, { status: 'paused' })
    await simulator.call('PUT', `/preapproval_plan/${plan.id}`, { reason: 'Other' })
    await simulator.control('/deliveries/flush')
    const told = receiver.received.filter(({ body }) => /preapproval/.test(body.type))
    assert.deepEqual(
      told.map(({ body }) => body.application_id),
      [777, 777]
    )
  })

  test('go nowhere where no webhook is known', async ({ assert }) => {
    await simulator.call('PATCH', `/_simulator/applications/${PLATFORM_CLIENT_ID}`, {
      webhook_url: null,
    })
    await subscribe(simulator)
    await createPlan(simulator)
    assert.isEmpty(await heard())
  })
})
