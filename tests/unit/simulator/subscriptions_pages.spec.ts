import { test } from '@japa/runner'
import { FOREIGN_ACCOUNT_ID, PLATFORM_ACCOUNT_ID } from '../../../app/simulator/main.js'
import { MASTER } from './card_support.js'
import { bodyOf, startTestSimulator, statusOf, type TestSimulator } from './support.js'
import {
  advance,
  createPlan,
  invoices,
  preapproval,
  preapprovalRequest,
  put,
  subscribe,
  its,
} from './subscription_support.js'

test.group('Simulator | pages of subscriptions', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  async function visit(path: string): Promise<string> {
    const { body } = await simulator.get(path)
    return body
  }

  async function submit(path: string, fields: Record<string, string>) {
    const response = await fetch(simulator.url + path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    })
    return {
      status: response.status,
      location: response.headers.get('location'),
      text: await response.text(),
    }
  }

  const wait = async () => {
    const request = preapprovalRequest({ reason: '<b>Yoga</b>' })
    return bodyOf(simulator.call('POST', '/preapproval', request)) as Promise<Record<string, any>>
  }

  const typed = (change: Record<string, string> = {}) => ({
    key: 'k1',
    email: 'ana@example.com',
    card_number: MASTER,
    cardholder: 'APRO',
    expiration_month: '11',
    expiration_year: String(new Date().getUTCFullYear() + 4),
    security_code: '123',
    ...change,
  })

  const agree = (id: string, change: Record<string, string> = {}) =>
    submit('/subscriptions/checkout', { preapproval_id: id, ...typed(change) })

  test('let the payer agree with a card, and send it back to the shop', async ({ assert }) => {
    const { id, init_point: initPoint } = await wait()
    const { pathname, search } = new URL(initPoint)
    const shown = await visit(pathname + search)
    assert.include(shown, '&lt;b&gt;Yoga&lt;/b&gt;')
    assert.include(shown, 'R$49.90 every month')
    assert.include(shown, 'value="ana@example.com"')
    assert.include(shown, '<button>Subscribe</button>')
    const { status, location } = await agree(id)
    assert.equal(status, 303)
    assert.equal(location, `https://shop.example/back?preapproval_id=${id}`)
    assert.equal(await its(preapproval(simulator, id), 'status'), 'authorized')
    assert.lengthOf(await invoices(simulator, id), 1)
  })

  test('agree once, however often the form is sent', async ({ assert }) => {
    const plan = await createPlan(simulator)
    const send = () =>
      submit('/subscriptions/checkout', { preapproval_plan_id: plan.id, ...typed() })
    const [one, two] = [await send(), await send()]
    assert.equal(one.location, two.location)
    const { paging } = await bodyOf(simulator.get('/preapproval/search'))
    assert.equal(paging.total, 1)
  })

  test('tell the payer what was wrong, and take the form again', async ({ assert }) => {
    const { id } = await wait()
    const cases: [Record<string, string>, string][] = [
      [{ cardholder: 'FUND' }, 'The card was refused: cc_rejected_insufficient_amount'],
      [{ email: 'bea@example.com' }, 'The email of the payer is not that of the subscription'],
      [{ card_number: '1' }, 'invalid parameter &#39;card_number&#39;'],
      [{ security_code: '' }, 'parameter security_code can not be null/empty'],
    ]
    for (const [change, words] of cases) {
      const { status, text } = await agree(id, change)
      assert.equal(status, 400)
      assert.include(text, words)
    }
    assert.equal(await its(preapproval(simulator, id), 'status'), 'pending')
    assert.equal(await its(agree(id), 'status'), 303)
  })

  test('let the payer change the card later, but not revive what ended', async ({ assert }) => {
    const made = await subscribe(simulator)
    const path = `/subscriptions/checkout?preapproval_id=${made.id}`
    assert.include(await visit(path), '<button>Use this card from now on</button>')
    await agree(made.id)
    assert.notEqual(await its(preapproval(simulator, made.id), 'card_id'), made.card_id)
    await put(simulator, made.id, { status: 'cancelled' })
    assert.include(await visit(path), 'Nobody can subscribe here any more.')
    assert.equal(await its(agree(made.id, { key: 'k2' }), 'status'), 409)
  })

  test('let anybody subscribe to a plan', async ({ assert }) => {
    const trial = { frequency: 7, frequency_type: 'days' }
    const plan = await createPlan(simulator, { repetitions: 3, billing_day: 5, free_trial: trial })
    const { pathname, search } = new URL(plan.init_point)
    const shown = await visit(pathname + search)
    for (const words of ['for the first 7 days', 'on day 5 of the month', '3 instalments']) {
      assert.include(shown, words)
    }
    const { location } = await submit('/subscriptions/checkout', {
      preapproval_plan_id: plan.id,
      ...typed({ email: 'anybody@example.com' }),
    })
    const id = new URL(location!).searchParams.get('preapproval_id')!
    const made = await preapproval(simulator, id)
    assert.deepInclude(made, { preapproval_plan_id: plan.id, status: 'authorized' })
    await simulator.call('PUT', `/preapproval_plan/${plan.id}`, { status: 'cancelled' })
    assert.include(await visit(pathname + search), 'Nobody can subscribe here any more.')
  })

  test('show a seller what is collected, and do what may be done', async ({ assert }) => {
    const { id } = await subscribe(simulator, { reason: '<i>Gym</i>' })
    await createPlan(simulator, {}, { reason: 'Gold' })
    const list = await visit('/subscriptions')
    assert.include(list, '&lt;i&gt;Gym&lt;/i&gt;')
    assert.include(list, 'Gold')
    const act = (action: string) => submit(`/subscriptions/${id}/actions`, { action })
    assert.equal(await its(act('charge'), 'status'), 303)
    assert.include(await visit(`/subscriptions/${id}`), 'processed')
    await submit(`/subscriptions/${id}/card-name`, { cardholder_name: 'FUND' })
    await act('charge')
    assert.include(await visit(`/subscriptions/${id}`), 'an instalment is tried again')
    await act('pause')
    assert.include(await visit(`/subscriptions/${id}`), 'Resume as seller')
    assert.equal(await its(act('pause'), 'status'), 409)
    await act('resume')
    await act('cancel')
    assert.include(await visit(`/subscriptions/${id}`), 'Nothing more can happen to it.')
    assert.equal(await its(act('cancel'), 'status'), 409)
    assert.equal(await its(act('constructor'), 'status'), 400)
    const [{ cause }] = await simulator.journal('preapproval.cancelled')
    assert.equal(cause, 'payer')
  })

  test('say when there is nothing', async ({ assert }) => {
    const empty = await visit(`/subscriptions?seller=${FOREIGN_ACCOUNT_ID}`)
    assert.include(empty, 'Nobody subscribed yet')
    assert.include(empty, 'There is no plan yet.')
    for (const path of ['/subscriptions/none', '/subscriptions/checkout?preapproval_id=none']) {
      assert.equal(await statusOf(simulator.get(path)), 404)
    }
  })
})

test.group('Simulator | control of subscriptions', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const control = (path: string, body: unknown = {}) => simulator.control(path, body)

  test('does what the payer would', async ({ assert }) => {
    const { body: made } = await simulator.call('POST', '/preapproval', preapprovalRequest())
    const path = `/preapprovals/${made.id}`
    const refused = await control(`${path}/authorize`, { cardholder_name: 'FUND' })
    assert.equal(refused.status, 400)
    const wrong = await control(`${path}/authorize`, { email: 'bea@example.com' })
    assert.equal(wrong.status, 400)
    const { body: agreed } = await control(`${path}/authorize`)
    assert.deepInclude(agreed, {
      status: 'authorized',
      payer_email: 'ana@example.com',
      cardholder_name: 'APRO',
    })
    assert.lengthOf(agreed.authorized_payments, 1)
    const { body: ended } = await control(`${path}/cancel`)
    assert.equal(ended.status, 'cancelled')
    for (const verb of ['cancel', 'charge', 'authorize']) {
      assert.equal(await statusOf(control(`${path}/${verb}`)), 409, verb)
    }
  })

  test('lets somebody subscribe to a plan', async ({ assert }) => {
    const plan = await createPlan(simulator)
    const path = `/preapproval_plans/${plan.id}/subscriptions`
    const { status, body } = await control(path, { email: 'bea@example.com' })
    assert.equal(status, 201)
    assert.deepInclude(body, { preapproval_plan_id: plan.id, payer_email: 'bea@example.com' })
    assert.equal(await statusOf(control(path, { cardholder_name: 'OTHE' })), 400)
    assert.equal(await statusOf(control('/preapproval_plans/none/subscriptions')), 404)
  })

  test('makes the next charge fail, or succeed again', async ({ assert }) => {
    const { id } = await subscribe(simulator)
    const path = `/preapprovals/${id}`
    const { body: renamed } = await control(`${path}/card`, { cardholder_name: 'CALL' })
    assert.equal(renamed.cardholder_name, 'CALL')
    const { body: failed } = await control(`${path}/charge`)
    assert.equal(failed.authorized_payments[0].rejection_code, 'cc_rejected_call_for_authorize')
    await control(`${path}/card`, { cardholder_name: 'APRO' })
    const { body: paid } = await control(`${path}/charge`)
    assert.equal(paid.summarized.charged_quantity, 1)
    assert.equal(await statusOf(control(`${path}/card`)), 400)
    assert.equal(
      await statusOf(control(`${path}/card`, { cardholder_name: 'APRO', secondary: true })),
      409
    )
  })

  test('lists subscriptions, latest first', async ({ assert }) => {
    const ids: string[] = []
    for (let count = 0; count < 3; count++) ids.unshift(await its(subscribe(simulator), 'id'))
    const list = async (query: string) => {
      const path = `/_simulator/accounts/${PLATFORM_ACCOUNT_ID}/preapprovals${query}`
      return bodyOf(simulator.get(path)) as Promise<Record<string, any>[]>
    }
    const latest = await list('?limit=2')
    const rest = await list(`?before=${latest[1].position}`)
    assert.deepEqual(
      [...latest, ...rest].map(({ id }) => id),
      ids
    )
    const one = await bodyOf(simulator.get(`/_simulator/preapprovals/${ids[0]}`))
    assert.equal(one.id, ids[0])
    assert.equal(await statusOf(simulator.get('/_simulator/preapprovals/none')), 404)
  })

  test('charges nothing more when all was charged', async ({ assert }) => {
    const plan = await createPlan(simulator, { repetitions: 1 })
    const { id } = await subscribe(simulator, { preapproval_plan_id: plan.id })
    await advance(simulator, 1)
    assert.equal(await statusOf(control(`/preapprovals/${id}/charge`)), 409)
    assert.lengthOf(await invoices(simulator, id), 1)
  })
})
