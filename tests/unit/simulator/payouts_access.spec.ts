import { test } from '@japa/runner'
import { PLATFORM_ACCOUNT_ID, PLATFORM_CLIENT_ID } from '../../../app/simulator/main.js'
import { keyPair, moneyOf, payoutRequest, statusOf } from './payout_support.js'
import { startReceiver, startTestSimulator, type TestSimulator } from './support.js'

test.group('Simulator | notifications of payouts', () => {
  test('tell of creation and change, to the address of the call', async ({ assert, cleanup }) => {
    const receiver = await startReceiver()
    const simulator = await startTestSimulator()
    cleanup(async () => {
      await simulator.close()
      await receiver.close()
    })
    const money = moneyOf(simulator)
    await money.allow()
    await money.move('deposit', 100)
    const url = `${receiver.url}/payouts`
    const { body } = await money.send({
      ...payoutRequest(),
      seller_configuration: { notification_info: { notification_url: url } },
    })
    await simulator.control('/deliveries/flush')
    const [created, updated] = receiver.received
    assert.equal(created.url.pathname, '/payouts')
    assert.equal(created.url.searchParams.get('data.id'), body.id)
    assert.deepInclude(created.body, {
      type: 'transaction_intent',
      action: 'transaction_intent.created',
      status: 'new',
      user_id: PLATFORM_ACCOUNT_ID,
      data: { id: body.id },
    })
    assert.deepInclude(updated.body, {
      action: 'transaction_intent.updated',
      status: 'processed',
    })
    assert.match(String(updated.headers['x-signature']), /^ts=\d+,v1=[0-9a-f]{64}$/)
    assert.lengthOf(receiver.received, 2)
  })
})

test.group('Simulator | access to payouts', (group) => {
  let simulator: TestSimulator
  let money: ReturnType<typeof moneyOf>
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    money = moneyOf(simulator)
    await money.move('deposit', 500)
    return () => simulator.close()
  })

  const enforced = { 'x-enforce-signature': 'true' }

  test('is refused to an application until it is allowed', async ({ assert }) => {
    const refused = await money.send(payoutRequest())
    assert.equal(refused.status, 400)
    assert.deepInclude(refused.body, {
      code: 'client_not_allowed',
      message: 'client id not allowed',
      status: 400,
    })
    await money.allow()
    assert.equal(await statusOf(money.send(payoutRequest())), 202)
    await money.allow({ allowed: false })
    assert.equal(await statusOf(money.send(payoutRequest())), 400)
  })

  test('takes the signature of the body with the registered key', async ({ assert }) => {
    const key = keyPair()
    await money.allow({ allowed: true, public_key: key.pem })
    const request = payoutRequest()
    const signature = key.sign(JSON.stringify(request))
    const headers = { ...enforced, 'x-signature': signature }
    assert.equal(await statusOf(money.send(request, headers)), 202)
  })

  test('refuses a signature of another key, another body, or none at all', async ({ assert }) => {
    const key = keyPair()
    await money.allow({ allowed: true, public_key: key.pem })
    const body = JSON.stringify(payoutRequest())
    const signatures = [keyPair().sign(body), key.sign(`${body} `), 'true', '']
    for (const signature of signatures) {
      const headers = { ...enforced, 'x-signature': signature }
      const refused = await money.send(payoutRequest(), headers)
      assert.equal(refused.status, 400)
      assert.equal(refused.body.message, 'unauthorized')
    }
    assert.equal(await money.available(), 500)
  })

  test('asks for no signature that is not to be enforced', async ({ assert }) => {
    await money.allow({ allowed: true, public_key: keyPair().pem })
    const headers = { 'x-enforce-signature': 'false', 'x-test-token': 'true' }
    assert.equal(await statusOf(money.send(payoutRequest(), headers)), 202)
  })

  test('needs a registered key to enforce a signature', async ({ assert }) => {
    await money.allow()
    const signature = keyPair().sign(JSON.stringify(payoutRequest()))
    const refused = await money.send(payoutRequest(), { ...enforced, 'x-signature': signature })
    assert.deepEqual(refused.body.details, ['no public key is registered for this application'])
  })

  test('registers only a public Ed25519 key', async ({ assert }) => {
    assert.equal(await statusOf(money.allow({ public_key: 'no key' })), 400)
    const { body } = await money.allow({ public_key: keyPair().pem })
    assert.isFalse(body.payouts.allowed)
    assert.equal(body.client_id, PLATFORM_CLIENT_ID)
    const removed = await money.allow({ public_key: null })
    assert.isNull(removed.body.payouts.public_key)
  })
})
