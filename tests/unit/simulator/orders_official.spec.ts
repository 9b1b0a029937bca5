import { test } from '@japa/runner'
import mercadopago from 'mercadopago'
import sdk from 'mercadopago/dist/utils/config/index.js'
import { PLATFORM_ACCESS_TOKEN } from '../../../app/simulator/main.js'
import {
  PAYMENT_ID,
  boletoOrder,
  boletoPayer,
  cardMethod,
  cardOrder,
  pixOrder,
  paymentIdOf,
  stateOf,
} from './orders_support.js'
import { startTestSimulator, type TestSimulator } from './support.js'

const { MercadoPagoConfig, Order } = mercadopago

const client = (accessToken = PLATFORM_ACCESS_TOKEN) =>
  new Order(new MercadoPagoConfig({ accessToken, options: { maxRetries: 0 } }))

const failureOf = (call: Promise<unknown>) => call.catch((error) => error)

test.group('Simulator | orders by the official package', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    const settings = sdk.AppConfig as { BASE_URL: string }
    const real = settings.BASE_URL
    settings.BASE_URL = simulator.url
    return async () => {
      settings.BASE_URL = real
      await simulator.close()
    }
  })

  const manual = (body: Record<string, unknown> = {}) =>
    client().create({
      body: {
        type: 'online',
        processing_mode: 'manual',
        external_reference: 'c-manual',
        total_amount: '150.00',
        payer: boletoPayer(),
        ...body,
      },
    })

  test('are created, read and canceled', async ({ assert }) => {
    const created = await client().create({ body: boletoOrder() })
    assert.equal(created.api_response.status, 201)
    const read = await client().get({ id: created.id! })
    assert.equal(stateOf(read), 'action_required/waiting_payment')
    assert.equal(read.transactions?.payments?.[0].payment_method?.digitable_line?.length, 47)
    const canceled = await client().cancel({ id: created.id! })
    assert.equal(stateOf(canceled), 'canceled/canceled')
  })

  test('are filled, changed, emptied, filled again and processed', async ({ assert }) => {
    const { id } = await manual()
    const boleto = { amount: '150.00', payment_method: { id: 'boleto', type: 'ticket' } }
    const first = await client().createTransaction({ id: id!, body: { payments: [boleto] } })
    const transactionId = first.payments![0].id!
    assert.match(transactionId, PAYMENT_ID)
    const changed = await client().updateTransaction({
      id: id!,
      transactionId,
      body: { payment_method: { id: 'pix', type: 'bank_transfer' } },
    })
    assert.equal(changed.payment_method?.id, 'pix')
    const removed = await client().deleteTransaction({ id: id!, transactionId })
    assert.equal(removed.api_response.status, 204)
    await client().createTransaction({ id: id!, body: { payments: [boleto] } })
    const processed = await client().process({ id: id! })
    assert.equal(stateOf(processed), 'action_required/waiting_payment')
  })

  test('are captured', async ({ assert }) => {
    const body = await cardOrder(simulator, 'APRO', { capture_mode: 'manual' })
    const { id, status_detail: detail } = await client().create({ body })
    assert.equal(detail, 'waiting_capture')
    const captured = await client().capture({ id: id! })
    assert.equal(stateOf(captured), 'processed/accredited')
  })

  test('are refunded in part and whole', async ({ assert }) => {
    const { id, transactions } = await client().create({ body: await cardOrder(simulator) })
    const part = await client().refund({
      id: id!,
      body: { transactions: [{ id: transactions!.payments![0].id, amount: '10.00' }] },
    })
    assert.equal(stateOf(part), 'processed/partially_refunded')
    const whole = await client().refund({ id: id! })
    assert.equal(stateOf(whole), 'refunded/refunded')
    const amounts = whole.transactions?.refunds?.map(({ amount }) => amount)
    assert.deepEqual(amounts, ['10.00', '2.34'])
  })

  test('are found by date, reference, method and state', async ({ assert }) => {
    await client().create({ body: boletoOrder() })
    await client().create({ body: pixOrder() })
    const range = { begin_date: '2020-01-01T00:00:00Z', end_date: '2100-01-01T00:00:00Z' }
    const all = await client().search({ options: { ...range, page_size: 1, sort_order: 'asc' } })
    assert.deepEqual(all.paging, { total: '2', total_pages: '2', offset: '0', limit: '1' })
    assert.equal(all.data?.[0].total_amount, '150.00')
    const options = {
      ...range,
      external_reference: 'c-order',
      type: 'online',
      status: 'action_required',
      status_detail: 'waiting_transfer',
      payment_method_id: 'pix',
      payment_method_type: 'bank_transfer',
      page: 1,
    }
    const { data } = await client().search({ options })
    assert.deepEqual(
      data?.map(({ total_amount: amount }) => amount),
      ['100.00']
    )
  })

  test('raise an error of its own kind for each refusal', async ({ assert }) => {
    const failed = await failureOf(client().create({ body: await cardOrder(simulator, 'FUND') }))
    assert.instanceOf(failed, mercadopago.MPPaymentError)
    // The package does not read the envelope of orders: only the status gets through.
    assert.deepInclude(failed, { status: 402, error: '', causes: [] })
    const wrong = await failureOf(client().create({ body: { type: 'online' } as any }))
    assert.instanceOf(wrong, mercadopago.MPBadRequestError)
    const missing = await failureOf(client().get({ id: 'ORD01JEVBD27ZGRQRNV5TZE3N66AE' }))
    assert.instanceOf(missing, mercadopago.MPNotFoundError)
    const stranger = await failureOf(client('APP_USR-nobody').create({ body: boletoOrder() }))
    assert.instanceOf(stranger, mercadopago.MPAuthenticationError)
    const { id } = await client().create({ body: boletoOrder() })
    const early = await failureOf(client().capture({ id: id! }))
    assert.instanceOf(early, mercadopago.MPIdempotencyError)
  })

  test('are the same one for the same key, and none for another call with it', async ({
    assert,
  }) => {
    const requestOptions = { idempotencyKey: 'k1' }
    const one = await client().create({ body: boletoOrder(), requestOptions })
    const two = await client().create({ body: boletoOrder(), requestOptions })
    assert.equal(one.id, two.id)
    const other = await failureOf(client().create({ body: pixOrder(), requestOptions }))
    assert.instanceOf(other, mercadopago.MPIdempotencyError)
  })

  test('are what a retry after a lost answer finds', async ({ assert }) => {
    await simulator.control('/faults', { kind: 'cut_body', route: 'POST /v1/orders', times: 1 })
    const lost = await failureOf(
      client().create({ body: pixOrder(), requestOptions: { idempotencyKey: 'k2' } })
    )
    const found = await client().create({
      body: pixOrder(),
      requestOptions: { idempotencyKey: 'k2' },
    })
    const created = await simulator.journal('order.created')
    assert.notProperty(lost, 'id')
    assert.deepEqual(
      created.map((effect) => effect.order_id),
      [found.id]
    )
  })

  test('take a card with its token, and its payment is one like any other', async ({ assert }) => {
    const method = await cardMethod(simulator)
    const { id } = await manual({
      total_amount: '20.00',
      transactions: { payments: [{ amount: '20.00', payment_method: method }] },
    })
    await client().process({ id: id! })
    const payment = await simulator.payment(await paymentIdOf(simulator, id!))
    assert.deepInclude(payment, {
      status: 'approved',
      transaction_amount: 20,
      external_reference: 'c-manual',
      payment_method_id: 'master',
    })
  })
})
