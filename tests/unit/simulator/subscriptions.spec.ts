import { test } from '@japa/runner'
import {
  ARGENTINE_ACCESS_TOKEN,
  FOREIGN_ACCESS_TOKEN,
  PLATFORM_ACCOUNT_ID,
  PLATFORM_CLIENT_ID,
} from '../../../app/simulator/main.js'
import { connect } from './oauth_support.js'
import { bodyOf, startTestSimulator, statusOf, type TestSimulator } from './support.js'
import {
  advance,
  cardToken,
  createPlan,
  dayOf,
  invoices,
  planRequest,
  preapproval,
  preapprovalRequest,
  put,
  recurring,
  startOn,
  subscribe,
} from './subscription_support.js'

test.group('Simulator | subscriptions', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    await startOn(simulator, '2027-01-31')
    return () => simulator.close()
  })

  const create = (change: Record<string, unknown> = {}) =>
    simulator.call('POST', '/preapproval', preapprovalRequest(change))

  /** Every payment that was made, oldest first. */
  async function payments() {
    const { results } = await bodyOf(simulator.get('/v1/payments/search?sort=id&criteria=asc'))
    return results as Record<string, any>[]
  }

  test('without a card wait for the payer, and charge nobody', async ({ assert }) => {
    const { status, body } = await create()
    assert.equal(status, 201)
    assert.equal(body.status, 'pending')
    assert.isNull(body.card_id)
    assert.equal(
      body.init_point,
      `${simulator.url}/subscriptions/checkout?preapproval_id=${body.id}`
    )
    assert.equal(body.collector_id, PLATFORM_ACCOUNT_ID)
    assert.equal(body.application_id, Number(PLATFORM_CLIENT_ID))
    await advance(simulator, 100)
    assert.isEmpty(await payments())
    assert.isEmpty(await invoices(simulator, body.id))
  })

  test('with a card are authorized at once, but not if they say that they are pending', async ({
    assert,
  }) => {
    const token = await cardToken(simulator)
    const waiting = await create({ card_token_id: token, status: 'pending' })
    assert.equal(waiting.body.status, 'pending')
    const made = await create({ card_token_id: token })
    assert.equal(made.body.status, 'authorized')
    assert.equal(made.body.payment_method_id, 'master')
    assert.equal(made.body.next_payment_date, made.body.date_created)
  })

  test('prove the card with the least there is, which goes back at once and costs nobody', async ({
    assert,
  }) => {
    await subscribe(simulator)
    const [check] = await payments()
    assert.deepInclude(check, {
      operation_type: 'card_validation',
      description: 'Recurring payment validation',
      external_reference: null,
      transaction_amount: 0.5,
      transaction_amount_refunded: 0.5,
      status: 'refunded',
      binary_mode: true,
    })
    assert.isEmpty(check.fee_details)
    assert.equal(check.point_of_interaction.type, 'UNSPECIFIED')
    const balance = await bodyOf(
      simulator.get(`/_simulator/accounts/${PLATFORM_ACCOUNT_ID}/balance`)
    )
    assert.deepInclude(balance, { available: 0, pending: 0, blocked: 0 })
  })

  test('are not made with a card that is refused; its payment stays', async ({ assert }) => {
    for (const name of ['FUND', 'CONT']) {
      const token = await cardToken(simulator, name)
      const refused = await create({ card_token_id: token, status: 'authorized' })
      assert.equal(refused.status, 400)
      assert.equal(refused.body.message, 'CC_VAL_433 Credit card validation has failed')
    }
    const made = await payments()
    assert.deepEqual(
      made.map(({ status, status_detail: detail }) => [status, detail]),
      [
        ['rejected', 'cc_rejected_insufficient_amount'],
        ['rejected', 'cc_rejected_other_reason'],
      ]
    )
    const { results } = await bodyOf(simulator.get('/preapproval/search'))
    assert.isEmpty(results)
  })

  test('take a token once', async ({ assert }) => {
    const token = await cardToken(simulator)
    await create({ card_token_id: token })
    const again = await create({ card_token_id: token })
    assert.equal(again.body.message, 'Card token was used, please generate new')
  })

  test('are another one each time, whatever key is sent', async ({ assert }) => {
    const post = () => bodyOf(simulator.post('/preapproval', preapprovalRequest(), 'same'))
    const [one, two] = [await post(), await post()]
    assert.notEqual(one.id, two.id)
  })

  test('drop what they do not know, and what only plans have', async ({ assert }) => {
    const { status, body } = await create({
      items: [1],
      auto_recurring: recurring({ repetitions: 3, billing_day: 10 }),
    })
    assert.equal(status, 201)
    assert.notProperty(body, 'items')
    assert.notProperty(body.auto_recurring, 'repetitions')
    assert.isFalse(body.auto_recurring.has_billing_day)
  })

  test('take their terms and their reason from a plan', async ({ assert }) => {
    const plan = await createPlan(simulator, { repetitions: 12, billing_day: 10 })
    const body = await bodyOf(
      create({
        preapproval_plan_id: plan.id,
        card_token_id: await cardToken(simulator),
        reason: 'Another',
        auto_recurring: recurring({ frequency: 2 }),
      })
    )
    assert.deepInclude(body, {
      preapproval_plan_id: plan.id,
      reason: 'Yoga classes',
      status: 'authorized',
      external_reference: 'YG-1234',
    })
    assert.deepInclude(body.auto_recurring, {
      frequency: 1,
      repetitions: 12,
      billing_day: 10,
      has_billing_day: true,
      transaction_amount: 49.9,
    })
    assert.equal(body.summarized.quotas, 12)
  })

  test('begin at their date if they also end at one', async ({ assert }) => {
    const period = { start_date: '2027-03-05T12:00:00.000Z', end_date: '2027-06-04T12:00:00.000Z' }
    const both = await subscribe(simulator, { auto_recurring: recurring(period) })
    assert.equal(dayOf(both.next_payment_date), '2027-03-05')
    assert.equal(both.summarized.quotas, 3)
    const { start_date: startDate } = period
    const alone = await subscribe(simulator, {
      auto_recurring: recurring({ start_date: startDate }),
    })
    assert.equal(dayOf(alone.next_payment_date), '2027-01-31')
  })

  test('may begin with a trial', async ({ assert }) => {
    const trial = { frequency: 7, frequency_type: 'days' }
    const made = await subscribe(simulator, { auto_recurring: recurring({ free_trial: trial }) })
    assert.deepEqual(made.auto_recurring.free_trial, trial)
    assert.equal(made.first_invoice_offset, 7)
    assert.equal(dayOf(made.next_payment_date), '2027-02-07')
    assert.isEmpty(await invoices(simulator, made.id))
  })

  test('belong to the seller whose token asks, and to no other', async ({ assert }) => {
    const { body: made } = await create()
    const headers = { authorization: `Bearer ${FOREIGN_ACCESS_TOKEN}` }
    const others = await simulator.call('GET', `/preapproval/${made.id}`, undefined, headers)
    assert.equal(others.status, 400)
    assert.equal(others.body.message, 'the preapprovalId is not valid for callerId')
    const missing = await simulator.get('/preapproval/2c938084726fca480172750000000000')
    assert.equal(missing.status, 404)
    const found = await simulator.call('GET', '/preapproval/search', undefined, headers)
    assert.equal(found.body.paging.total, 0)
    const charged = await subscribe(simulator)
    const [instalment] = await invoices(simulator, charged.id)
    const path = `/authorized_payments/${instalment.id}`
    assert.equal(await statusOf(simulator.call('GET', path, undefined, headers)), 404)
    assert.equal(await statusOf(simulator.get(path)), 200)
  })

  test('of a connected seller are charged for it, and told to the application', async ({
    assert,
  }) => {
    const granted = await connect(simulator)
    const headers = { authorization: `Bearer ${granted.access_token}` }
    const token = await cardToken(simulator)
    const { body } = await simulator.call(
      'POST',
      '/preapproval',
      preapprovalRequest({ card_token_id: token }),
      headers
    )
    assert.equal(body.collector_id, granted.user_id)
    assert.equal(body.application_id, Number(PLATFORM_CLIENT_ID))
    await advance(simulator, 0, 2)
    const path = `/authorized_payments/search?preapproval_id=${body.id}`
    const found = await simulator.call('GET', path, undefined, headers)
    const paid = await bodyOf(
      simulator.get(`/_simulator/payments/${found.body.results[0].payment.id}`)
    )
    assert.equal(paid.collector_id, granted.user_id)
    const { body: deliveries } = await simulator.get('/_simulator/deliveries')
    const [told] = deliveries.filter(
      (one: any) => one.body.type === 'subscription_authorized_payment'
    )
    assert.equal(told.body.user_id, granted.user_id)
  })

  test('are in the currency of the seller, with its decimals', async ({ assert }) => {
    const headers = { authorization: `Bearer ${ARGENTINE_ACCESS_TOKEN}` }
    const terms = recurring({ currency_id: 'ARS', transaction_amount: 15 })
    const request = preapprovalRequest({ auto_recurring: terms })
    const { status, body } = await simulator.call('POST', '/preapproval', request, headers)
    assert.equal(status, 201)
    assert.equal(body.auto_recurring.currency_id, 'ARS')
  })

  test('change their amount, texts and addresses, of which nobody is told', async ({ assert }) => {
    const { id } = await subscribe(simulator)
    const { body } = await put(simulator, id, {
      auto_recurring: { transaction_amount: 60, currency_id: 'USD' },
      reason: 'More yoga',
      external_reference: 'YG-2',
      back_url: 'https://shop.example/other',
    })
    assert.deepInclude(body, { reason: 'More yoga', external_reference: 'YG-2' })
    assert.deepInclude(body.auto_recurring, { transaction_amount: 60, currency_id: 'BRL' })
    await advance(simulator, 0, 2)
    const [first] = await invoices(simulator, id)
    assert.deepInclude(first, { transaction_amount: 60, reason: 'More yoga' })
    const { body: deliveries } = await simulator.get('/_simulator/deliveries')
    const told = deliveries.filter((one: any) => one.body.type === 'subscription_preapproval')
    assert.lengthOf(told, 1)
  })

  test('keep their dates, cycle, payer and plan, whatever is asked for', async ({ assert }) => {
    const before = await subscribe(simulator)
    const { status, body } = await put(simulator, before.id, {
      payer_email: 'other@example.com',
      preapproval_plan_id: 'another',
      auto_recurring: { frequency: 3, end_date: '2028-01-01T00:00:00Z', start_date: 'never' },
    })
    assert.equal(status, 200)
    assert.deepEqual(body.auto_recurring, before.auto_recurring)
    assert.equal(body.payer_id, before.payer_id)
    assert.notProperty(body, 'preapproval_plan_id')
  })

  test('that wait are authorized with a card by the seller, not without', async ({ assert }) => {
    const { body: made } = await create()
    const bare = await put(simulator, made.id, { status: 'authorized' })
    assert.equal(bare.status, 400)
    assert.match(bare.body.message, /only the payer can/)
    const { body } = await put(simulator, made.id, {
      card_token_id: await cardToken(simulator),
      status: 'authorized',
    })
    assert.equal(body.status, 'authorized')
    assert.lengthOf(await invoices(simulator, made.id), 1)
  })

  test('get another card, which is proved too and charged from then on', async ({ assert }) => {
    const { id, card_id: former } = await subscribe(simulator)
    const refused = await put(simulator, id, { card_token_id: await cardToken(simulator, 'OTHE') })
    assert.deepEqual([refused.status, refused.body.code], [402, 'cc_rejected_other_reason'])
    const { body: kept } = await simulator.get(`/preapproval/${id}`)
    assert.equal(kept.card_id, former)
    const { body } = await put(simulator, id, { card_token_id: await cardToken(simulator) })
    assert.notEqual(body.card_id, former)
    await advance(simulator, 0, 2)
    const [{ payment }] = await invoices(simulator, id)
    const paid = await simulator.payment(payment.id)
    assert.equal(paid.card.id, String(body.card_id))
  })

  test('are found by payer, plan, state, amount, semaphore and words, in any order', async ({
    assert,
  }) => {
    const plan = await createPlan(simulator, {}, { reason: 'Gold 100%' })
    const gold = await subscribe(simulator, { preapproval_plan_id: plan.id })
    await create({
      payer_email: 'Bea@Example.com',
      auto_recurring: recurring({ transaction_amount: 80 }),
    })
    const { body: third } = await create({ payer_email: 'bea@example.com' })
    await put(simulator, third.id, { status: 'cancelled' })
    await advance(simulator, 0, 2)
    const total = async (query: string) => {
      const { paging } = await bodyOf(simulator.get(`/preapproval/search?${query}`))
      return paging.total as number
    }
    assert.equal(await total(''), 3)
    assert.equal(await total('payer_email=bea@example.com'), 2)
    assert.equal(await total(`payer_id=${gold.payer_id}`), 1)
    assert.equal(await total(`preapproval_plan_id=${plan.id}`), 1)
    assert.equal(await total('status=authorized,cancelled'), 2)
    assert.equal(await total('status=nonsense'), 0)
    assert.equal(await total('transaction_amount=80'), 1)
    assert.equal(await total('semaphore=green'), 1)
    assert.equal(await total('q=gold%20100%25'), 1)
    assert.equal(await total('q=_'), 0)
    assert.equal(await total('external_reference=nobody'), 3)
    const sorted = await bodyOf(
      simulator.get('/preapproval/search?sort=transaction_amount:desc&limit=1')
    )
    assert.equal(sorted.results[0].auto_recurring.transaction_amount, 80)
    assert.deepEqual(sorted.paging, { limit: 1, offset: 0, total: 3 })
  })
})

test.group('Simulator | plans of subscriptions', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const change = (id: string, body: unknown) =>
    simulator.call('PUT', `/preapproval_plan/${id}`, body)

  test('are made, read and changed', async ({ assert }) => {
    const trial = { frequency: 1, frequency_type: 'months' }
    const plan = await createPlan(
      simulator,
      { repetitions: 12, billing_day: 10, billing_day_proportional: true, free_trial: trial },
      { payment_methods_allowed: { payment_types: [{ id: 'credit_card' }], payment_methods: [{}] } }
    )
    assert.equal(plan.status, 'active')
    assert.deepEqual(plan.payment_methods_allowed, {
      payment_types: [{ id: 'credit_card' }],
      payment_methods: [],
    })
    assert.deepEqual(plan.auto_recurring.free_trial, { ...trial, first_invoice_offset: 30 })
    const changed = await bodyOf(change(plan.id, { reason: 'Gold' }))
    assert.deepEqual(
      { ...changed, last_modified: '' },
      { ...plan, reason: 'Gold', last_modified: '' }
    )
    assert.deepEqual(await bodyOf(simulator.get(`/preapproval_plan/${plan.id}`)), changed)
  })

  test('want their trial again beside another frequency', async ({ assert }) => {
    const trial = { frequency: 7, frequency_type: 'days' }
    const plan = await createPlan(simulator, { free_trial: trial })
    const { status, body } = await change(plan.id, { auto_recurring: { frequency: 2 } })
    assert.deepEqual([status, body.message], [400, 'The free trial property must be sent'])
    const whole = { auto_recurring: { frequency: 2, free_trial: trial } }
    assert.equal(await statusOf(change(plan.id, whole)), 200)
  })

  test('share their amount and reason with their subscribers, not their cycle', async ({
    assert,
  }) => {
    const plan = await createPlan(simulator)
    const made = await subscribe(simulator, { preapproval_plan_id: plan.id })
    const { body: ended } = await put(simulator, made.id, { status: 'cancelled' })
    const live = await subscribe(simulator, { preapproval_plan_id: plan.id })
    await change(plan.id, {
      reason: 'Gold',
      auto_recurring: { frequency: 2, transaction_amount: 70 },
    })
    const after = await preapproval(simulator, live.id)
    assert.equal(after.reason, 'Gold')
    assert.deepInclude(after.auto_recurring, { frequency: 1, transaction_amount: 70 })
    assert.deepEqual(await preapproval(simulator, made.id), ended)
  })

  test('that are over take no subscribers and change no more', async ({ assert }) => {
    const plan = await createPlan(simulator)
    await change(plan.id, { status: 'cancelled' })
    const token = await cardToken(simulator)
    const request = { preapproval_plan_id: plan.id, payer_email: 'a@b.co', card_token_id: token }
    assert.equal(await statusOf(simulator.call('POST', '/preapproval', request)), 400)
    assert.equal(await statusOf(change(plan.id, { status: 'active' })), 400)
  })

  test('may allow some cards only', async ({ assert }) => {
    const allowed = { payment_methods_allowed: { payment_methods: [{ id: 'visa' }] } }
    const plan = await createPlan(simulator, {}, allowed)
    const token = await cardToken(simulator)
    const request = { preapproval_plan_id: plan.id, payer_email: 'a@b.co', card_token_id: token }
    const { status, body } = await simulator.call('POST', '/preapproval', request)
    assert.deepEqual([status, body.message], [400, 'The payment method is not allowed by the plan'])
  })

  test('are found by state and words, with how many subscribed', async ({ assert }) => {
    const gold = await createPlan(simulator, {}, { reason: 'Gold' })
    await subscribe(simulator, { preapproval_plan_id: gold.id })
    const over = await createPlan(simulator, {}, { reason: 'Silver' })
    await change(over.id, { status: 'cancelled' })
    const search = (query: string) =>
      bodyOf(simulator.get(`/preapproval_plan/search?${query}`)) as Promise<any>
    const { results } = await search('sort=reason&criteria=asc')
    assert.deepEqual(
      results.map(({ reason, subscribed }: any) => [reason, subscribed]),
      [
        ['Gold', 1],
        ['Silver', 0],
      ]
    )
    const { paging } = await search('status=active&q=old')
    assert.equal(paging.total, 1)
  })

  test('of another seller are as missing as one that never was', async ({ assert }) => {
    const headers = { authorization: `Bearer ${FOREIGN_ACCESS_TOKEN}` }
    const { body: theirs } = await simulator.call(
      'POST',
      '/preapproval_plan',
      planRequest(),
      headers
    )
    for (const id of [theirs.id, 'nobody']) {
      const { status, body } = await simulator.get(`/preapproval_plan/${id}`)
      assert.equal(status, 404)
      assert.equal(body.message, `The template with id ${id} does not exist`)
    }
  })
})
