import { test } from '@japa/runner'
import {
  boletoOrder,
  boletoPayer,
  cardOrder,
  pixOrder,
  place,
  paymentIdOf,
} from './orders_support.js'
import { startTestSimulator, type Answered, type TestSimulator } from './support.js'

type Change = (order: Record<string, any>) => void

const pay = (order: Record<string, any>) => order.transactions.payments[0]

/** What is wrong with an order for a boleto, and what is said of it. */
const WRONG_ORDERS: [what: string, change: Change, code: string, detail?: string][] = [
  [
    'no total',
    (order) => delete order.total_amount,
    'required_properties',
    "'$' - required property 'total_amount' is missing",
  ],
  [
    'a number as total',
    (order) => (order.total_amount = 150),
    'property_type',
    "'$.total_amount' - expected string, but got number",
  ],
  ['one decimal', (order) => (order.total_amount = '150.0'), 'property_value'],
  ['nothing to pay', (order) => (order.total_amount = '0.00'), 'property_value'],
  ['a total of another sum', (order) => (order.total_amount = '1.00'), 'invalid_total_amount'],
  ['no payer', (order) => delete order.payer, 'required_properties'],
  [
    'a payer without an address to write to',
    (order) => delete order.payer.email,
    'required_properties',
    "'$.payer' - required property 'email' is missing",
  ],
  [
    'a boleto of somebody without a state',
    (order) => delete order.payer.address.state,
    'required_properties',
    "'$.payer.address' - required property 'state' is missing",
  ],
  ['a tax id that is none', (order) => (order.payer.identification.number = '1'), 'property_value'],
  [
    'an unknown field',
    (order) => (order.notification_url = 'https://x/'),
    'unsupported_properties',
    "additionalProperties '$.notification_url' not allowed",
  ],
  ['an unknown mode', (order) => (order.processing_mode = 'later'), 'property_value'],
  ['no duration', (order) => (order.expiration_time = '2 days'), 'property_value'],
  ['a reference with a space', (order) => (order.external_reference = 'a b'), 'property_value'],
  ['another type', (order) => (order.type = 'qr'), 'invalid_order_type'],
  ['no transactions', (order) => delete order.transactions, 'required_properties'],
  [
    'an empty list of payments',
    (order) => (order.transactions.payments = []),
    'order_builder_without_transactions',
  ],
  ['two payments', (order) => order.transactions.payments.push(pay(order)), 'maximum_items'],
  ['no items at all', (order) => (order.items = []), 'minimum_items'],
  [
    'items that cost less',
    (order) => (order.items = [{ title: 'x', unit_price: '10.00', quantity: 14 }]),
    'order_items_total_amount_mismatch',
  ],
  [
    'a sponsor that is no account',
    (order) => (order.integration_data = { sponsor: { id: '1' } }),
    'order_invalid_sponsor_id',
  ],
  [
    'a method that is not known',
    (order) => (pay(order).payment_method.id = 'oxxo'),
    'property_value',
  ],
  [
    'another type of it',
    (order) => (pay(order).payment_method.type = 'atm'),
    'property_value',
    `'$.transactions.payments[0].payment_method.type' - must be "ticket"`,
  ],
  ['a capture by hand', (order) => (order.capture_mode = 'manual'), 'invalid_properties'],
  ['a fee of its own', (order) => (order.marketplace_fee = '1.00'), 'invalid_properties'],
  ['an end long ago', (order) => (pay(order).date_of_expiration = '2020-01-01'), 'property_value'],
  ['a text', (order) => Object.assign(order, { items: 'x' }), 'property_type'],
]

test.group('Simulator | refused orders', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const refusal = ({ status, body }: Answered) => `${status} ${body.errors[0].code}`
  const post = async (path: string, body?: unknown) => refusal(await simulator.post(path, body))
  const raw = async (method: string, path: string, body: unknown, headers = {}) =>
    refusal(await simulator.call(method, path, body, headers))

  for (const [what, change, code, detail] of WRONG_ORDERS) {
    test(`are those with ${what}`, async ({ assert }) => {
      const order = boletoOrder()
      change(order)
      const answer = await simulator.post('/v1/orders', order)
      assert.equal(refusal(answer), `400 ${code}`)
      assert.sameMembers(Object.keys(answer.body.errors[0]), ['code', 'message', 'details'])
      if (detail) assert.include(answer.body.errors[0].details, detail)
      assert.lengthOf(await simulator.journal('order.'), 0)
    })
  }

  test('name everything that is wrong at once', async ({ assert }) => {
    const { body } = await simulator.post('/v1/orders', { total_amount: 1, x: 1, y: 2 })
    const codes = body.errors.map(({ code, details }: any) => `${code} ${details.length}`)
    assert.deepEqual(codes, [
      'required_properties 2',
      'property_type 1',
      'unsupported_properties 2',
    ])
  })

  test('are Pix without a reference, and cards without a token', async ({ assert }) => {
    const pix = pixOrder()
    delete pix.external_reference
    assert.equal(await post('/v1/orders', pix), '400 required_properties')
    const card = await cardOrder(simulator)
    delete pay(card).payment_method.token
    assert.equal(await post('/v1/orders', card), '400 required_properties')
  })

  test('are bodies that are no JSON, and calls without a good key or token', async ({ assert }) => {
    const response = await fetch(`${simulator.url}/v1/orders`, {
      method: 'POST',
      body: '{',
      headers: {
        'authorization': `Bearer ${simulator.accounts[0].access_token}`,
        'x-idempotency-key': 'k',
      },
    })
    const answered = { ...response, status: response.status, body: await response.json() }
    assert.equal(refusal(answered as unknown as Answered), '400 json_syntax_error')
    const order = boletoOrder()
    assert.equal(await raw('POST', '/v1/orders', order), '400 empty_required_header')
    const long = { 'x-idempotency-key': 'k'.repeat(129) }
    assert.equal(await raw('POST', '/v1/orders', order, long), '400 invalid_idempotency_key_length')
    const nobody = { 'authorization': 'Bearer nobody', 'x-idempotency-key': 'k' }
    const { status, body } = await simulator.call('POST', '/v1/orders', order, nobody)
    assert.deepEqual([status, body.errors[0].code], [401, '401'])
  })

  test('are ids that are none, and ids of nothing', async ({ assert }) => {
    const { id } = await place(simulator, boletoOrder())
    const orders = '/v1/orders'
    const unknown = `PAY${'0'.repeat(26)}`
    assert.equal(await raw('GET', `${orders}/1`, undefined), '400 invalid_path_param')
    assert.equal(
      await raw('GET', `${orders}/ORD${'0'.repeat(26)}`, undefined),
      '404 order_not_found'
    )
    const transactions = `${orders}/${id}/transactions`
    assert.equal(await raw('DELETE', `${transactions}/1`, undefined), '400 invalid_transaction_id')
    assert.equal(
      await raw('DELETE', `${transactions}/${unknown}`, undefined),
      '404 transaction_not_found'
    )
  })

  test('are steps that the mode or the state does not allow', async ({ assert }) => {
    const { id } = await place(simulator, boletoOrder())
    const path = `/v1/orders/${id}`
    assert.equal(await post(`${path}/process`), '400 invalid_order_mode_for_operation')
    assert.equal(await post(`${path}/capture`), '409 cannot_capture_order')
    assert.equal(await post(`${path}/refund`), '409 cannot_refund_order')
    await simulator.post(`${path}/cancel`, undefined)
    assert.equal(await post(`${path}/cancel`), '409 order_already_canceled')
    const paid = await place(simulator, pixOrder())
    await simulator.control(`/payments/${await paymentIdOf(simulator, paid.id)}/pay`)
    assert.equal(await post(`/v1/orders/${paid.id}/cancel`), '409 cannot_cancel_order')
    const [{ id: transactionId }] = paid.transactions.payments
    const refund = (amount: string, one = transactionId) =>
      post(`/v1/orders/${paid.id}/refund`, { transactions: [{ id: one, amount }] })
    assert.equal(await refund('100.01'), '400 refund_amount_exceeds')
    assert.equal(await refund('0.00'), '400 property_value')
    assert.equal(await refund('1.00', `PAY${'0'.repeat(26)}`), '404 transaction_not_found')
    await simulator.post(`/v1/orders/${paid.id}/refund`, {})
    assert.equal(await post(`/v1/orders/${paid.id}/refund`), '409 order_already_refunded')
    const same = await place(simulator, pixOrder(), 'same')
    assert.isString(same.id)
    const used = { 'x-idempotency-key': 'same' }
    assert.equal(
      await raw('POST', '/v1/orders', boletoOrder(), used),
      '409 idempotency_key_already_used'
    )
  })

  test('are changes of what cannot be changed', async ({ assert }) => {
    const { id, transactions } = await place(simulator, boletoOrder({ processing_mode: 'manual' }))
    const path = `/v1/orders/${id}/transactions`
    const { payments } = boletoOrder().transactions
    assert.equal(await post(path, { payments }), '400 exceeded_number_of_transactions')
    assert.equal(await post(path, { payments: [] }), '400 minimum_items')
    const change = (body: unknown) =>
      raw('PUT', `${path}/${transactions.payments[0].id}`, body, {
        'x-idempotency-key': String(Math.random()),
      })
    assert.equal(await change({}), '400 minimum_properties')
    assert.equal(await change({ amount: 1 }), '400 property_type')
    assert.equal(await change({ status: 'processed' }), '400 unsupported_properties')
    await simulator.call('DELETE', `${path}/${transactions.payments[0].id}`)
    assert.equal(await post(`/v1/orders/${id}/process`), '400 order_builder_without_transactions')
    await simulator.post(`/v1/orders/${id}/cancel`, undefined)
    assert.equal(await post(path, { payments }), '409 order_already_canceled')
    const processed = { processing_mode: 'manual' }
    const other = await place(simulator, pixOrder(processed))
    await simulator.post(`/v1/orders/${other.id}/process`, undefined)
    assert.equal(await post(`/v1/orders/${other.id}/process`), '409 operation_not_supported')
  })

  test('leave a manual order as it was', async ({ assert }) => {
    const payer = boletoPayer()
    delete payer.address
    const order = boletoOrder({ processing_mode: 'manual', payer })
    const { id } = await place(simulator, order)
    assert.equal(await post(`/v1/orders/${id}/process`), '400 required_properties')
    const { body } = await simulator.get(`/v1/orders/${id}`)
    assert.equal(body.status, 'created')
  })

  test('are searches without dates, or for what there is not', async ({ assert }) => {
    const search = (query: string) => raw('GET', `/v1/orders?${query}`, undefined)
    const range = 'begin_date=2020-01-01T00:00:00Z&end_date=2100-01-01T00:00:00Z'
    assert.equal(await search('begin_date=2020-01-01T00:00:00Z'), '400 required_search_params')
    const dated = 'begin_date=yesterday&end_date=2100-01-01T00:00:00Z'
    assert.equal(await search(dated), '400 invalid_search_params')
    for (const wrong of [
      'page=0',
      'page=1.5',
      'page_size=101',
      'status=paid',
      'type=qr',
      'sort_by=id',
      'sort_order=up',
    ]) {
      assert.equal(await search(`${range}&${wrong}`), '400 invalid_search_params', wrong)
    }
  })
})
