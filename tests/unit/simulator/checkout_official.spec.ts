import { test } from '@japa/runner'
import mercadopago from 'mercadopago'
import sdk from 'mercadopago/dist/utils/config/index.js'
import { PLATFORM_ACCESS_TOKEN, PLATFORM_ACCOUNT_ID } from '../../../app/simulator/main.js'
import { AFTER, payIn, preferenceRequest } from './checkout_support.js'
import { startTestSimulator, type TestSimulator } from './support.js'

const {
  MercadoPagoConfig,
  MerchantOrder,
  MPAuthenticationError,
  MPBadRequestError,
  MPNotFoundError,
  MPRateLimitError,
  MPServerError,
  Payment,
  Preference,
} = mercadopago

const config = (accessToken = PLATFORM_ACCESS_TOKEN) =>
  new MercadoPagoConfig({ accessToken, options: { maxRetries: 0 } })
const preferences = () => new Preference(config())
const orders = () => new MerchantOrder(config())
const failed = (promise: Promise<unknown>): Promise<any> => promise.catch((error) => error)

test.group('Simulator | the official package, of the checkout', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    const settings = sdk.AppConfig as { BASE_URL: string }
    const real = settings.BASE_URL
    settings.BASE_URL = simulator.url
    return async () => {
      settings.BASE_URL = real
      await simulator.close()
    }
  })

  const create = (change: Record<string, unknown> = {}) =>
    preferences().create({ body: preferenceRequest(change) as never })

  test('creates, reads, changes and finds preferences', async ({ assert }) => {
    const created = await create({ external_reference: 'sdk-1' })
    assert.equal(created.api_response.status, 201)
    assert.equal(created.collector_id, PLATFORM_ACCOUNT_ID)
    assert.isString(created.init_point)
    const read = await preferences().get({ preferenceId: created.id! })
    assert.equal(read.external_reference, 'sdk-1')
    const changed = await preferences().update({
      id: created.id!,
      updatePreferenceRequest: {
        items: [{ id: '1', title: 'Soap', quantity: 1, unit_price: 5 }],
        expires: true,
        expiration_date_to: AFTER.tomorrow(),
      },
    })
    assert.equal(changed.items![0].title, 'Soap')
    assert.isTrue(changed.expires)
    await create({ external_reference: 'sdk-2' })
    const found = await preferences().search({ options: { external_reference: 'sdk-1' } })
    assert.deepEqual([found.total, found.next_offset], [1, 1])
    assert.equal(found.elements![0].id, created.id)
    const all = await preferences().search()
    assert.equal(all.total, 2)
  })

  test('creates, reads, changes and finds merchant orders', async ({ assert }) => {
    const { id } = await create()
    const preferenceId = id!
    const made = await orders().create({ body: { preference_id: preferenceId } })
    assert.deepEqual([made.status, made.order_status], ['opened', 'payment_required'])
    const changed = await orders().update({
      merchantOrderId: made.id!,
      body: { additional_info: 'in a hurry', payer: { id: 7, nickname: 'ANA' } },
    })
    assert.deepEqual([changed.additional_info, changed.payer?.nickname], ['in a hurry', 'ANA'])
    await payIn(simulator, preferenceId)
    const read = await orders().get({ merchantOrderId: made.id! })
    assert.deepEqual([read.status, read.order_status, read.paid_amount], ['closed', 'paid', 100])
    const payment = await new Payment(config()).get({ id: read.payments![0].id! })
    assert.deepEqual(payment.order as unknown, { id: String(made.id), type: 'mercadopago' })
    const found = await orders().search({
      options: {
        preference_id: preferenceId,
        status: 'closed',
        date_created_from: AFTER.days(-1),
        last_udpated_to: AFTER.days(1),
        limit: 1,
        offset: 0,
      },
    })
    assert.deepEqual([found.total, found.elements!.length], [1, 1])
    const none = await orders().search({ options: { last_udpated_to: AFTER.days(-1) } })
    assert.equal(none.total, 0)
  })

  test('gets refusals as errors with their codes', async ({ assert }) => {
    const items = await failed(create({ items: [] }))
    assert.instanceOf(items, MPBadRequestError)
    assert.deepEqual([items.error, items.message], ['invalid_items', 'items needed.'])
    const fee = await failed(create({ marketplace_fee: 5 }))
    assert.instanceOf(fee, MPBadRequestError)
    assert.deepEqual([fee.error, fee.causes[0].code], ['invalid_marketplace_fee', 2059])
    const missing = await failed(preferences().get({ preferenceId: 'x' }))
    assert.instanceOf(missing, MPNotFoundError)
    assert.equal(missing.error, 'invalid_id')
    const order = await failed(orders().get({ merchantOrderId: 1 }))
    assert.instanceOf(order, MPNotFoundError)
    const unknown = await failed(orders().create({ body: { preference_id: 'x' } }))
    assert.instanceOf(unknown, MPBadRequestError)
    assert.equal(unknown.error, 'invalid_id')
    const update = orders().update({ merchantOrderId: 'x', body: {} })
    assert.instanceOf(await failed(update), MPBadRequestError)
  })

  test('raises the error of its kind', async ({ assert }) => {
    const stranger = new Preference(config('APP_USR-nobody'))
    assert.instanceOf(await failed(stranger.search()), MPAuthenticationError)
    const route = 'POST /checkout/preferences'
    const limit = { kind: 'rate_limit', route, times: 1, retry_after_seconds: 3 }
    await simulator.control('/faults', limit)
    const limited = await failed(create())
    assert.instanceOf(limited, MPRateLimitError)
    assert.equal(limited.retryAfter, 3)
    await simulator.control('/faults', {
      kind: 'server_error',
      route: 'GET /merchant_orders/search',
      times: 1,
    })
    assert.instanceOf(await failed(orders().search()), MPServerError)
  })
})
