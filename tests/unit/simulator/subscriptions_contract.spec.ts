import { test } from '@japa/runner'
import { bodyOf, startTestSimulator, type TestSimulator } from './support.js'
import {
  advance,
  cardToken,
  createPlan,
  invoices,
  preapproval,
  preapprovalRequest,
  put,
  recurring,
  subscribe,
} from './subscription_support.js'

const WIRE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}-04:00$/

type Shape = Record<string, string>

const RECURRING: Shape = {
  'auto_recurring.frequency': 'number',
  'auto_recurring.frequency_type': 'string',
  'auto_recurring.start_date': 'time',
  'auto_recurring.currency_id': 'string',
  'auto_recurring.transaction_amount': 'number',
}

/** Every field of the documented samples, by name and type, with the ids' lengths. */
const PENDING: Shape = {
  ...RECURRING,
  'id': 'id',
  'version': 'number',
  'application_id': 'number',
  'collector_id': 'number',
  'reason': 'string',
  'external_reference': 'string',
  'back_url': 'string',
  'init_point': 'string',
  'auto_recurring.free_trial': 'null',
  'first_invoice_offset': 'null',
  'payer_id': 'number',
  'payer_email': 'string',
  'card_id': 'null',
  'payment_method_id': 'null',
  'next_payment_date': 'time',
  'date_created': 'time',
  'last_modified': 'time',
  'summarized': 'object',
  'status': 'string',
}

const COLLECTED: Shape = {
  ...PENDING,
  'preapproval_plan_id': 'id',
  'auto_recurring.end_date': 'time',
  'auto_recurring.free_trial.frequency': 'number',
  'auto_recurring.free_trial.frequency_type': 'string',
  'auto_recurring.free_trial': 'object',
  'first_invoice_offset': 'number',
  'card_id': 'number',
  'payment_method_id': 'string',
  'card_id_secondary': 'number',
  'payment_method_id_secondary': 'string',
  'summarized.quotas': 'number',
  'summarized.charged_quantity': 'number',
  'summarized.charged_amount': 'number',
  'summarized.pending_charge_quantity': 'number',
  'summarized.pending_charge_amount': 'number',
  'summarized.last_charged_date': 'time',
  'summarized.last_charged_amount': 'number',
  'summarized.semaphore': 'string',
}

const PLAN: Shape = {
  'id': 'id',
  'application_id': 'number',
  'collector_id': 'number',
  'reason': 'string',
  'auto_recurring.frequency': 'number',
  'auto_recurring.frequency_type': 'string',
  'auto_recurring.repetitions': 'number',
  'auto_recurring.billing_day': 'number',
  'auto_recurring.billing_day_proportional': 'boolean',
  'auto_recurring.free_trial.frequency': 'number',
  'auto_recurring.free_trial.frequency_type': 'string',
  'auto_recurring.free_trial.first_invoice_offset': 'number',
  'auto_recurring.transaction_amount': 'number',
  'auto_recurring.currency_id': 'string',
  'payment_methods_allowed.payment_types': 'array',
  'payment_methods_allowed.payment_methods': 'array',
  'back_url': 'string',
  'external_reference': 'string',
  'init_point': 'string',
  'date_created': 'time',
  'last_modified': 'time',
  'status': 'string',
}

const INVOICE: Shape = {
  'id': 'number',
  'type': 'string',
  'date_created': 'time',
  'last_modified': 'time',
  'preapproval_id': 'id',
  'payer_id': 'number',
  'reason': 'string',
  'external_reference': 'string',
  'currency_id': 'string',
  'transaction_amount': 'number',
  'debit_date': 'time',
  'retry_attempt': 'number',
  'status': 'string',
  'summarized': 'string',
  'payment.id': 'number',
  'payment.status': 'string',
  'payment.status_detail': 'string',
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'array'
  if (typeof value !== 'string') return typeof value
  if (/^[0-9a-f]{32}$/.test(value)) return 'id'
  return WIRE_TIME.test(value) ? 'time' : 'string'
}

function valueAt(body: any, path: string): unknown {
  return path.split('.').reduce((inner, name) => inner?.[name], body)
}

/** What of `shape` a body has otherwise. */
function differences(body: unknown, shape: Shape): string[] {
  return Object.entries(shape)
    .map(([path, kind]) => [path, kind, kindOf(valueAt(body, path))])
    .filter(([, kind, found]) => kind !== found)
    .map(([path, kind, found]) => `${path}: ${found}, not ${kind}`)
}

test.group('Simulator | the documented samples of subscriptions', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  async function subscribedToPlan() {
    const plan = await createPlan(simulator, {
      repetitions: 6,
      free_trial: { frequency: 7, frequency_type: 'days' },
    })
    const made = await subscribe(simulator, { preapproval_plan_id: plan.id })
    await put(simulator, made.id, {
      card_token_id_secondary: await cardToken(simulator),
      payment_method_id_secondary: 'master',
    })
    await advance(simulator, 8)
    return preapproval(simulator, made.id)
  }

  test('have the fields of one that waits', async ({ assert }) => {
    const made = await simulator.call('POST', '/preapproval', preapprovalRequest())
    assert.equal(made.status, 201)
    assert.isEmpty(differences(made.body, PENDING))
    assert.isEmpty(differences(await preapproval(simulator, made.body.id), PENDING))
    assert.equal(made.body.version, 0)
  })

  test('have the fields of one that was collected, read, changed and found', async ({ assert }) => {
    const made = await subscribedToPlan()
    assert.isEmpty(differences(made, COLLECTED))
    const { body: changed } = await put(simulator, made.id, { reason: 'Other' })
    assert.isEmpty(differences(changed, COLLECTED))
    assert.equal(changed.version, made.version + 1)
    const found = await bodyOf(
      simulator.get(`/preapproval/search?limit=5&payer_id=${made.payer_id}`)
    )
    assert.deepEqual(found.paging, { offset: 0, limit: 5, total: 1 })
    const names = { payer_first_name: 'string', payer_last_name: 'string' }
    assert.isEmpty(differences(found.results[0], { ...COLLECTED, ...names }))
  })

  test('have the fields of a plan, made, read, changed and found', async ({ assert }) => {
    const made = await createPlan(
      simulator,
      {
        repetitions: 12,
        billing_day: 10,
        billing_day_proportional: true,
        free_trial: { frequency: 1, frequency_type: 'months' },
      },
      { external_reference: 'P-1' }
    )
    assert.isEmpty(differences(made, PLAN))
    const path = `/preapproval_plan/${made.id}`
    assert.isEmpty(differences(await bodyOf(simulator.get(path)), PLAN))
    const changed = await simulator.call('PUT', path, { reason: 'Other' })
    assert.equal(changed.status, 200)
    assert.isEmpty(differences(changed.body, PLAN))
    const found = await bodyOf(simulator.get('/preapproval_plan/search?limit=20'))
    assert.deepEqual(found.paging, { offset: 0, limit: 20, total: 1 })
    assert.isEmpty(differences(found.results[0], { ...PLAN, subscribed: 'number' }))
  })

  test('have the fields of an instalment, read and found', async ({ assert }) => {
    const { id } = await subscribe(simulator)
    await advance(simulator, 1)
    const [found] = await invoices(simulator, id)
    assert.isEmpty(differences(found, INVOICE))
    assert.equal(found.type, 'scheduled')
    const read = await bodyOf(simulator.get(`/authorized_payments/${found.id}`))
    assert.deepEqual(read, found)
  })

  test('tell in the summary what was collected and what is left', async ({ assert }) => {
    const made = await subscribedToPlan()
    assert.deepEqual(
      { ...made.summarized, last_charged_date: '' },
      {
        quotas: 6,
        charged_quantity: 1,
        charged_amount: 49.9,
        pending_charge_quantity: 5,
        pending_charge_amount: 249.5,
        last_charged_date: '',
        last_charged_amount: 49.9,
        semaphore: 'green',
      }
    )
  })

  test('page through what is found', async ({ assert }) => {
    const { id } = await subscribe(simulator, {
      auto_recurring: recurring({ frequency_type: 'days' }),
    })
    await advance(simulator, 10)
    const page = (query: string) =>
      bodyOf(simulator.get(`/authorized_payments/search?preapproval_id=${id}&${query}`))
    const { paging, results } = await page('limit=4&offset=8')
    assert.deepEqual(paging, { limit: 4, offset: 8, total: 11 })
    assert.lengthOf(results, 3)
    const first = await page('limit=1')
    const byId = await bodyOf(
      simulator.get(`/authorized_payments/search?id=${first.results[0].id}`)
    )
    assert.deepEqual(byId.results, first.results)
    const byPayer = await bodyOf(
      simulator.get(`/authorized_payments/search?payer_id=${first.results[0].payer_id}`)
    )
    assert.equal(byPayer.paging.total, 11)
  })
})
