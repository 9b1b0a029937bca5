import { test } from '@japa/runner'
import { ARGENTINE_ACCESS_TOKEN, FOREIGN_ACCESS_TOKEN } from '../../../app/simulator/main.js'
import { boletoRequest, pixRequest, startTestSimulator, type TestSimulator } from './support.js'

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().replace('Z', '+00:00')
}

function without(path: string): Record<string, any> {
  const request = boletoRequest()
  const names = path.split('.')
  const last = names.pop()!
  delete names.reduce((inner, name) => inner[name], request)[last]
  return request
}

function payer(change: Record<string, unknown>): Record<string, any> {
  const request = boletoRequest()
  return { ...request, payer: { ...request.payer, ...change } }
}

const boleto = (change: Record<string, unknown>) => ({ ...boletoRequest(), ...change })
const pix = (change: Record<string, unknown>) => ({ ...pixRequest(), ...change })

const REFUSED: [string, Record<string, unknown>, number][] = [
  ['an unknown field', boleto({ collector_id: 1 }), 8],
  ['an unknown inner field', boleto({ additional_info: { payer: { test: 1 } } }), 8],
  ['no method', without('payment_method_id'), 4001],
  ['an unknown method', boleto({ payment_method_id: 'oxxo' }), 2131],
  ['no amount', without('transaction_amount'), 4002],
  ['an amount as text', boleto({ transaction_amount: '150.00' }), 4003],
  ['three decimals', boleto({ transaction_amount: 10.005 }), 2072],
  ['a float that slipped', boleto({ transaction_amount: 10.100000001 }), 2072],
  ['an amount of zero', boleto({ transaction_amount: 0 }), 4037],
  ['a negative amount', pix({ transaction_amount: -1 }), 4037],
  ['a boleto below its minimum', boleto({ transaction_amount: 3.99 }), 4037],
  ['instalments of a boleto', boleto({ installments: 3 }), 4033],
  ['no payer', without('payer'), 4096],
  ['a payer that is a list', boleto({ payer: [] }), 4006],
  ['no email', without('payer.email'), 4050],
  ['no valid email', payer({ email: 'nobody' }), 4050],
  ['a long email', payer({ email: `${'a'.repeat(250)}@b.co` }), 4051],
  ["the seller's own email", payer({ email: 'platform@testuser.com' }), 2034],
  ['no first name', without('payer.first_name'), 4094],
  ['no last name', without('payer.last_name'), 4095],
  ['no identification type', without('payer.identification.type'), 4097],
  ['no identification number', without('payer.identification.number'), 4098],
  ['a wrong CPF', payer({ identification: { type: 'CPF', number: '12345678900' } }), 2067],
  ['a wrong CNPJ', payer({ identification: { type: 'CNPJ', number: '11222333000182' } }), 2067],
  ['a foreign document', payer({ identification: { type: 'DNI', number: '12345678' } }), 2067],
  ['no neighborhood', without('payer.address.neighborhood'), 7521],
  ['a date without its zone', boleto({ date_of_expiration: '2099-01-01T00:00:00' }), 23],
  ['a boleto for today', boleto({ date_of_expiration: inDays(0) }), 7523],
  ['a boleto of 32 days', boleto({ date_of_expiration: inDays(32) }), 7523],
  ['a Pix of five minutes', pix({ date_of_expiration: inDays(5 / 1440) }), 7523],
  ['a negative fee', boleto({ application_fee: -1 }), 4039],
  ['a fee above the amount', boleto({ application_fee: 151 }), 4038],
  ['a fee without a granted token', boleto({ application_fee: 1 }), 2059],
  ['metadata that is text', boleto({ metadata: 'x' }), 4022],
  ['a notification_url that is none', boleto({ notification_url: 'nowhere' }), 4020],
  ['a long notification_url', boleto({ notification_url: `http://a.b/${'x'.repeat(500)}` }), 4021],
  ['a reference with spaces', boleto({ external_reference: 'a b' }), 1],
]

test.group('Simulator | refusals', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  test('refuses {0}')
    .with(REFUSED)
    .run(async ({ assert }, [, request, code]) => {
      const { status, body } = await simulator.post('/v1/payments', request)
      assert.equal(status, 400)
      assert.equal(body.status, 400)
      assert.equal(body.error, 'bad_request')
      assert.equal(body.cause[0].code, code)
      assert.equal(body.cause[0].description, body.message)
      assert.match(body.cause[0].data, /^\d\d-\d\d-\d{4}T\d\d:\d\d:\d\dUTC;[0-9a-f-]{36}$/)
    })

  test('names the path of an unknown field', async ({ assert }) => {
    const request = boleto({ additional_info: { payer: { test: 1 } } })
    const { body } = await simulator.post('/v1/payments', request)
    assert.include(body.message, '[additional_info.payer.test]')
  })

  test('creates nothing that it refuses', async ({ assert }) => {
    const { body } = await simulator.get('/v1/payments/search')
    assert.equal(body.paging.total, 0)
  })

  test('wants an idempotency key for a payment and for a refund', async ({ assert }) => {
    const payment = await simulator.call('POST', '/v1/payments', boletoRequest())
    const { id } = await simulator.charge()
    const refund = await simulator.call('POST', `/v1/payments/${id}/refunds`, {})
    assert.equal(payment.body.cause[0].code, 4292)
    assert.equal(refund.body.cause[0].code, 4292)
  })

  test('answers 401 and code 5 to no token and to an unknown one', async ({ assert }) => {
    for (const authorization of ['', 'Bearer APP_USR-unknown']) {
      const { status, body } = await simulator.call('GET', '/users/me', undefined, {
        authorization,
      })
      assert.equal(status, 401)
      assert.equal(body.error, 'unauthorized')
      assert.equal(body.cause[0].code, 5)
    }
  })

  test("answers another seller's payment exactly as one that never was", async ({ assert }) => {
    const { id } = await simulator.charge()
    const headers = { authorization: `Bearer ${FOREIGN_ACCESS_TOKEN}` }
    const foreign = await simulator.call('GET', `/v1/payments/${id}`, undefined, headers)
    const missing = await simulator.call('GET', '/v1/payments/1', undefined, headers)
    assert.equal(foreign.status, 404)
    assert.equal(foreign.body.cause[0].code, 2000)
    for (const { body } of [foreign, missing]) delete body.cause[0].data
    assert.deepEqual(foreign.body, missing.body)
  })

  test('knows no boleto outside Brazil', async ({ assert }) => {
    const { body } = await simulator.call('POST', '/v1/payments', boletoRequest(), {
      'authorization': `Bearer ${ARGENTINE_ACCESS_TOKEN}`,
      'x-idempotency-key': 'k',
    })
    assert.equal(body.cause[0].code, 2131)
  })

  test('refuses a body that is too large or no JSON', async ({ assert }) => {
    const large = await simulator.post(
      '/v1/payments',
      boleto({ description: 'x'.repeat(1_100_000) })
    )
    assert.equal(large.status, 413)
    const response = await fetch(`${simulator.url}/v1/payments`, {
      method: 'POST',
      headers: {
        'authorization': `Bearer ${simulator.accounts[0].access_token}`,
        'x-idempotency-key': 'k',
      },
      body: '{"transaction_amount":',
    })
    assert.equal(response.status, 400)
  })
})
