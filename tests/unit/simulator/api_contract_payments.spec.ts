import { test } from '@japa/runner'
import { ARGENTINE_ACCESS_TOKEN, SELLER_TOKENS } from '../../../app/simulator/main.js'
import { chargeCard } from './card_support.js'
import { differences, type Shape } from './contract.js'
import { bearer } from './oauth_support.js'
import * as shapes from './payment_shapes.js'
import {
  bodyOf,
  boletoRequest,
  pixRequest,
  startTestSimulator,
  type TestSimulator,
} from './support.js'

const ANYTHING = {
  ...boletoRequest(),
  notification_url: 'http://127.0.0.1:1/news',
  statement_descriptor: 'REPASSE',
  callback_url: 'https://shop.example.com/back',
  sponsor_id: 1,
  metadata: { orderNumber: 'a' },
  payment_method: {
    data: {
      rules: {
        discounts: [{ type: 'fixed', value: 5, limit_date: '2099-10-25' }],
        fine: { type: 'percentage', value: 2 },
        interest: { type: 'percentage', value: 0.03 },
      },
    },
  },
  additional_info: {
    ip_address: '127.0.0.1',
    items: [
      {
        id: '1',
        title: 'Fee',
        description: 'Monthly',
        picture_url: 'https://shop.example.com/1.png',
        category_id: 'services',
        quantity: 1,
        unit_price: 150,
      },
    ],
    payer: {
      phone: { area_code: '11', number: '987654321' },
      address: { zip_code: '01310-100', street_name: 'Avenida Paulista', street_number: '1000' },
      first_name: 'Ana',
      last_name: 'Lima',
      registration_date: '2022-01-10T10:10:10.000-00:00',
    },
    shipments: {
      receiver_address: {
        zip_code: '01310-100',
        street_name: 'Avenida Paulista',
        street_number: '1000',
        floor: '1',
        apartment: 'A',
      },
    },
  },
}

const PSE = {
  transaction_amount: 5000,
  payment_method_id: 'pse',
  description: 'Fee',
  notification_url: 'http://127.0.0.1:1/news',
  callback_url: 'https://shop.example.com/back',
  transaction_details: { financial_institution: '1009' },
  additional_info: { ip_address: '127.0.0.1' },
  payer: {
    email: 'ana@example.com',
    entity_type: 'individual',
    identification: { type: 'CC', number: '111111' },
  },
}

const CASH = {
  transaction_amount: 1500,
  payment_method_id: 'rapipago',
  payer: { email: 'ana@example.com' },
}

test.group('Simulator | the contract of payments', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const create = (body: unknown) => bodyOf(simulator.post('/v1/payments', body))
  const abroad = async (token: string, body: unknown) => {
    const headers = { ...bearer(token), 'x-idempotency-key': `k${token}` }
    const answer = await simulator.call('POST', '/v1/payments', body, headers)
    return answer.body
  }

  const ANSWERS: [of: string, shape: Shape, ask: () => Promise<unknown>][] = [
    ['a boleto', shapes.BOLETO, () => simulator.charge()],
    ['a Pix', shapes.PIX, () => create(pixRequest())],
    ['a voucher', shapes.CASH, () => abroad(ARGENTINE_ACCESS_TOKEN, CASH)],
    ['a transfer', shapes.PSE, () => abroad(SELLER_TOKENS.MCO, PSE)],
    ['an approved card', shapes.APPROVED_CARD, () => chargeCard(simulator)],
    ['a rejected card', shapes.REJECTED_CARD, () => chargeCard(simulator, 'FUND')],
    ['a reviewed card', shapes.REJECTED_CARD, () => chargeCard(simulator, 'CONT')],
    ['a challenged card', shapes.CHALLENGED_CARD, () => chargeCard(simulator, 'pending_challenge')],
    [
      'an authorized card',
      shapes.AUTHORIZED_CARD,
      () => chargeCard(simulator, 'APRO', { capture: false }),
    ],
  ]

  test('holds for {0}')
    .with(ANSWERS)
    .run(async ({ assert }, [, shape, ask]) => {
      assert.deepEqual(differences(await ask(), shape), [])
    })

  test('holds for all that can be told of a boleto, paid and refunded in part', async ({
    assert,
  }) => {
    const { body: created } = await simulator.call('POST', '/v1/payments', ANYTHING, {
      'x-idempotency-key': 'all',
      'x-platform-id': 'p',
      'x-integrator-id': 'i',
      'x-corporation-id': 'c',
    })
    await simulator.control(`/payments/${created.id}/pay`)
    await simulator.control(`/payments/${created.id}/refunds`, { amount: 1 })
    assert.deepEqual(differences(await simulator.payment(created.id), shapes.FULL_BOLETO), [])
  })

  test('holds for what is captured, cancelled or found as for what was created', async ({
    assert,
  }) => {
    const held = await chargeCard(simulator, 'APRO', { capture: false })
    const put = async (id: number, body: unknown) => {
      const answer = await simulator.call('PUT', `/v1/payments/${id}`, body)
      return answer.body
    }
    const captured = await put(held.id, { capture: true })
    assert.deepEqual(differences(captured, shapes.APPROVED_CARD), [])
    const { id } = await simulator.charge()
    assert.deepEqual(differences(await put(id, { status: 'cancelled' }), shapes.BOLETO), [])
    const { body: found } = await simulator.get('/v1/payments/search?sort=id&limit=1')
    const paging: Shape = { total: 'number', limit: 'number', offset: 'number' }
    assert.deepEqual(differences(found, { paging, results: [shapes.BOLETO] }), [])
  })

  test('holds for refunds, alone and listed', async ({ assert }) => {
    const { id } = await chargeCard(simulator)
    const path = `/v1/payments/${id}/refunds`
    const { body: made, status } = await simulator.post(path, { amount: 1 })
    assert.equal(status, 201)
    const { body: read } = await simulator.get(`${path}/${made.id}`)
    const { body: listed } = await simulator.get(`${path}/`)
    for (const refund of [made, read]) assert.deepEqual(differences(refund, shapes.REFUND), [])
    assert.deepEqual(differences(listed, [shapes.REFUND]), [])
  })

  test('holds for refusals', async ({ assert }) => {
    const shape: Shape = {
      message: 'string',
      error: 'string',
      status: 'number',
      cause: [{ code: 'number', description: 'string', data: 'string' }],
    }
    const missing = await simulator.get('/v1/payments/1')
    const wrong = await simulator.post('/v1/payments', {})
    const nobody = await simulator.call('GET', '/users/me', undefined, { authorization: '' })
    for (const { body } of [missing, wrong, nobody]) {
      assert.deepEqual(differences(body, shape), [])
    }
  })
})
