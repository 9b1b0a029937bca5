import { test } from '@japa/runner'
import router from '@adonisjs/core/services/router'
import db from '@adonisjs/lucid/services/db'
import { newPublicToken } from '#app/core/ids'
import type User from '#app/identity/models/user'
import ExceptionCase from '#app/payments/models/exception_case'
import { stopUrl } from '#app/receivables/queries/reminders'
import type Tenant from '#app/tenants/models/tenant'
import { defaultStore, givenMember, PASSWORD } from '#tests/support/given'
import { checked, customersFile } from '#tests/support/imports'
import { givenWebhookSecret } from '#tests/support/money'
import {
  givenBoleto,
  givenCustomer,
  givenReceivable,
  givenSeller,
} from '#tests/support/receivables'
import { dayFromNow, givenSchedule } from '#tests/support/schedules'
import { simulator } from '#tests/support/simulator'
import { randomCpf } from '#tests/support/tax_ids'
import { loggedIn } from '#tests/support/visitor'
import { drainWork } from '#tests/support/work'
import type { ApiClient } from '@japa/api-client'

const POSTS = 50

interface Stage {
  tenant: Tenant
  user: User
  client: ApiClient
}

interface Posted {
  path: string
  method?: 'PUT'
  form?: Record<string, string>
  file?: string
}

interface Entry {
  /** Sets the stage. @returns what somebody posts, less the single-use key. */
  given: (stage: Stage) => Promise<Posted>
  /** The rows that come of it by table, less forms, sessions and limits. */
  rows: Record<string, number>
  /** What it makes Mercado Pago do, by name. */
  provider?: Record<string, number>
}

const audited = { audit_entries: 1 }
const home = ({ tenant }: Stage) => `/t/${tenant.slug}`

const personal = () => ({
  ...{ name: 'Maria da Silva', email: 'maria@example.com', zip: '01310-100', city: 'São Paulo' },
  ...{ street: 'Avenida Paulista', district: 'Bela Vista', state: 'SP' },
})

async function owed({ tenant }: Stage) {
  const { id: customerId } = await givenCustomer(tenant)
  const { id: storeId } = await defaultStore(tenant)
  return { customer_id: customerId, store_id: storeId, description: 'Perfume', amount: '150,00' }
}

/** A receivable of R$ 150.00 of which R$ 100.00 was paid. */
async function short({ tenant }: Stage) {
  const { charge } = await givenBoleto(tenant)
  await simulator.pay(charge.providerPaymentId!, 100)
  await drainWork()
  return ExceptionCase.query().where('tenant_id', tenant.id).firstOrFail()
}

/** Every form of receivables and payments, by the name of its route. */
const entries: Record<string, Entry> = {
  'receivables.store': {
    async given(stage) {
      const dueOn = dayFromNow(stage.tenant, 7)
      return { path: `${home(stage)}/receivables`, form: { ...(await owed(stage)), due_on: dueOn } }
    },
    rows: { receivables: 1, ...audited },
  },
  'receivables.update': {
    async given(stage) {
      const { id, dueOn } = await givenReceivable(stage.tenant)
      const form = { ...(await owed(stage)), amount: '99,00', due_on: dueOn }
      return { path: `${home(stage)}/receivables/${id}`, method: 'PUT', form }
    },
    rows: audited,
  },
  'receivables.charges.store': {
    async given(stage) {
      const { id } = await givenReceivable(stage.tenant)
      const form = { 'methods[0]': 'boleto', 'methods[1]': 'pix', 'methods[2]': 'link' }
      return { path: `${home(stage)}/receivables/${id}/charges`, form }
    },
    // Asked for and made, of each.
    rows: { charges: 3, audit_entries: 6 },
    provider: { 'payment.created': 2, 'preference.created': 1 },
  },
  'receivables.terms.update': {
    async given(stage) {
      const { id } = await givenReceivable(stage.tenant)
      const path = `${home(stage)}/receivables/${id}/terms`
      return { path, method: 'PUT', form: { fine: '2', interest: '1' } }
    },
    rows: audited,
  },
  'receivables.sendings.store': {
    async given(stage) {
      const { receivable } = await givenBoleto(stage.tenant)
      return { path: `${home(stage)}/receivables/${receivable.id}/sendings` }
    },
    rows: { sendings: 1, outbox_effects: 1, ...audited },
  },
  'receivables.share.store': {
    async given(stage) {
      const { id } = await givenReceivable(stage.tenant)
      return { path: `${home(stage)}/receivables/${id}/share` }
    },
    rows: audited,
  },
  'receivables.link.update': {
    async given(stage) {
      const { receivable } = await givenBoleto(stage.tenant)
      return { path: `${home(stage)}/receivables/${receivable.id}/link`, method: 'PUT' }
    },
    rows: audited,
  },
  'receivables.cancellation.store': {
    async given(stage) {
      const { receivable } = await givenBoleto(stage.tenant)
      return { path: `${home(stage)}/receivables/${receivable.id}/cancellation` }
    },
    rows: audited,
    provider: { 'payment.created': 1, 'payment.cancelled': 1 },
  },
  'customers.store': {
    given: async (stage) => ({
      path: `${home(stage)}/customers`,
      form: { ...personal(), tax_id: randomCpf() },
    }),
    rows: { customers: 1, ...audited },
  },
  'customers.update': {
    async given(stage) {
      const { id } = await givenCustomer(stage.tenant)
      return { path: `${home(stage)}/customers/${id}`, method: 'PUT', form: personal() }
    },
    rows: audited,
  },
  'customers.merge.store': {
    async given(stage) {
      const [kept, other] = [await givenCustomer(stage.tenant), await givenCustomer(stage.tenant)]
      const fields = ['tax_id', 'name', 'email', 'phone', 'contact', 'language', 'address']
      const from = Object.fromEntries(fields.map((name) => [`from[${name}]`, 'kept']))
      const path = `${home(stage)}/customers/${kept.id}/merge`
      return { path, form: { other: other.id, ...from } }
    },
    rows: audited,
  },
  'customers.erase': {
    async given(stage) {
      const { id } = await givenCustomer(stage.tenant)
      return {
        path: `${home(stage)}/customers/${id}/erasure`,
        form: { password: PASSWORD, understood: 'true' },
      }
    },
    rows: audited,
  },
  'schedules.store': {
    async given(stage) {
      const form = { every: '1', unit: 'month', first_due_on: dayFromNow(stage.tenant, 7) }
      return { path: `${home(stage)}/schedules`, form: { ...(await owed(stage)), ...form } }
    },
    rows: { receivable_schedules: 1, ...audited },
  },
  'schedules.state.update': {
    async given(stage) {
      const { id } = await givenSchedule(stage.tenant)
      const path = `${home(stage)}/schedules/${id}/state`
      return { path, method: 'PUT', form: { state: 'paused' } }
    },
    rows: audited,
  },
  'imports.store': {
    given: async (stage) => ({
      path: `${home(stage)}/imports/customers`,
      file: customersFile(3),
    }),
    rows: { import_runs: 1, import_chunks: 1, outbox_effects: 1, ...audited },
  },
  'imports.confirm': {
    async given(stage) {
      const { id } = await checked(stage, customersFile(3))
      return { path: `${home(stage)}/imports/${id}/confirmation`, form: { existing: 'update' } }
    },
    rows: { outbox_effects: 1, ...audited },
  },
  'imports.discard': {
    async given(stage) {
      const { id } = await checked(stage, customersFile(3))
      return { path: `${home(stage)}/imports/${id}/discard` }
    },
    rows: { import_rows: -3, ...audited },
  },
  'reminders.update': {
    given: async (stage) => ({
      path: `${home(stage)}/settings/reminders`,
      form: { is_on: 'true', before: '3', after: '5', hour: '9' },
    }),
    rows: { reminder_settings: 1, ...audited },
  },
  'reminder_stops.store': {
    async given({ tenant }) {
      const { pathname, search } = new URL(stopUrl(await givenCustomer(tenant)))
      return { path: pathname + search, form: { wanted: 'no' } }
    },
    rows: { reminder_stops: 1 },
  },
  'exceptions.decisions.store': {
    async given(stage) {
      const { id } = await short(stage)
      return { path: `${home(stage)}/exceptions/${id}/decision`, form: { decision: 'waived' } }
    },
    rows: audited,
    provider: { 'payment.created': 1 },
  },
  'exceptions.notes.store': {
    async given(stage) {
      const { id } = await short(stage)
      return { path: `${home(stage)}/exceptions/${id}/notes`, form: { text: 'By phone.' } }
    },
    rows: { exception_notes: 1, ...audited },
  },
}

/** What requests leave behind by themselves, words to search by, and news that comes when it wants. */
const notCounted = /^(sessions|form_submissions|rate_limits|.*_words|webhook_events)$/

async function rowCounts(): Promise<Record<string, number>> {
  const tables = await db.connection().getAllTables(['public'])
  const counts: Record<string, number> = {}
  for (const table of tables.filter((name) => !notCounted.test(name))) {
    const [{ total }] = await db.from(table).count('* as total')
    counts[table] = Number(total)
  }
  return counts
}

const more = (before: Record<string, number>, after: Record<string, number>) =>
  Object.fromEntries(
    Object.entries(after).flatMap(([table, count]) =>
      count === before[table] ? [] : [[table, count - before[table]]]
    )
  )

/** How often Mercado Pago was made to do each of these. */
async function done(names: string[]) {
  const journal = await simulator.journal()
  const times = (name: string) => journal.filter(({ effect }) => effect === name).length
  return Object.fromEntries(names.map((name) => [name, times(name)]))
}

/** The forms of both modules: whatever is posted, put or deleted. */
function mutations(): string[] {
  const routes = Object.values(router.toJSON()).flat()
  return routes
    .filter(({ methods }) => methods.some((method) => !['GET', 'HEAD'].includes(method)))
    .filter(({ handler }) => /app\/(receivables|payments)\//.test(sourceOf(handler)))
    .map(({ name, pattern }) => name ?? pattern)
    .sort()
}

function sourceOf(handler: unknown): string {
  if (typeof handler === 'function') return ''
  const { reference, importExpression } = handler as {
    reference: unknown
    importExpression?: string | null
  }
  return `${importExpression ?? ''} ${Array.isArray(reference) ? String(reference[0]) : reference}`
}

test.group('Fifty identical posts at once', (group) => {
  group.each.setup(givenWebhookSecret)

  test('are tried of every form that there is', ({ assert }) => {
    assert.deepEqual(mutations(), Object.keys(entries).sort())
  })

  for (const [name, { given, rows, provider = {} }] of Object.entries(entries)) {
    test(`have one effect: ${name}`, async ({ assert, client }) => {
      const tenant = await givenSeller()
      const { user } = await givenMember(tenant, 'owner')
      const posted = await given({ tenant, user, client })
      const visitor = await loggedIn(user)
      await visitor.get(`/t/${tenant.slug}/receivables/create`)
      const path = posted.method ? `${posted.path}?_method=${posted.method}` : posted.path
      const form = { _key: newPublicToken(), ...posted.form }
      const { file } = posted
      const send = () =>
        file
          ? visitor.upload(path, form, { name: 'list.csv', content: file })
          : visitor.post(path, form)
      const before = await rowCounts()

      const answers = await Promise.all(Array.from({ length: POSTS }, send))

      assert.deepEqual(more(before, await rowCounts()), rows)
      const told = new Set(answers.map(({ status, location }) => `${status} ${location}`))
      assert.lengthOf([...told], 1, [...told].join())
      assert.include([200, 303], answers[0].status)
      assert.deepEqual(await done(Object.keys(provider)), provider)
    }).timeout(120_000)
  }
})
