import { test } from '@japa/runner'
import fc from 'fast-check'
import { holds } from '#tests/support/property'
import {
  ARGENTINE_ACCESS_TOKEN,
  FOREIGN_ACCESS_TOKEN,
  SELLER_TOKENS,
} from '../../../app/simulator/main.js'
import { AMEX, cardInput, tokenize } from './card_support.js'
import { bodyOf, startTestSimulator, statusOf, type TestSimulator } from './support.js'
import {
  advance,
  cardToken,
  createPlan,
  planRequest,
  preapprovalRequest,
  put,
  recurring,
  subscribe,
} from './subscription_support.js'

type Case = [change: Record<string, unknown>, message: string]

const terms = (change: Record<string, unknown>) => ({ auto_recurring: recurring(change) })

/** Of `POST /preapproval` without a plan: what is wrong, and the words. */
const OWN: Case[] = [
  [{ payer_email: undefined }, 'payer_email is required'],
  [{ payer_email: 'nobody' }, 'Invalid value for payer_email'],
  [{ payer_email: 'platform@testuser.com' }, 'Payer and collector cannot be the same user'],
  [{ payer_email: 'argentine@testuser.com' }, 'Cannot operate between different countries'],
  [{ reason: undefined }, 'reason is required'],
  [{ reason: 'x'.repeat(257) }, 'Invalid value for reason, is too long'],
  [{ back_url: undefined }, 'back_url is required'],
  [{ back_url: 'shop' }, 'Invalid value for back_url, must be a valid URL'],
  [{ back_url: 'javascript:alert(1)' }, 'Invalid value for back_url, must be a valid URL'],
  [{ auto_recurring: undefined }, 'auto_recurring is required'],
  [{ auto_recurring: [recurring()] }, 'Parameters passed are invalid'],
  [{ status: 'paused' }, 'Invalid value for status'],
  [{ status: 'authorized' }, 'card_token_id is required'],
  [terms({ frequency: undefined }), 'frequency is required'],
  [terms({ frequency: 0 }), 'Invalid value for frequency, must be between 1 and 1000'],
  [terms({ frequency: '1' }), 'Invalid value for frequency, must be between 1 and 1000'],
  [
    terms({ frequency_type: 'years' }),
    'Invalid value for frequency_type, must be one of [days, months]',
  ],
  [terms({ transaction_amount: undefined }), 'transaction_amount is required'],
  [
    terms({ transaction_amount: 0 }),
    'Invalid value for transaction amount, must be a positive number',
  ],
  [
    terms({ transaction_amount: '10' }),
    'Invalid value for transaction amount, must be a positive number',
  ],
  [terms({ transaction_amount: 1.001 }), 'Invalid value for transaction amount'],
  [terms({ transaction_amount: 0.49 }), 'Cannot pay an amount lower than $ 0.50'],
  [terms({ transaction_amount: 60_000.01 }), 'Cannot pay an amount greater than $ 60000.00'],
  [terms({ currency_id: undefined }), 'auto_recurring.currency_id is required'],
  [terms({ currency_id: 'ARS' }), 'Invalid field -> auto_recurring.currency_id'],
  [
    terms({ start_date: '2020-06-02T13:07:14.260Z' }),
    'Invalid value for auto_recurring.start_date, cannot be a past date',
  ],
  [
    terms({ start_date: 'soon' }),
    'Invalid value for auto_recurring.start_date, must be a valid date',
  ],
  [
    terms({ end_date: '2020-06-02T13:07:14.260Z' }),
    'Invalid value for auto_recurring.end_date, must be after start_date',
  ],
  [
    terms({ free_trial: { frequency: 1, frequency_type: 'weeks' } }),
    'Invalid value for frequency_type, must be one of [days, months]',
  ],
  [
    terms({ frequency_type: 'days', billing_day: 10 }),
    'Only monthly frequencies are able to receive billing day or proportional',
  ],
]

/** Of `POST /preapproval_plan`. */
const PLANS: Case[] = [
  [{ reason: null }, 'reason is required'],
  [{ back_url: null }, 'back_url is required'],
  [{ auto_recurring: null }, 'auto_recurring is required'],
  [terms({ billing_day: 29 }), 'Invalid value for billing_day, must be between 1 and 28'],
  [terms({ billing_day: 0 }), 'Invalid value for billing_day, must be between 1 and 28'],
  [terms({ repetitions: 0 }), 'Invalid value for repetitions, must be between 1 and 1200'],
  [terms({ billing_day: 3, billing_day_proportional: 'yes' }), 'Parameters passed are invalid'],
  [
    terms({ frequency_type: 'days', billing_day: 3 }),
    'Only monthly frequencies are able to receive billing day or proportional',
  ],
  [{ payment_methods_allowed: { payment_types: 'card' } }, 'Parameters passed are invalid'],
  [{ payment_methods_allowed: { payment_types: [{ id: 1 }] } }, 'Parameters passed are invalid'],
]

const anything = fc.oneof(
  { depthSize: 'small' },
  fc.constantFrom(null, true, 0, -1, 1e21, 'BRL', 'months', 'authorized', '2099-01-01T00:00:00Z'),
  fc.double({ noNaN: true }),
  fc.string({ unit: 'binary' }),
  fc.array(fc.anything(), { maxLength: 2 }),
  fc.dictionary(fc.string(), fc.anything(), { maxKeys: 2 })
)

const mostly = (usual: unknown) =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 4 }, { arbitrary: anything, weight: 1 })

const bodies = fc.oneof(
  anything,
  fc.record(
    {
      reason: mostly('Yoga'),
      external_reference: mostly('YG'),
      payer_email: mostly('ana@example.com'),
      back_url: mostly('https://shop.example'),
      status: mostly('pending'),
      card_token_id: anything,
      card_token_id_secondary: anything,
      preapproval_plan_id: anything,
      payment_methods_allowed: anything,
      auto_recurring: fc.oneof(
        anything,
        fc.record(
          {
            frequency: mostly(1),
            frequency_type: mostly('months'),
            transaction_amount: mostly(10),
            currency_id: mostly('BRL'),
            free_trial: anything,
            start_date: anything,
            end_date: anything,
            repetitions: anything,
            billing_day: mostly(10),
            billing_day_proportional: anything,
          },
          { requiredKeys: [] }
        )
      ),
    },
    { requiredKeys: [] }
  )
)

test.group('Simulator | refusals of subscriptions', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const create = (change: Record<string, unknown>) =>
    simulator.call('POST', '/preapproval', preapprovalRequest(change))

  for (const [change, message] of OWN) {
    test(`of one without a plan: ${message}`, async ({ assert }) => {
      const { status, body } = await create(change)
      assert.deepEqual([status, body], [400, { message, status: 400 }])
    })
  }

  for (const [change, message] of PLANS) {
    test(`of a plan: ${message}`, async ({ assert }) => {
      const { status, body } = await simulator.call(
        'POST',
        '/preapproval_plan',
        planRequest(change)
      )
      assert.deepEqual([status, body], [400, { message, status: 400 }])
    })
  }

  test('of one with a plan', async ({ assert }) => {
    const plan = await createPlan(simulator)
    const own = { preapproval_plan_id: plan.id, auto_recurring: undefined }
    const token = await cardToken(simulator)
    const cases: [Record<string, unknown>, string, number?][] = [
      [own, 'card_token_id is required'],
      [{ ...own, status: 'pending' }, 'card_token_id is required'],
      [
        { ...own, ...terms({ transaction_amount: 50 }), card_token_id: token },
        'The transaction_amount must be the same as preapproval_plan',
      ],
      [
        { preapproval_plan_id: 'missing', card_token_id: token },
        'The template with id missing does not exist',
        404,
      ],
    ]
    for (const [change, message, status = 400] of cases) {
      const answer = await create(change)
      assert.deepEqual([answer.status, answer.body.message], [status, message])
    }
  })

  test('of cards', async ({ assert }) => {
    const token = async (change: Record<string, unknown>, name: string | null = 'APRO') => {
      const { id } = await bodyOf(tokenize(simulator, cardInput(name, change)))
      return id as string
    }
    const theirs = await bodyOf(
      simulator.call('POST', '/v1/card_tokens', cardInput(), {
        authorization: `Bearer ${FOREIGN_ACCESS_TOKEN}`,
      })
    )
    const cases: [string, number, string][] = [
      ['nonsense', 404, 'Card token service not found'],
      [theirs.id, 404, 'Card token service not found'],
      [await token({}, null), 400, 'Invalid card token, cardholder name is missing'],
      [
        await token({ card_number: '3530111333300000' }),
        400,
        'Unsupported_credit_card_for_recurring_payment',
      ],
      [await token({ card_number: AMEX }), 400, 'CC_VAL_433 Credit card validation has failed'],
    ]
    for (const [id, status, message] of cases) {
      const answer = await create({ card_token_id: id })
      assert.deepEqual([answer.status, answer.body.message], [status, message])
    }
    const old = await cardToken(simulator)
    await advance(simulator, 8)
    const { body } = await create({ card_token_id: old })
    assert.equal(body.message, 'Card token is expired, please generate new')
  })

  test('of a test user for a real seller, and the reverse', async ({ assert }) => {
    const { body: real } = await simulator.control('/accounts', { test_user: false })
    const headers = { authorization: `Bearer ${real.access_token}` }
    const request = preapprovalRequest({ payer_email: 'someone@testuser.com' })
    const { status, body } = await simulator.call('POST', '/preapproval', request, headers)
    assert.equal(status, 400)
    assert.equal(body.message, 'Both payer and collector must be real or test users')
  })

  test('of an address that only this machine knows, where the account says so', async ({
    assert,
  }) => {
    const { body: account } = await simulator.control('/accounts', {
      settings: { local_back_urls: 'refused' },
    })
    const headers = { authorization: `Bearer ${account.access_token}` }
    const request = preapprovalRequest({ back_url: 'http://localhost:3333/back' })
    const refused = await simulator.call('POST', '/preapproval', request, headers)
    assert.equal(refused.status, 400)
    assert.equal(await statusOf(create({ back_url: 'http://localhost:3333/back' })), 201)
  })

  test('of the least amounts of Argentina and Colombia', async ({ assert }) => {
    const words = async (token: string, currency: string, amount: number) => {
      const headers = { authorization: `Bearer ${token}` }
      const auto = recurring({ currency_id: currency, transaction_amount: amount })
      const request = preapprovalRequest({ auto_recurring: auto })
      const { body } = await simulator.call('POST', '/preapproval', request, headers)
      return body.message as string
    }
    assert.equal(
      await words(ARGENTINE_ACCESS_TOKEN, 'ARS', 14),
      'Cannot pay an amount lower than $ 15.00'
    )
    assert.equal(
      await words(ARGENTINE_ACCESS_TOKEN, 'ARS', 2_000_001),
      'Cannot pay an amount greater than $ 2000000.00'
    )
    assert.equal(
      await words(SELLER_TOKENS.MCO, 'COP', 1000),
      'Cannot pay an amount lower than $ 1600.00'
    )
    assert.equal(
      await words(SELLER_TOKENS.MCO, 'COP', 2000.5),
      'Invalid value for transaction amount'
    )
  })

  test('of changes that the state does not allow', async ({ assert }) => {
    const { id } = await subscribe(simulator)
    const words = async (body: Record<string, unknown>) => {
      const answer = await put(simulator, id, body)
      return `${answer.status} ${answer.body.message ?? answer.body.status}`
    }
    assert.equal(await words({ status: 'finished' }), '400 Invalid value for status')
    assert.equal(
      await words({ status: 'pending' }),
      '400 Invalid transition from authorized to pending'
    )
    assert.equal(await words({ card_token_id: 'none' }), '404 Card token service not found')
    assert.equal(
      await words({ card_token_id_secondary: await cardToken(simulator) }),
      '400 payment_method_id_secondary is required'
    )
    const token = await cardToken(simulator)
    const twice = { card_token_id: token, card_token_id_secondary: token }
    assert.equal(
      await words({ ...twice, payment_method_id_secondary: 'master' }),
      '400 Card token was used, please generate new'
    )
    assert.equal(await words({ status: 'paused' }), '200 paused')
    const paused = '400 You can not modify a paused preapproval.'
    assert.equal(await words({ auto_recurring: { transaction_amount: 20 } }), paused)
    assert.equal(await words({ status: 'paused' }), paused)
    assert.equal(await words({ status: 'cancelled' }), '200 cancelled')
    const over = '400 You can not modify a cancelled preapproval.'
    assert.equal(await words({ status: 'cancelled' }), over)
    assert.equal(await words({ reason: 'Other' }), over)
    assert.equal(
      await words({ status: 'authorized' }),
      '400 Invalid transition from cancelled to authorized'
    )
    const { body: waiting } = await create({})
    const answer = await put(simulator, waiting.id, { status: 'paused' })
    assert.equal(answer.body.message, 'Invalid transition from pending to paused')
  })

  test('of searches', async ({ assert }) => {
    const paths = [
      '/preapproval/search?sort=data:asc',
      '/preapproval/search?sort=reason:up',
      '/preapproval/search?limit=101',
      '/preapproval/search?offset=-1',
      '/preapproval_plan/search?sort=id',
      '/preapproval_plan/search?criteria=up',
      '/authorized_payments/search',
      '/authorized_payments/search?external_reference=x',
      '/authorized_payments/search?preapproval_id=x&limit=many',
    ]
    for (const path of paths) assert.equal(await statusOf(simulator.get(path)), 400, path)
    for (const id of ['1', 'x', '9'.repeat(30)]) {
      assert.equal(await statusOf(simulator.get(`/authorized_payments/${id}`)), 404)
    }
  })

  test('of calls without a token', async ({ assert }) => {
    const calls: [string, string][] = [
      ['POST', '/preapproval'],
      ['GET', '/preapproval/search'],
      ['PUT', '/preapproval/1'],
      ['POST', '/preapproval_plan/'],
      ['GET', '/preapproval_plan/1/'],
      ['GET', '/authorized_payments/1'],
    ]
    for (const [method, path] of calls) {
      const body = method === 'GET' ? undefined : {}
      const answer = await simulator.call(method, path, body, { authorization: 'Bearer nobody' })
      assert.equal(answer.status, 401, path)
    }
  })

  test('are never a failure of the simulator', async ({ assert }) => {
    const { id } = await subscribe(simulator)
    const { id: planId } = await createPlan(simulator)
    const targets = fc.constantFrom(
      ['POST', '/preapproval'],
      ['POST', '/preapproval_plan'],
      ['PUT', `/preapproval/${id}`],
      ['PUT', `/preapproval_plan/${planId}`],
      ['POST', `/_simulator/preapprovals/${id}/card`],
      ['POST', `/_simulator/preapprovals/${id}/authorize`],
      ['POST', `/_simulator/preapproval_plans/${planId}/subscriptions`]
    )
    await holds([targets, bodies], async ([method, path], body) => {
      const { status } = await simulator.call(method, path, body)
      assert.isBelow(status, 500, JSON.stringify(body))
    })
    await advance(simulator, 400)
    assert.equal(await statusOf(simulator.get(`/preapproval/${id}`)), 200)
  }).timeout(120_000)

  test('of searches are none either', async ({ assert }) => {
    const paths = fc.constantFrom('preapproval', 'preapproval_plan', 'authorized_payments')
    const names = ['q', 'sort', 'criteria', 'status', 'payer_id', 'payment_id', 'limit', 'offset']
    const queries = fc.dictionary(
      fc.constantFrom(...names, 'id', 'transaction_amount', 'payer_email', 'preapproval_id'),
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('1', 'reason:asc', 'a,b', '%'))
    )
    await holds([paths, queries], async (path, query) => {
      const { status } = await simulator.get(`/${path}/search?${new URLSearchParams(query)}`)
      assert.isBelow(status, 500, JSON.stringify(query))
    })
  }).timeout(120_000)
})
