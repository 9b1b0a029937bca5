import { test } from '@japa/runner'
import mercadopago from 'mercadopago'
import sdk from 'mercadopago/dist/utils/config/index.js'
import {
  FOREIGN_ACCOUNT_ID,
  PLATFORM_ACCESS_TOKEN,
  PLATFORM_WEBHOOK_SECRET,
} from '../../../app/simulator/main.js'
import { MASTER, cardInput } from './card_support.js'
import { CLIENT, consent } from './oauth_support.js'
import { boletoRequest, startReceiver, startTestSimulator, type TestSimulator } from './support.js'

const {
  CardToken,
  Chargeback,
  Customer,
  CustomerCard,
  IdentificationType,
  MercadoPagoConfig,
  OAuth,
  Payment,
  PaymentMethod,
  User,
  WebhookSignatureValidator,
  MPAuthenticationError,
  MPBadRequestError,
  MPConnectionError,
  MPNotFoundError,
  MPRateLimitError,
  MPServerError,
} = mercadopago

const config = (accessToken = PLATFORM_ACCESS_TOKEN) =>
  new MercadoPagoConfig({ accessToken, options: { maxRetries: 0 } })

test.group('Simulator | the official package, of people', (group) => {
  let simulator: TestSimulator
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  group.setup(async () => {
    receiver = await startReceiver()
    simulator = await startTestSimulator({ appUrl: receiver.url })
    const settings = sdk.AppConfig as { BASE_URL: string }
    const real = settings.BASE_URL
    settings.BASE_URL = simulator.url
    return async () => {
      settings.BASE_URL = real
      await simulator.close()
      await receiver.close()
    }
  })

  const callback = () => `${receiver.url}/tenant/gateway/callback`
  const card = async (name = 'APRO', change: Record<string, unknown> = {}) => {
    const body = cardInput(name, change) as { card_number: string }
    const { id } = await new CardToken(config()).create({ body })
    return id!
  }
  const pay = async (change: Record<string, unknown> = {}) =>
    new Payment(config()).create({
      body: {
        transaction_amount: 100,
        token: await card(),
        installments: 1,
        payment_method_id: 'master',
        payer: { email: 'ana@example.com' },
        ...change,
      },
    })

  test('leads to the consent page', async ({ assert }) => {
    const url = new URL(
      new OAuth(config()).getAuthorizationURL({
        options: { client_id: CLIENT.client_id, redirect_uri: callback(), state: 's' },
      })
    )
    const page = await fetch(`${simulator.url}${url.pathname}${url.search}`)
    assert.equal(page.status, 200)
    assert.include(await page.text(), 'Connect an account')
  })

  test('gets tokens for a code, and newer ones for those', async ({ assert }) => {
    const code = await consent(simulator, { redirect_uri: callback() })
    const body = { ...CLIENT, code, redirect_uri: callback() }
    const granted = await new OAuth(config()).create({ body })
    assert.equal(granted.user_id, FOREIGN_ACCOUNT_ID)
    const user = await new User(config(granted.access_token)).get()
    assert.equal(user.id, FOREIGN_ACCOUNT_ID)
    const renewed = await new OAuth(config()).refresh({
      body: { ...CLIENT, refresh_token: granted.refresh_token },
    })
    assert.notEqual(renewed.refresh_token, granted.refresh_token)
    const again = new OAuth(config()).create({ body })
    const failure = await again.catch((error) => error)
    assert.instanceOf(failure, MPBadRequestError)
    assert.equal(failure.error, 'invalid_grant')
  })

  test('verifies the news of a link', async ({ assert }) => {
    receiver.received.length = 0
    const code = await consent(simulator, { redirect_uri: callback() })
    await new OAuth(config()).create({ body: { ...CLIENT, code, redirect_uri: callback() } })
    await simulator.control('/deliveries/flush', { due_only: true })
    const [{ url, headers }] = receiver.received
    assert.doesNotThrow(() =>
      WebhookSignatureValidator.validate({
        xSignature: String(headers['x-signature']),
        xRequestId: String(headers['x-request-id']),
        dataId: url.searchParams.get('data.id')!,
        secret: PLATFORM_WEBHOOK_SECRET,
      })
    )
  })

  test('makes and reads a card token', async ({ assert }) => {
    const id = await card()
    const token = await new CardToken(config()).get({ id })
    assert.equal(token.status, 'active')
    assert.equal(token.first_six_digits, MASTER.slice(0, 6))
    assert.equal(token.cardholder?.name, 'APRO')
    const failure = await card('APRO', { card_number: '5031433215406350' }).catch((error) => error)
    assert.instanceOf(failure, MPBadRequestError)
    assert.equal(failure.causes[0].code, 'E301')
    const missing = await new CardToken(config()).get({ id: 'f' }).catch((error) => error)
    assert.instanceOf(missing, MPNotFoundError)
  })

  test('remembers customers and their cards', async ({ assert }) => {
    const customers = new Customer(config())
    const created = await customers.create({ body: { email: 'jhon@example.com' } })
    const found = await customers.search({ options: { email: 'jhon@example.com' } })
    assert.equal(found.results?.[0].id, created.id)
    const customerId = created.id!
    await customers.update({ customerId, body: { first_name: 'Jhon' } })
    const read = await customers.get({ customerId })
    assert.equal(read.first_name, 'Jhon')

    const cards = new CustomerCard(config())
    const kept = await cards.create({ customerId, body: { token: await card() } })
    const listed = await cards.list({ customerId })
    assert.equal((listed as { id?: string }[])[0].id, kept.id)
    const year = new Date().getUTCFullYear() + 8
    const cardId = kept.id!
    const changed = await cards.update({ customerId, cardId, body: { expiration_year: year } })
    assert.equal(changed.expiration_year, year)
    const one = await cards.get({ customerId, cardId })
    assert.equal(one.customer_id, customerId)

    const saved = { card_id: cardId, security_code: '123' }
    const { id: token } = await new CardToken(config()).create({ body: saved })
    const payer = { type: 'customer', id: customerId }
    const payment = await pay({ token, payer })
    assert.equal(payment.card?.id, cardId)

    await cards.remove({ customerId, cardId })
    await customers.remove({ customerId })
    const missing = await customers.get({ customerId }).catch((error) => error)
    assert.instanceOf(missing, MPNotFoundError)
  })

  test('authorizes, captures, cancels, changes and finds card payments', async ({ assert }) => {
    const payments = new Payment(config())
    const held = await pay({ capture: false })
    assert.equal(held.status, 'authorized')
    const captured = await payments.capture({ id: held.id!, transaction_amount: 60 })
    assert.deepEqual([captured.status, captured.transaction_amount], ['approved', 60])
    const other = await pay({ capture: false })
    const whole = await payments.capture({ id: other.id! })
    assert.equal(whole.transaction_amount, 100)
    const third = await pay({ capture: false })
    const cancelled = await payments.cancel({ id: third.id! })
    assert.equal(cancelled.status_detail, 'by_collector')
    const changed = await payments.update({ id: other.id!, body: { metadata: { a: 1 } } })
    assert.deepEqual(changed.metadata, { a: 1 })
    const rejected = await pay({ token: await card('FUND') })
    assert.equal(rejected.status_detail, 'cc_rejected_insufficient_amount')
    const found = await payments.search({ options: { status: 'rejected' } as never })
    assert.equal(found.results?.[0].id as unknown, rejected.id)
  })

  test('lists methods and document types of a seller abroad', async ({ assert }) => {
    const { body: mexican } = await simulator.control('/accounts', { site_id: 'MLM' })
    const methods = await new PaymentMethod(config(mexican.access_token)).get()
    const oxxo = (methods as { id?: string }[]).find(({ id }) => id === 'oxxo')
    assert.deepInclude(oxxo, { payment_type_id: 'ticket', min_allowed_amount: 10 })
    const types = await new IdentificationType(config()).list()
    assert.includeMembers(
      (types as { id?: string }[]).map(({ id }) => id),
      ['CPF', 'CNPJ']
    )
  })

  test('reads chargebacks', async ({ assert }) => {
    const { id } = await pay()
    await simulator.control(`/payments/${id}/chargebacks`)
    const chargebacks = new Chargeback(config())
    const found = await chargebacks.search({ options: { payment_id: id! } })
    assert.equal(found.paging?.total, 1)
    const chargebackId = found.results?.[0].id as string
    const read = await chargebacks.get({ id: chargebackId })
    assert.equal(read.id, chargebackId)
    const missing = await chargebacks.get({ id: '217000000000000001' }).catch((error) => error)
    assert.instanceOf(missing, MPNotFoundError)
  })

  test('raises the error of its kind', async ({ assert }) => {
    const failed = (promise: Promise<unknown>): Promise<any> => promise.catch((error) => error)
    const { access_token: token } = await connectAgain()
    const path = `/_simulator/accounts/${FOREIGN_ACCOUNT_ID}/connections/${CLIENT.client_id}`
    await simulator.call('DELETE', path)
    assert.instanceOf(await failed(new User(config(token)).get()), MPAuthenticationError)

    const fee = { ...boletoRequest(), application_fee: 1 }
    const unearned = await failed(new Payment(config()).create({ body: fee }))
    assert.instanceOf(unearned, MPBadRequestError)
    assert.equal(unearned.causes[0].code, 2059)

    await simulator.control('/faults', { kind: 'rate_limit', times: 1, retry_after_seconds: 7 })
    const limited = await failed(new User(config()).get())
    assert.instanceOf(limited, MPRateLimitError)
    assert.equal(limited.retryAfter, 7)
    await simulator.control('/faults', { kind: 'server_error', times: 1 })
    assert.instanceOf(await failed(new User(config()).get()), MPServerError)
    await simulator.control('/faults', { kind: 'hang_after_work', times: 1 })
    const impatient = new MercadoPagoConfig({
      accessToken: PLATFORM_ACCESS_TOKEN,
      options: { maxRetries: 0, timeout: 100 },
    })
    assert.instanceOf(await failed(new User(impatient).get()), MPConnectionError)
  })

  const connectAgain = async () => {
    const code = await consent(simulator, { redirect_uri: callback() })
    return new OAuth(config()).create({ body: { ...CLIENT, code, redirect_uri: callback() } })
  }
})
