import { test } from '@japa/runner'
import mercadopago from 'mercadopago'
import sdk from 'mercadopago/dist/utils/config/index.js'
import { PLATFORM_ACCESS_TOKEN, PLATFORM_ACCOUNT_ID } from '../../../app/simulator/main.js'
import { boletoRequest, startTestSimulator, type TestSimulator } from './support.js'

const { MercadoPagoConfig, Payment, PaymentRefund, User } = mercadopago

const config = () =>
  new MercadoPagoConfig({ accessToken: PLATFORM_ACCESS_TOKEN, options: { maxRetries: 0 } })

test.group('Simulator | the official package', (group) => {
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

  const create = (requestOptions?: { idempotencyKey: string }) =>
    new Payment(config()).create({ body: boletoRequest(), requestOptions })

  test('reads its user', async ({ assert }) => {
    const user = await new User(config()).get()
    assert.equal(user.id, PLATFORM_ACCOUNT_ID)
  })

  test('creates, reads and cancels a payment', async ({ assert }) => {
    const created = await create()
    assert.equal(created.api_response.status, 201)
    const read = await new Payment(config()).get({ id: created.id! })
    assert.equal(read.transaction_details?.digitable_line?.length, 47)
    const cancelled = await new Payment(config()).cancel({ id: created.id! })
    assert.equal(cancelled.status, 'cancelled')
  })

  test('gets the same payment for the same key', async ({ assert }) => {
    const one = await create({ idempotencyKey: 'k1' })
    const two = await create({ idempotencyKey: 'k1' })
    assert.equal(one.id, two.id)
  })

  test('searches by reference and date', async ({ assert }) => {
    const found = await new Payment(config()).search({
      options: {
        external_reference: boletoRequest().external_reference,
        range: 'date_created',
        begin_date: 'NOW-1DAYS',
        end_date: 'NOW',
        sort: 'date_created',
        criteria: 'asc',
        limit: 2,
        offset: 0,
      },
    })
    assert.equal(found.paging?.limit, 2)
    assert.lengthOf(found.results!, 2)
  })

  test('refunds a part and the rest', async ({ assert }) => {
    const { id } = await create()
    await simulator.control(`/payments/${id}/pay`)
    const part = await new PaymentRefund(config()).create({
      payment_id: id!,
      body: { amount: 50 },
    })
    const rest = await new PaymentRefund(config()).total({ payment_id: id! })
    assert.deepEqual([part.amount, rest.amount], [50, 100])
    const listed = await new PaymentRefund(config()).list({ payment_id: id! })
    assert.lengthOf(listed as unknown[], 2)
    const one = await new PaymentRefund(config()).get({ payment_id: id!, refund_id: part.id! })
    assert.equal(one.id, part.id)
  })

  test('gets refusals as errors with their codes', async ({ assert }) => {
    const failure = await new Payment(config())
      .create({ body: { ...boletoRequest(), transaction_amount: 0 } })
      .catch((error) => error)
    assert.equal(failure.status, 400)
    assert.equal(failure.causes[0].code, 4037)
    const missing = await new Payment(config()).get({ id: 1 }).catch((error) => error)
    assert.equal(missing.status, 404)
  })

  test('retries a 429 with the same key until it passes', async ({ assert }) => {
    await simulator.control('/faults', { kind: 'rate_limit', times: 1, retry_after_seconds: 0 })
    const patient = new MercadoPagoConfig({
      accessToken: PLATFORM_ACCESS_TOKEN,
      options: { maxRetries: 1, initialDelay: 1 },
    })
    const created = await new Payment(patient).create({ body: boletoRequest() })
    const calls = await simulator.journal()
    const keys = calls.filter((call) => call.route === 'POST /v1/payments').slice(-2)
    assert.equal(keys[0].idempotency_key, keys[1].idempotency_key)
    assert.deepEqual([keys[0].status, keys[1].status], [429, 201])
    assert.isNumber(created.id)
  })
})
