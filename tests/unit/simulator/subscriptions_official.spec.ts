import { test } from '@japa/runner'
import mercadopago from 'mercadopago'
import sdk from 'mercadopago/dist/utils/config/index.js'
import {
  FOREIGN_ACCESS_TOKEN,
  PLATFORM_ACCESS_TOKEN,
  PLATFORM_WEBHOOK_SECRET,
} from '../../../app/simulator/main.js'
import { cardInput } from './card_support.js'
import { startReceiver, startTestSimulator, type TestSimulator } from './support.js'
import { its } from './subscription_support.js'

const {
  CardToken,
  Invoice,
  MPAuthenticationError,
  MPBadRequestError,
  MPNotFoundError,
  MPPaymentError,
  MPRateLimitError,
  MPServerError,
  MercadoPagoConfig,
  PreApproval,
  PreApprovalPlan,
  WebhookSignatureValidator,
} = mercadopago

const config = (accessToken = PLATFORM_ACCESS_TOKEN) =>
  new MercadoPagoConfig({ accessToken, options: { maxRetries: 0 } })

const AUTO = { frequency: 1, frequency_type: 'months', transaction_amount: 10, currency_id: 'BRL' }

const BODY = {
  reason: 'Yoga classes',
  external_reference: 'YG-1234',
  payer_email: 'ana@example.com',
  back_url: 'https://shop.example/back',
  auto_recurring: AUTO,
}

test.group('Simulator | the official package, of subscriptions', (group) => {
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

  const card = async (name = 'APRO') => {
    const body = cardInput(name) as { card_number: string }
    const { id } = await new CardToken(config()).create({ body })
    return id!
  }
  const authorized = async () =>
    new PreApproval(config()).create({
      body: { ...BODY, card_token_id: await card(), status: 'authorized' },
    })
  const failure = (promise: Promise<unknown>) => promise.catch((error: Error) => error)

  test('makes, reads, finds and changes a plan', async ({ assert }) => {
    const plans = new PreApprovalPlan(config())
    const body = { reason: 'Gold', back_url: 'https://shop.example', auto_recurring: AUTO }
    const made = await plans.create({ body })
    assert.equal(made.api_response.status, 201)
    const read = await plans.get({ preApprovalPlanId: made.id! })
    assert.equal(read.init_point, made.init_point)
    const changed = await plans.update({
      id: made.id!,
      updatePreApprovalPlanRequest: {
        reason: 'Platinum',
        auto_recurring: { transaction_amount: 20 },
      },
    })
    assert.equal(changed.auto_recurring?.transaction_amount, 20)
    const found = await plans.search({ options: { status: 'active', q: 'latinu', limit: 1 } })
    assert.equal(found.results?.[0].id, made.id)
    assert.equal(found.paging?.total, 1)
    const all = await plans.search()
    assert.equal(all.paging?.total, 1)
  })

  test('makes, reads, finds and changes a subscription', async ({ assert }) => {
    const preapprovals = new PreApproval(config())
    const waiting = await preapprovals.create({ body: BODY })
    assert.equal(waiting.status, 'pending')
    const made = await authorized()
    assert.equal(made.status, 'authorized')
    const read = await preapprovals.get({ id: made.id! })
    assert.equal(read.payer_id, made.payer_id)
    const found = await preapprovals.search({
      options: { payer_email: BODY.payer_email, status: 'authorized', sort: 'date_created:asc' },
    })
    assert.equal(found.results?.[0].id, made.id)
    assert.equal(await its(preapprovals.search(), 'paging.total'), 2)
    const update = (body: object) => preapprovals.update({ id: made.id!, body })
    assert.equal(await its(update({ status: 'paused' }), 'status'), 'paused')
    assert.equal(await its(update({ status: 'authorized' }), 'status'), 'authorized')
    const dearer = await update({ auto_recurring: { transaction_amount: 12, currency_id: 'BRL' } })
    assert.equal(dearer.auto_recurring?.transaction_amount, 12)
    const other = await update({ card_token_id: await card() })
    assert.notEqual(other.card_id, read.payer_id)
    assert.equal(await its(update({ status: 'cancelled' }), 'status'), 'cancelled')
  })

  test('reads and finds the instalments', async ({ assert }) => {
    const { id } = await authorized()
    await simulator.control('/clock', { advance_days: 40 })
    const found = await new Invoice(config()).search({ options: { preapproval_id: id!, limit: 1 } })
    assert.equal(found.paging?.total, 2)
    const [first] = found.results!
    const read = await new Invoice(config()).get({ id: first.id! })
    assert.equal(read.status, 'processed')
    assert.equal(read.payment?.status, 'approved')
    const byPayment = await new Invoice(config()).search({
      options: { payment_id: Number(read.payment!.id) },
    })
    assert.equal(byPayment.results?.[0].id, first.id)
  })

  test('gets refusals as the errors of their kind', async ({ assert }) => {
    const preapprovals = new PreApproval(config())
    const { id } = await authorized()
    const bad = await failure(preapprovals.create({ body: { ...BODY, payer_email: undefined } }))
    assert.instanceOf(bad, MPBadRequestError)
    assert.equal((bad as Error).message, 'payer_email is required')
    assert.instanceOf(await failure(preapprovals.get({ id: 'none' })), MPNotFoundError)
    const refused = await failure(
      preapprovals.update({ id: id!, body: { card_token_id: await card('FUND') } })
    )
    assert.instanceOf(refused, MPPaymentError)
    const stranger = new PreApproval(config('APP_USR-nobody'))
    assert.instanceOf(await failure(stranger.search()), MPAuthenticationError)
    const neighbour = new PreApproval(config(FOREIGN_ACCESS_TOKEN))
    assert.instanceOf(await failure(neighbour.get({ id: id! })), MPBadRequestError)
    const plans = new PreApprovalPlan(config())
    assert.instanceOf(await failure(plans.get({ preApprovalPlanId: 'none' })), MPNotFoundError)
    assert.instanceOf(await failure(plans.create({ body: {} })), MPBadRequestError)
    assert.instanceOf(await failure(new Invoice(config()).get({ id: '1' })), MPNotFoundError)
    assert.instanceOf(await failure(new Invoice(config()).search()), MPBadRequestError)
    await simulator.control('/faults', {
      kind: 'rate_limit',
      route: 'GET /preapproval/:id',
      times: 1,
    })
    assert.instanceOf(await failure(preapprovals.get({ id: id! })), MPRateLimitError)
    await simulator.control('/faults', {
      kind: 'server_error',
      route: 'POST /preapproval',
      times: 1,
    })
    assert.instanceOf(await failure(preapprovals.create({ body: BODY })), MPServerError)
  })

  test('accepts the signatures of every kind of news', async ({ assert }) => {
    receiver.received.length = 0
    const plan = await new PreApprovalPlan(config()).create({
      body: { reason: 'Gold', back_url: 'https://shop.example', auto_recurring: AUTO },
    })
    const { id } = await authorized()
    await simulator.control('/clock', { advance_days: 1 })
    const topics = new Map(receiver.received.map((one) => [one.body.type as string, one]))
    assert.sameMembers(
      [...topics.keys()],
      [
        'payment',
        'subscription_preapproval',
        'subscription_preapproval_plan',
        'subscription_authorized_payment',
      ]
    )
    for (const { url, headers } of receiver.received) {
      WebhookSignatureValidator.validate({
        xSignature: headers['x-signature'] as string,
        xRequestId: headers['x-request-id'] as string,
        dataId: url.searchParams.get('data.id')!,
        secret: PLATFORM_WEBHOOK_SECRET,
      })
    }
    assert.equal(topics.get('subscription_preapproval')!.body.data.id, id)
    assert.equal(topics.get('subscription_preapproval_plan')!.body.data.id, plan.id)
    const invoiceId = topics.get('subscription_authorized_payment')!.body.data.id
    const read = await new Invoice(config()).get({ id: invoiceId })
    assert.equal(read.preapproval_id, id)
  })
})
