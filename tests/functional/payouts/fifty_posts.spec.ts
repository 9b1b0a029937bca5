import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import router from '@adonisjs/core/services/router'
import db from '@adonisjs/lucid/services/db'
import { newPublicToken } from '#app/core/ids'
import type User from '#app/identity/models/user'
import type Payout from '#app/payouts/models/payout'
import type Tenant from '#app/tenants/models/tenant'
import { givenPlatformAdmin, PASSWORD } from '#tests/support/given'
import { command, givenPayableTenant, givenPayout } from '#tests/support/payouts'
import { MarkPayoutPaid } from '#app/payouts/actions/mark_payout_paid'
import { UploadResults } from '#app/payouts/actions/upload_results'
import { randomCnpj } from '#tests/support/tax_ids'

interface World {
  tenant: Tenant
  taxId: string
  admin: User
  /** In the state that the route begins at. */
  payout: Payout
}

interface Route {
  name: string
  from: 'requested' | 'approved' | 'processing' | 'paid'
  by: 'owner' | 'admin'
  path: (world: World) => string | Promise<string>
  fields?: (world: World) => object
  file?: { name: string; content: string }
  /** The audit log's word for it. */
  action: string
}

const admin = (end: string) => (world: World) => `/admin/payouts/${world.payout.id}/${end}`
const tenants = (end: string) => (world: World) => `/t/${world.tenant.slug}/payouts${end}`
const reason = () => ({ reason: 'Not this one' })

const routes: Route[] = [
  {
    ...{ name: 'request', from: 'requested', by: 'owner', path: tenants('') },
    ...{ action: 'payout.requested', fields: () => ({ amount: '10,00', password: PASSWORD }) },
  },
  {
    ...{ name: 'cancel', from: 'approved', by: 'owner', action: 'payout.cancelled' },
    path: ({ tenant, payout }) => `/t/${tenant.slug}/payouts/${payout.id}/cancellation`,
  },
  {
    ...{ name: 'schedule', from: 'requested', by: 'owner', action: 'payout_schedule.changed' },
    path: tenants('/schedule'),
    fields: () => ({ automatic: 'true', frequency: 'weekly', weekday: '2', month_day: '1' }),
  },
  {
    ...{ name: 'destination', from: 'requested', by: 'owner' },
    ...{ path: tenants('/destination?kind=pix'), action: 'payout_destination.changed' },
    fields: ({ taxId }) => ({
      password: PASSWORD,
      secret: { key_kind: 'email', pix_key: 'x@example.com', holder_tax_id: taxId },
    }),
  },
  {
    ...{ name: 'approve', from: 'requested', by: 'admin', path: admin('approval') },
    action: 'payout.approved',
  },
  {
    ...{ name: 'start', from: 'approved', by: 'admin', path: admin('start') },
    action: 'payout.processing',
  },
  {
    ...{ name: 'reject', from: 'requested', by: 'admin', path: admin('rejection') },
    ...{ action: 'payout.rejected', fields: reason },
  },
  {
    ...{ name: 'pay', from: 'processing', by: 'admin', path: admin('payment') },
    ...{ action: 'payout.paid', fields: () => ({ bank_reference: 'E800' }) },
  },
  {
    ...{ name: 'fail', from: 'processing', by: 'admin', path: admin('failure') },
    ...{ action: 'payout.failed', fields: reason },
  },
  {
    ...{ name: 'return', from: 'paid', by: 'admin', path: admin('return') },
    ...{ action: 'payout.returned', fields: reason },
  },
  {
    ...{ name: 'prove', from: 'processing', by: 'admin', path: admin('proofs') },
    ...{ action: 'payout.proof_added', file: { name: 'proof', content: '%PDF-1.7 paper' } },
  },
  {
    ...{ name: 'decide', from: 'requested', by: 'admin', action: 'payout.approved' },
    path: () => '/admin/payouts/decisions',
    fields: ({ payout }) => ({ 'decision': 'approve', 'ids[]': payout.id }),
  },
  {
    ...{ name: 'batch', from: 'approved', by: 'admin', action: 'payout_batch.made' },
    ...{ path: () => '/admin/payouts/batches', fields: () => ({ currency: 'BRL' }) },
  },
  {
    ...{ name: 'upload', from: 'processing', by: 'admin', action: 'payout_results.uploaded' },
    path: () => '/admin/payouts/results',
    file: { name: 'file', content: 'reference;result;code\nabc;paid;E1\n' },
  },
  {
    ...{ name: 'apply', from: 'processing', by: 'admin', action: 'payout.paid' },
    path: async ({ payout, admin: { id: userId } }) => {
      const bytes = Buffer.from(`reference;result;code\n${payout.reference};paid;E801\n`)
      const { id } = await new UploadResults().handle({ bytes, userId, actor: command })
      return `/admin/payouts/results/${id}/application`
    },
  },
  {
    ...{ name: 'rules', from: 'requested', by: 'admin', action: 'payout_rules.changed' },
    path: () => '/admin/payouts/rules',
    fields: () => ({ currency: 'BRL', cooling_hours: '12' }),
  },
]

async function givenWorld(from: Route['from']): Promise<World & { owner: User }> {
  const taxId = randomCnpj()
  const { tenant, owner } = await givenPayableTenant(100_000, { taxId })
  const payout = await givenPayout(tenant, owner, 4_000, from === 'paid' ? 'processing' : from)
  if (from === 'paid') {
    const input = { payoutId: payout.id, bankReference: 'E799', actor: command }
    await new MarkPayoutPaid().handle(input)
  }
  return { tenant, owner, taxId, payout, admin: await givenPlatformAdmin() }
}

function post(client: ApiClient, route: Route, given: { path: string; user: User; form: object }) {
  const request = client.post(given.path).loginAs(given.user).withCsrfToken().redirects(0)
  if (!route.file) return request.form(given.form)
  const { name, content } = route.file
  for (const [field, value] of Object.entries(given.form)) request.field(field, value)
  return request.file(name, Buffer.from(content), { filename: 'x', contentType: 'text/plain' })
}

test('fifty identical posts at once {name} once')
  .with(routes)
  .run(async ({ assert, client }, route) => {
    const world = await givenWorld(route.from)
    const path = await route.path(world)
    const user = route.by === 'owner' ? world.owner : world.admin
    const form = { _key: newPublicToken(), ...route.fields?.(world) }
    const count = async () => {
      const rows = await db.from('audit_entries').where('action', route.action)
      const postings = await db.from('ledger_transactions').whereLike('kind', 'payout_%')
      return [rows.length, postings.length]
    }
    const [told, posted] = await count()
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post(client, route, { path, user, form }))
    )

    const [toldNow, postedNow] = await count()
    assert.equal(toldNow - told, 1)
    assert.isAtMost(postedNow - posted, 1)
    for (const answer of answers) answer.assertStatus(303)
    const places = new Set(answers.map((answer) => answer.header('location')))
    assert.lengthOf([...places], 1)
  })
  .timeout(60_000)

test('every route that changes a payout is posted to above', ({ assert }) => {
  // These two change nothing: they hand out what is sealed, and write down that they did.
  const reading = ['admin.payout_destinations.store', 'admin.payout_batch_files.store']
  const changing = router
    .toJSON()
    .root.filter(({ pattern, methods }) => /payouts/.test(pattern) && methods.includes('POST'))
    .filter(({ name }) => !reading.includes(name!))
  assert.lengthOf(changing, routes.length)
})

test('a post without the single-use key to {name} changes nothing')
  .with(routes)
  .run(async ({ assert, client }, route) => {
    const world = await givenWorld(route.from)
    const path = await route.path(world)
    const user = route.by === 'owner' ? world.owner : world.admin
    const rows = () => db.from('audit_entries').where('action', route.action)
    const before = await rows()
    await post(client, route, { path, user, form: { ...route.fields?.(world) } })
    assert.lengthOf(await rows(), before.length)
  })
