import { test } from '@japa/runner'
import { FOREIGN_ACCOUNT_ID, PLATFORM_CLIENT_ID } from '../../../app/simulator/main.js'
import { chargeCard } from './card_support.js'
import { differences, type Shape } from './contract.js'
import { CLIENT, consent } from './oauth_support.js'
import { moneyOf, payoutRequest } from './payout_support.js'
import {
  pixRequest,
  startReceiver,
  startTestSimulator,
  type Received,
  type TestSimulator,
} from './support.js'

const PAYMENT: Shape = {
  id: 'number',
  live_mode: 'boolean',
  type: 'string',
  date_created: 'time',
  user_id: 'number',
  api_version: 'string',
  action: 'string',
  data: { id: 'string' },
}

const CONNECT: Shape = {
  id: 'string',
  live_mode: 'boolean',
  type: 'string',
  date_created: 'utc',
  user_id: 'number',
  api_version: 'string',
  action: 'string',
  data: { id: 'string' },
}

const CHARGEBACK: Shape = {
  id: 'number',
  live_mode: 'boolean',
  type: 'string',
  date_created: 'time',
  user_id: 'number',
  api_version: 'string',
  application_id: 'number',
  version: 'number',
  actions: ['string'],
  data: {
    checkout: 'string',
    date_updated: 'utc',
    // Beyond 2^53: read as a number, it is another one.
    id: 'number',
    payment_id: 'number',
    product_id: 'null',
    site_id: 'string',
    transaction_intent_id: 'string',
  },
}

const CLAIM: Shape = {
  id: 'number',
  live_mode: 'boolean',
  type: 'string',
  date_created: 'time',
  user_id: 'number',
  api_version: 'string',
  application_id: 'number',
  version: 'number',
  actions: ['string'],
  data: { id: 'string', resource: 'string' },
}

const PAYOUT: Shape = {
  id: 'number',
  live_mode: 'boolean',
  type: 'string',
  date_created: 'time',
  user_id: 'number',
  api_version: 'string',
  action: 'string',
  status: 'string',
  last_updated: 'time',
  data: { id: 'string' },
}

const IPN: Shape = { resource: 'string', topic: 'string' }

test.group('Simulator | the contract of notifications', (group) => {
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

  /** The one kind of news, once all is out. */
  const heard = async (type: string): Promise<Received> => {
    await simulator.control('/deliveries/flush')
    return receiver.received.find(({ url }) => url.searchParams.get('type') === type)!
  }

  test('holds for payments: query, headers and body', async ({ assert }) => {
    const { id } = await simulator.charge(pixRequest())
    const { url, headers, body } = await heard('payment')
    assert.deepEqual(differences(body, PAYMENT), [])
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      'data.id': `${id}`,
      'type': 'payment',
    })
    assert.match(String(headers['x-signature']), /^ts=\d{10},v1=[0-9a-f]{64}$/)
    assert.match(String(headers['x-request-id']), /^[0-9a-f-]{36}$/)
    assert.equal(headers['content-type'], 'application/json')
  })

  test('holds for a seller who connects, and leaves', async ({ assert }) => {
    const redirect = `${receiver.url}/tenant/gateway/callback`
    const code = await consent(simulator, { redirect_uri: redirect })
    const grant = { grant_type: 'authorization_code', code, redirect_uri: redirect }
    await simulator.call('POST', '/oauth/token', { ...CLIENT, ...grant })
    const { body } = await heard('mp-connect')
    assert.deepEqual(differences(body, CONNECT), [])
    assert.deepInclude(body, { action: 'application.authorized', user_id: FOREIGN_ACCOUNT_ID })
    receiver.received.length = 0
    const path = `/_simulator/accounts/${FOREIGN_ACCOUNT_ID}/connections/${PLATFORM_CLIENT_ID}`
    await simulator.call('DELETE', path)
    const left = await heard('mp-connect')
    assert.deepEqual(differences(left.body, CONNECT), [])
    assert.equal(left.body.action, 'application.deauthorized')
  })

  test('holds for chargebacks and claims', async ({ assert }) => {
    const { id } = await chargeCard(simulator)
    await simulator.control(`/payments/${id}/chargebacks`)
    const chargeback = await heard('topic_chargebacks_wh')
    assert.deepEqual(differences(chargeback.body, CHARGEBACK), [])
    assert.match(chargeback.url.searchParams.get('data.id')!, /^\d{18}$/)
    const { id: other } = await chargeCard(simulator)
    await simulator.control(`/payments/${other}/mediations`)
    const claim = await heard('topic_claims_integration_wh')
    assert.deepEqual(differences(claim.body, CLAIM), [])
  })

  test('holds for payouts', async ({ assert }) => {
    const money = moneyOf(simulator)
    await money.allow()
    await money.move('deposit', 500)
    const { body: payout } = await money.send(payoutRequest(100))
    const { url, body } = await heard('transaction_intent')
    assert.deepEqual(differences(body, PAYOUT), [])
    assert.equal(url.searchParams.get('data.id'), payout.id)
  })

  test('holds for the older kind', async ({ assert }) => {
    const path = `/_simulator/applications/${PLATFORM_CLIENT_ID}`
    await simulator.call('PATCH', path, { legacy_ipn: true })
    const { id } = await simulator.charge(pixRequest())
    await simulator.control('/deliveries/flush')
    const { url, headers, body } = receiver.received.find(({ url: at }) =>
      at.searchParams.has('topic')
    )!
    assert.deepEqual(differences(body, IPN), [])
    assert.deepEqual(Object.fromEntries(url.searchParams), { id: `${id}`, topic: 'payment' })
    assert.isUndefined(headers['x-signature'])
  })
})
