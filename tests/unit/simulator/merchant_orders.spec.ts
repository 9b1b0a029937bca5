import { test } from '@japa/runner'
import { FOREIGN_ACCESS_TOKEN, PLATFORM_ACCOUNT_ID } from '../../../app/simulator/main.js'
import { AFTER, TOTAL, asSeller, ordersOf, payIn, prefer } from './checkout_support.js'
import { bearer } from './oauth_support.js'
import { bodyOf, startTestSimulator, statusOf, type TestSimulator } from './support.js'

test.group('Simulator | merchant orders', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const only = async (preferenceId: string) => {
    const [order, ...others] = await ordersOf(simulator, preferenceId)
    if (others.length > 0) throw new Error(`${others.length} orders too many`)
    return order
  }
  const stateOf = async (preferenceId: string) => {
    const order = await only(preferenceId)
    const { status, order_status: orderStatus, paid_amount: paid } = order
    return [status, orderStatus, paid, order.refunded_amount]
  }
  const act = (path: string, input: object = {}) => simulator.control(`/payments/${path}`, input)

  test('are made at the first attempt, and gather the attempts of one purchase', async ({
    assert,
  }) => {
    const { id } = await prefer(simulator)
    assert.lengthOf(await ordersOf(simulator, id), 0)
    const rejected = await payIn(simulator, id, { cardholder_name: 'FUND' })
    assert.equal(rejected.status_detail, 'cc_rejected_insufficient_amount')
    assert.deepEqual(await stateOf(id), ['opened', 'payment_required', 0, 0])
    const paid = await payIn(simulator, id)
    const order = await only(id)
    assert.deepEqual(await stateOf(id), ['closed', 'paid', TOTAL, 0])
    assert.deepEqual(
      order.payments.map((payment: any) => [payment.id, payment.status]),
      [
        [rejected.id, 'rejected'],
        [paid.id, 'approved'],
      ]
    )
    assert.deepEqual(paid.order, { id: String(order.id), type: 'mercadopago' })
    assert.equal(order.total_amount, TOTAL)
    assert.equal(order.external_reference, 'cart-7')
    assert.equal(order.payer.id, Number(paid.payer.id))
  })

  test('follow their payments: pending, paid, given back in parts', async ({ assert }) => {
    const { id } = await prefer(simulator)
    const boleto = await payIn(simulator, id, { payment_method_id: 'bolbradesco', pay: false })
    assert.deepEqual(await stateOf(id), ['opened', 'payment_in_process', 0, 0])
    await act(`${boleto.id}/pay`)
    assert.deepEqual(await stateOf(id), ['closed', 'paid', TOTAL, 0])
    await act(`${boleto.id}/refunds`, { amount: 30 })
    assert.deepEqual(await stateOf(id), ['closed', 'partially_reverted', TOTAL, 30])
    await act(`${boleto.id}/refunds`)
    assert.deepEqual(await stateOf(id), ['closed', 'reverted', TOTAL, TOTAL])
    const { payments } = await only(id)
    assert.deepInclude(payments[0], { status: 'refunded', amount_refunded: TOTAL })
  })

  test('count a dispute as paid until it is lost', async ({ assert }) => {
    const { id } = await prefer(simulator)
    const payment = await payIn(simulator, id)
    await act(`${payment.id}/chargebacks`)
    assert.deepEqual(await stateOf(id), ['closed', 'paid', TOTAL, 0])
    await act(`${payment.id}/chargebacks/settle`)
    assert.deepEqual(await stateOf(id), ['closed', 'reverted', TOTAL, 0])
  })

  test('need nothing more when somebody paid too much, and the rest when too little', async ({
    assert,
  }) => {
    const { id } = await prefer(simulator)
    const pending = { payment_method_id: 'pix', pay: false }
    const short = await payIn(simulator, id, pending)
    await act(`${short.id}/pay`, { amount: 30.01 })
    assert.deepEqual(await stateOf(id), ['opened', 'partially_paid', 30.01, 0])
    const rest = await payIn(simulator, id)
    assert.equal(rest.transaction_amount, 69.99)
    assert.deepEqual(await stateOf(id), ['closed', 'paid', TOTAL, 0])

    const other = await prefer(simulator)
    const generous = await payIn(simulator, other.id, pending)
    await act(`${generous.id}/pay`, { amount: 150 })
    assert.deepEqual(await stateOf(other.id), ['closed', 'paid', 150, 0])
  })

  test('begin anew once one is paid, or something else is sold', async ({ assert }) => {
    const { id } = await prefer(simulator)
    const first = await payIn(simulator, id)
    const second = await payIn(simulator, id, { cardholder_name: 'FUND' })
    assert.notEqual(first.order.id, second.order.id)
    const path = `/checkout/preferences/${id}`
    await simulator.call('PUT', path, { items: [{ title: 'Soap', quantity: 1, unit_price: 9 }] })
    const third = await payIn(simulator, id)
    assert.equal(third.transaction_amount, 9)
    const orders = await ordersOf(simulator, id)
    assert.deepEqual(
      orders.map((order) => [order.order_status, order.total_amount, order.items.length]),
      [
        ['paid', 9, 1],
        ['payment_required', TOTAL, 2],
        ['paid', TOTAL, 2],
      ]
    )
  })

  test('expire with their preference unless somebody paid or has to be waited for', async ({
    assert,
  }) => {
    const limited = { expires: true, expiration_date_to: AFTER.days(2) }
    const rejected = await prefer(simulator, limited)
    await payIn(simulator, rejected.id, { cardholder_name: 'OTHE' })
    const waiting = await prefer(simulator, limited)
    await payIn(simulator, waiting.id, { payment_method_id: 'bolbradesco', pay: false })
    const paid = await prefer(simulator, limited)
    await payIn(simulator, paid.id)
    await simulator.control('/clock', { advance_days: 2.5 })
    const order = await only(rejected.id)
    assert.deepInclude(order, { status: 'expired', order_status: 'expired', cancelled: true })
    assert.equal(Date.parse(order.last_updated), Date.parse(limited.expiration_date_to))
    assert.deepEqual(await stateOf(waiting.id), ['opened', 'payment_in_process', 0, 0])
    assert.deepEqual(await stateOf(paid.id), ['closed', 'paid', TOTAL, 0])
    await simulator.control('/clock', { advance_days: 5 })
    assert.deepEqual(await stateOf(waiting.id), ['expired', 'expired', 0, 0])
  })

  test('open again when their preference is given more time', async ({ assert }) => {
    const { id } = await prefer(simulator, { expires: true, expiration_date_to: AFTER.days(1) })
    await payIn(simulator, id, { cardholder_name: 'OTHE' })
    await simulator.control('/clock', { advance_days: 2 })
    assert.deepEqual(await stateOf(id), ['expired', 'expired', 0, 0])
    await simulator.call('PUT', `/checkout/preferences/${id}`, {
      expiration_date_to: AFTER.days(9),
    })
    assert.deepEqual(await stateOf(id), ['opened', 'payment_required', 0, 0])
    await payIn(simulator, id)
    assert.deepEqual(await stateOf(id), ['closed', 'paid', TOTAL, 0])
  })

  test('are closed, and paid late, by a boleto that was paid after its expiry', async ({
    assert,
  }) => {
    await simulator.call('PATCH', `/_simulator/accounts/${PLATFORM_ACCOUNT_ID}`, {
      late_payments: 'accepted',
    })
    const { id } = await prefer(simulator)
    const boleto = await payIn(simulator, id, { payment_method_id: 'bolbradesco', pay: false })
    await simulator.control('/clock', { advance_days: 10 })
    assert.deepEqual(await stateOf(id), ['opened', 'payment_required', 0, 0])
    await act(`${boleto.id}/pay`)
    assert.deepEqual(await stateOf(id), ['closed', 'paid', TOTAL, 0])
  })

  test('may be made of items, and changed until they are paid', async ({ assert }) => {
    const item = { id: 'a', title: 'Soap', quantity: 2, unit_price: 5, currency_id: 'BRL' }
    const { status, body } = await simulator.call('POST', '/merchant_orders', {
      items: [item],
      external_reference: 'any text, really',
    })
    assert.equal(status, 201)
    assert.deepInclude(body, { total_amount: 10, preference_id: null, status: 'opened' })
    const path = `/merchant_orders/${body.id}`
    const changed = await simulator.call('PUT', `${path}/`, {
      items: [{ id: 'a', quantity: 3, unit_price: 5, title: 'Soap' }],
      notification_url: 'http://127.0.0.1:1/x',
      shipments: [{ id: 1, status: 'delivered' }],
    })
    assert.equal(changed.status, 200)
    assert.equal(changed.body.total_amount, 15)
    assert.deepEqual(changed.body.shipments, [{ id: 1, status: 'delivered' }])
    assert.deepEqual(await bodyOf(simulator.get(path)), changed.body)
  })

  test('take the attempts of the preference that they were made for', async ({ assert }) => {
    const { id } = await prefer(simulator)
    const { body } = await simulator.call('POST', '/merchant_orders', { preference_id: id })
    assert.deepInclude(body, { total_amount: TOTAL, external_reference: 'cart-7' })
    const payment = await payIn(simulator, id)
    assert.equal(payment.order.id, String(body.id))
    const late = await simulator.call('PUT', `/merchant_orders/${body.id}`, {
      additional_info: 'x',
    })
    assert.equal(late.body.error, 'invalid_order_state')
  })

  const GOOD = { id: 'a', title: 'Soap', quantity: 1, unit_price: 5, currency_id: 'BRL' }
  const item = (change: object) => ({ items: [{ ...GOOD, ...change }] })

  test('are not made of {0}')
    .with([
      ['a list', [], 'unmarshal_error'],
      ['items as text', { items: 'x' }, 'unmarshal_error'],
      ['an item that is none', { items: [1] }, 'unmarshal_error'],
      ['an item without a title', item({ title: null }), 'invalid_items'],
      ['an item without a quantity', item({ quantity: null }), 'invalid_items'],
      ['no items of a kind', item({ quantity: 0 }), 'invalid_items'],
      ['an item without a price', item({ unit_price: null }), 'invalid_items'],
      ['a price in words', item({ unit_price: 'x' }), 'invalid_items'],
      ['an item without a currency', item({ currency_id: null }), 'invalid_items'],
      ['pesos', item({ currency_id: 'ARS' }), 'invalid_items'],
      ['more than a number holds', item({ quantity: 2 ** 52, unit_price: 1e9 }), 'invalid_items'],
      ['a foreign collector', { collector: { id: 1 } }, 'user_not_allowed'],
      ['another application', { application_id: '1' }, 'invalid_application_id'],
      ['another site', { site_id: 'MLA' }, 'invalid_user_id'],
      ['a payer without an id', { payer: { nickname: 'x' } }, 'invalid_payer'],
      ['an unknown preference', { preference_id: 'x' }, 'invalid_id'],
      ['an unknown sponsor', { sponsor_id: 5 }, 'invalid_sponsor_id'],
      ['a long reference', { external_reference: 'x'.repeat(257) }, 'invalid_string'],
      ['a number as reference', { external_reference: 1 }, 'unmarshal_error'],
      ['news by mail', { notification_url: 'mailto:a@b.co' }, 'invalid_url'],
    ] as [string, unknown, string][])
    .run(async ({ assert }, [, body, error]) => {
      const answer = await simulator.call('POST', '/merchant_orders', body)
      assert.deepEqual([answer.status, answer.body.error], [400, error])
    })

  test('are not made for a preference that is over', async ({ assert }) => {
    const { id } = await prefer(simulator, { expires: true, expiration_date_to: AFTER.days(1) })
    await simulator.control('/clock', { advance_days: 2 })
    const { body } = await simulator.call('POST', '/merchant_orders', { preference_id: id })
    assert.equal(body.error, 'invalid_expired')
  })

  test('change their items in quantity only', async ({ assert }) => {
    const made = await bodyOf(simulator.call('POST', '/merchant_orders', { items: [GOOD] }))
    const refusals: [unknown, string][] = [
      [[], 'should specify at least one item.'],
      [[{ id: 'b', quantity: 1 }], 'some item of the order does not exist.'],
      [
        [{ id: 'a', quantity: 1, title: 'x' }],
        'only the item quantity of an item can be modified.',
      ],
      [[{ id: 'a', quantity: 1, unit_price: 4 }], 'only the item quantity of an item can be'],
      [[{ id: 'a', quantity: 2 ** 53 - 1 }], 'invalid item quantity.'],
      [[{ id: 'a' }], 'quantity cannot be null for the given item.'],
      [[{ id: 'a', quantity: -1 }], 'invalid item quantity.'],
    ]
    for (const [items, message] of refusals) {
      const path = `/merchant_orders/${made.id}`
      const { status, body } = await simulator.call('PUT', path, { items })
      assert.deepEqual([status, body.error], [400, 'invalid_items'])
      assert.include(body.message, message)
    }
    for (const body of [{ preference_id: 'x' }, { collector: { id: 1 } }, { shipments: 'x' }]) {
      const answer = simulator.call('PUT', `/merchant_orders/${made.id}`, body)
      assert.equal(await statusOf(answer), 400)
    }
  })

  test('belong to one seller, and need a token', async ({ assert }) => {
    const { id } = await prefer(simulator)
    const { order } = await payIn(simulator, id)
    const foreign = bearer(FOREIGN_ACCESS_TOKEN)
    for (const method of ['GET', 'PUT']) {
      const call = (path: string, headers: Record<string, string>) =>
        simulator.call(method, path, method === 'GET' ? undefined : {}, headers)
      const theirs = await call(`/merchant_orders/${order.id}`, foreign)
      const missing = await call('/merchant_orders/1', foreign)
      assert.deepEqual([theirs.status, theirs.body], [404, missing.body])
      const nobody = await call(`/merchant_orders/${order.id}`, { authorization: '' })
      assert.deepEqual([nobody.status, nobody.body.error], [401, 'invalid_token'])
    }
    const wrong = await simulator.get('/merchant_orders/x')
    assert.deepEqual([wrong.status, wrong.body.error], [400, 'invalid_format'])
  })

  test('are found by what is known of them', async ({ assert }) => {
    const { id } = await prefer(simulator)
    const paid = await payIn(simulator, id)
    const other = await prefer(simulator, { external_reference: 'cart-8' })
    await payIn(simulator, other.id, { cardholder_name: 'OTHE' })
    const total = async (query: string) => {
      const { body } = await simulator.get(`/merchant_orders/search?${query}`)
      return body.total
    }
    const payer = paid.payer.id
    const found = {
      '': 2,
      [`preference_id=${id}`]: 1,
      'external_reference=cart-8': 1,
      'status=closed': 1,
      'order_status=payment_required': 1,
      [`payer_id=${payer}`]: 2,
      'payer_id=1': 0,
      'site_id=MLB': 2,
      'site_id=MLA': 0,
      'application_id=1': 0,
      'marketplace=NONE': 2,
      'items=p-1': 2,
      'items=x,p-1': 2,
      'items=p': 0,
      'sponsor_id=5': 0,
      'date_created_from=NOW-1DAYS': 2,
      'date_created_to=NOW-1DAYS': 0,
      'last_updated_from=NOW-1DAYS&last_updated_to=NOW': 2,
      'last_udpated_to=NOW-1DAYS': 0,
    }
    for (const [query, expected] of Object.entries(found)) {
      assert.equal(await total(query), expected, query)
    }
    for (const query of ['limit=x', 'date_created_from=soon', 'offset=-1']) {
      const { status, body } = await simulator.get(`/merchant_orders/search?${query}`)
      assert.deepEqual([status, body.error], [400, 'ds_search_query'])
    }
    const { body: page } = await simulator.get('/merchant_orders/search?limit=1')
    assert.deepInclude(page, { next_offset: 1, total: 2 })
    assert.equal(page.elements[0].preference_id, other.id)
  })

  test('are of the seller that an application acts for', async ({ assert }) => {
    const seller = await asSeller(simulator)
    const { id } = await prefer(simulator, {}, seller)
    await payIn(simulator, id)
    assert.lengthOf(await ordersOf(simulator, id), 0)
    const { body } = await simulator.call('GET', '/merchant_orders/search', undefined, seller)
    assert.equal(body.elements[0].preference_id, id)
  })
})
