import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { newId, newPublicToken } from '#app/core/ids'
import PlatformAccount from '#app/gateway/models/platform_account'
import { tokenKeeper } from '#app/gateway/token_keeper'
import type User from '#app/identity/models/user'
import Payment from '#app/payments/models/payment'
import { FOREIGN_ACCOUNT_ID } from '#app/simulator/main'
import WebhookEvent from '#app/webhooks/models/webhook_event'
import { givenPlatformAdmin, givenTenant } from '#tests/support/given'
import { givenConnection } from '#tests/support/connections'
import { givenWebhookSecret, makePix, postings } from '#tests/support/money'
import { givenBoleto, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { givenEvent } from '#tests/support/webhooks'
import { drainWork } from '#tests/support/work'

const READ = 'GET /v1/payments/:id'

const rejected = (values: Parameters<typeof givenEvent>[0] = {}) =>
  givenEvent({ state: 'rejected', reason: 'invalid_tenant', finishedAt: clock.now(), ...values })

const post = (client: ApiClient, admin: User, path: string, form: object) =>
  client
    .post(path)
    .loginAs(admin)
    .withCsrfToken()
    .redirects(0)
    .form({ _key: newPublicToken(), ...form } as never)

/** What the confirmation page would post. */
function hiddenFields(html: string): Record<string, string | string[]> {
  const [, form] = html.split('action="/admin/webhooks/replays"')
  const fields = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const ids = fields.filter(([, name]) => name === 'ids[]').map(([, , value]) => value)
  const single = fields.filter(([, name]) => name !== 'ids[]' && !name.startsWith('_'))
  return {
    ...Object.fromEntries(single.map(([, name, value]) => [name, value])),
    ...(ids.length > 0 && { ids }),
  }
}

const statesOf = async (...events: WebhookEvent[]) => {
  await Promise.all(events.map((event) => event.refresh()))
  return events.map(({ state }) => state)
}

/** A boleto that was paid, and the event that told of it. */
async function givenPaid() {
  const tenant = await givenSeller()
  const { charge, receivable } = await givenBoleto(tenant)
  await simulator.pay(charge.providerPaymentId!)
  await drainWork()
  const event = await WebhookEvent.query()
    .where({ resource_id: charge.providerPaymentId!, state: 'processed' })
    .orderBy('id', 'desc')
    .firstOrFail()
  return { tenant, charge, receivable, event }
}

test.group('The list of notifications, for the admin', () => {
  test('is narrowed by each filter', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin({ timeZone: 'America/Sao_Paulo' })
    const tenant = await givenTenant({ tradeName: 'Perfumaria Flor' })
    await givenEvent({ resourceId: '1111', receivedAt: clock.now().minus({ days: 5 }) })
    await givenEvent({
      ...{ resourceId: '2222', notificationId: '3333', mpUserId: '44', tenantId: tenant.id },
      ...{ state: 'ignored', reason: 'outdated', topic: 'merchant_order' },
    })
    const shown = async (query: string) => {
      const page = await client.get(`/admin/webhooks?${query}`).loginAs(admin)
      page.assertStatus(200)
      const rows = page.text().split('<tbody')[1] ?? ''
      return ['1111', '2222'].filter((id) => rows.includes(id))
    }
    const today = clock.now().setZone('America/Sao_Paulo')
    const fourDaysAgo = today.minus({ days: 4 }).toISODate()
    assert.deepEqual(await shown(''), ['1111', '2222'])
    for (const query of [
      ...['q=2222', 'q=3333', 'state=ignored', 'reason=outdated', 'topic=merchant_order'],
      ...['account=44', 'tenant=flor', `tenant=${tenant.id}`, `since=${today.toISODate()}`],
    ]) {
      assert.deepEqual(await shown(query), ['2222'], query)
    }
    assert.deepEqual(await shown(`until=${fourDaysAgo}`), ['1111'])
    assert.deepEqual(await shown('q=2222&state=received'), [])
    assert.deepEqual(await shown('tenant=nobody'), [])
  })

  test('finds a purchase by the payment that was tried in it', async ({ assert, client }) => {
    const { charge } = await givenPaid()
    const payment = await Payment.findByOrFail('providerPaymentId', charge.providerPaymentId)
    await payment.merge({ snapshot: { order: { id: 987654 } } }).save()
    const order = await givenEvent({ topic: 'merchant_order', resourceId: '987654' })
    const page = await client
      .get(`/admin/webhooks?q=${charge.providerPaymentId}`)
      .loginAs(await givenPlatformAdmin())
    assert.include(page.text(), `/admin/webhooks/${order.id}`)
  })

  test('counts the states of a day and of a week', async ({ assert, client }) => {
    const ago = (hours: number) => ({ receivedAt: clock.now().minus({ hours }) })
    for (const hours of [1, 23, 25, 100, 200]) await givenEvent({ state: 'failed', ...ago(hours) })
    const admin = await givenPlatformAdmin({ locale: 'en' })
    const page = await client.get('/admin/webhooks').loginAs(admin)
    const [, box] = page.text().split('<dt>Failed</dt>')
    assert.match(box, /^\s*<dd class="stat-figures">2<\/dd>\s*<dd class="stat-note">4 in 7 days/)
  })
})

test.group('Replaying several notifications', (group) => {
  group.each.setup(givenWebhookSecret)

  test('shows how many before, does it once, and shows what became of them', async ({
    assert,
    client,
  }) => {
    const { event, charge } = await givenPaid()
    const before = await postings()
    const admin = await givenPlatformAdmin({ locale: 'en', fullName: 'Ada Admin' })
    await WebhookEvent.query().update({ state: 'failed' })
    const { length: total } = await WebhookEvent.all()
    const foreign = await givenEvent({ state: 'failed', mpUserId: String(FOREIGN_ACCOUNT_ID) })
    await givenEvent({ state: 'failed', signature: 'invalid' })

    const preview = await client.get('/admin/webhooks/replays/new?state=failed').loginAs(admin)
    preview.assertTextIncludes(`Process ${total + 1} again`)
    preview.assertTextIncludes('One is left alone')
    assert.lengthOf(await WebhookEvent.query().where('state', 'failed'), total + 2)

    const late = await givenEvent({ state: 'failed' })
    const form = { ...hiddenFields(preview.text()), _key: newPublicToken() }
    const [first, second] = [
      await post(client, admin, '/admin/webhooks/replays', form),
      await post(client, admin, '/admin/webhooks/replays', form),
    ]
    const where = first.header('location')!
    assert.match(where, /^\/admin\/webhooks\?replay=/)
    assert.equal(second.header('location'), where)
    const waiting = await client.get(where).loginAs(admin)
    waiting.assertTextIncludes(`${total + 1} are still in the queue`)
    await drainWork()

    const page = await client.get(where).loginAs(admin)
    page.assertTextIncludes(`${total + 1} notifications processed again`)
    page.assertTextIncludes('By Ada Admin')
    page.assertTextIncludes('All are through')
    page.assertTextIncludes('before: Failed')
    assert.deepEqual(await statesOf(event, foreign, late), ['processed', 'rejected', 'failed'])
    assert.deepEqual(await postings(), before)
    assert.lengthOf(await db.from('audit_entries').where('action', 'webhook_events.replayed'), 1)
    await charge.refresh()
    assert.equal(charge.state, 'approved')
  })

  test('takes the chosen ones only', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin()
    const [one, two, three] = [await rejected(), await rejected(), await rejected()]
    const query = `ids[]=${one.id}&ids[]=${two.id}`
    const preview = await client.get(`/admin/webhooks/replays/new?${query}`).loginAs(admin)
    await post(client, admin, '/admin/webhooks/replays', hiddenFields(preview.text()))
    assert.deepEqual(await statesOf(one, two, three), ['received', 'received', 'rejected'])
  })

  test('takes all states of a filter that names none', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin()
    const [one, two] = [await rejected({ mpUserId: '9' }), await rejected()]
    const preview = await client.get('/admin/webhooks/replays/new?account=9').loginAs(admin)
    await post(client, admin, '/admin/webhooks/replays', hiddenFields(preview.text()))
    assert.deepEqual(await statesOf(one, two), ['received', 'rejected'])
  })

  test('puts back at most a thousand, and says how many there are', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin({ locale: 'en' })
    const event = await rejected()
    await WebhookEvent.createMany(
      Array.from({ length: 1004 }, () => ({
        ...event.$attributes,
        id: newId(),
        dedupeKey: newId(),
      }))
    )
    const preview = await client.get('/admin/webhooks/replays/new?state=rejected').loginAs(admin)
    preview.assertTextIncludes('1,005 fit. The 1,000 oldest are processed')
    await post(client, admin, '/admin/webhooks/replays', hiddenFields(preview.text()))
    assert.lengthOf(await WebhookEvent.query().where('state', 'rejected'), 5)
  })

  test('of nothing says so', async ({ client }) => {
    const admin = await givenPlatformAdmin({ locale: 'en' })
    const page = await client.get('/admin/webhooks/replays/new?state=failed').loginAs(admin)
    page.assertTextIncludes('Nothing to process again')
  })

  test('of one shows on its page what it was and what it is', async ({ assert, client }) => {
    const { event } = await givenPaid()
    const admin = await givenPlatformAdmin({ locale: 'en', fullName: 'Ada Admin' })
    await event.merge({ state: 'rejected', reason: 'invalid_tenant' }).save()
    const path = `/admin/webhooks/${event.id}`
    const answer = await post(client, admin, `${path}/replay`, {})
    assert.equal(answer.header('location'), path)
    await drainWork()
    const page = await client.get(path).loginAs(admin)
    page.assertTextIncludes(
      'By Ada Admin. Before: Rejected, Account does not match. Now: Processed.'
    )
  })
})

test.group('Quarantine', () => {
  test('shows what was rejected, what it means and what can be done', async ({
    assert,
    client,
  }) => {
    const admin = await givenPlatformAdmin({ locale: 'en' })
    const one = await rejected({ resourceId: '7001' })
    const forged = await rejected({ signature: 'invalid', reason: 'bad_signature' })
    const failed = await givenEvent({ state: 'failed' })
    const page = await client.get('/admin/webhooks/quarantine').loginAs(admin)
    page.assertTextIncludes('Account does not match (1)')
    page.assertTextIncludes('Bad signature (1)')
    page.assertTextIncludes('compare the secrets with those at Mercado Pago')
    for (const { id } of [one, forged]) assert.include(page.text(), `/admin/webhooks/${id}`)
    assert.notInclude(page.text(), `/admin/webhooks/${failed.id}`)
    const narrowed = await client
      .get('/admin/webhooks/quarantine?reason=bad_signature')
      .loginAs(admin)
    assert.notInclude(narrowed.text(), `/admin/webhooks/${one.id}`)
    const shown = await client.get(`/admin/webhooks/${one.id}`).loginAs(admin)
    shown.assertTextIncludes('is no account that we know')
  })

  test('is left by who was looked at with a note, once and audited', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin({ locale: 'en', fullName: 'Ada Admin' })
    const [one, two, other] = [await rejected(), await rejected(), await rejected()]
    const form = { ids: [one.id, two.id], note: 'Of the old shop', _key: newPublicToken() }
    await post(client, admin, '/admin/webhooks/reviews', form)
    const repeated = await post(client, admin, '/admin/webhooks/reviews', form)
    assert.equal(repeated.header('location'), '/admin/webhooks/quarantine')

    const open = await client.get('/admin/webhooks/quarantine').loginAs(admin)
    assert.include(open.text(), `/admin/webhooks/${other.id}`)
    assert.notInclude(open.text(), `/admin/webhooks/${one.id}`)
    const seen = await client.get('/admin/webhooks/quarantine?view=reviewed').loginAs(admin)
    seen.assertTextIncludes('Of the old shop')
    seen.assertTextIncludes('Looked at by Ada Admin')
    const entries = await db.from('audit_entries').where('action', 'webhook_event.reviewed')
    assert.sameMembers(
      entries.map((entry) => entry.subject_id),
      [one.id, two.id]
    )
    await one.refresh()
    assert.equal(one.state, 'rejected')
  })

  test('is not left without a note, nor by what was not rejected', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin()
    const one = await rejected()
    const failed = await givenEvent({ state: 'failed' })
    const review = (form: object) => post(client, admin, '/admin/webhooks/reviews', form)
    const desk = '/admin/webhooks/quarantine'
    const refused = [
      await review({ 'ids[]': [one.id], 'note': ' ' }),
      await review({ note: 'Nothing chosen' }),
    ]
    for (const answer of refused) assert.notEqual(answer.header('location'), desk)
    const taken = await review({ 'ids[]': [failed.id], 'note': 'Looked at it' })
    assert.equal(taken.header('location'), desk)
    assert.lengthOf(await WebhookEvent.query().whereNotNull('reviewed_at'), 0)
  })
})

test.group('What Mercado Pago says now', (group) => {
  group.each.setup(givenWebhookSecret)

  const ask = async (client: ApiClient, event: WebhookEvent) => {
    const admin = await givenPlatformAdmin({ locale: 'en' })
    const page = await client.get(`/admin/webhooks/${event.id}?ask=now`).loginAs(admin)
    page.assertStatus(200)
    return page.text()
  }

  test('is the same as what we hold of a settled payment', async ({ assert, client }) => {
    const { event } = await givenPaid()
    const page = await ask(client, event)
    assert.include(page, 'We hold the same.')
    assert.notInclude(page, 'Differs')
  })

  test('is not asked for unless the admin wants it', async ({ assert, client }) => {
    const { event } = await givenPaid()
    await simulator.fault({ kind: 'server_error', route: READ, times: 1 })
    const admin = await givenPlatformAdmin({ locale: 'en' })
    const page = await client.get(`/admin/webhooks/${event.id}`).loginAs(admin)
    assert.include(page.text(), 'Ask now')
    assert.notInclude(page.text(), 'did not answer')
  })

  test('is marked where it differs, changes nothing and tells nobody of the payer', async ({
    assert,
    client,
  }) => {
    const { event, charge, receivable } = await givenPaid()
    const customer = await receivable.related('customer').query().firstOrFail()
    const payment = await Payment.findByOrFail('providerPaymentId', charge.providerPaymentId)
    await payment.merge({ status: 'pending', amountMinor: 1 }).save()
    const tables = ['payments', 'charges', 'receivables', 'webhook_events', 'ledger_entries']
    const everything = () =>
      Promise.all(tables.map((table) => db.from(table).orderBy('id').select('*')))
    const before = await everything()
    const page = await ask(client, event)
    const [, said] = page.split('id="now"')
    assert.include(said, 'What we hold differs')
    assert.lengthOf(said.match(/badge[^>]*>\s*Differs/g) ?? [], 2)
    assert.include(said.replaceAll('\u00a0', ' '), 'R$150.00')
    assert.deepEqual(await everything(), before)
    for (const personal of [customer.email, customer.name, customer.taxIdMasked]) {
      assert.notInclude(page, personal)
    }
  })

  test('stands beside the charge while nobody has paid', async ({ assert, client }) => {
    const { charge } = await givenBoleto(await givenSeller())
    const event = await givenEvent({
      resourceId: charge.providerPaymentId!,
      mpUserId: charge.collectorId,
    })
    assert.include(await ask(client, event), 'Nobody has paid yet')
  })

  test('keeps to itself what a seller does on its own account', async ({ assert, client }) => {
    const connection = await givenConnection(await givenTenant())
    const token = await tokenKeeper.accessToken(connection.ref)
    const id = await makePix(newPublicToken(), 'order-of-another-shop', token)
    const event = await givenEvent({ resourceId: String(id), mpUserId: connection.mpUserId })
    const page = await ask(client, event)
    assert.include(page, 'of no charge of ours')
    assert.notInclude(page, 'order-of-another-shop')
    assert.notInclude(page, '12.34')
  })

  test('is asked for with the account of the tenant who issued', async ({ assert, client }) => {
    const tenant = await givenTenant()
    await givenConnection(tenant)
    const { charge } = await givenBoleto(tenant)
    await simulator.pay(charge.providerPaymentId!)
    await drainWork()
    const event = await WebhookEvent.query()
      .where({ resource_id: charge.providerPaymentId!, state: 'processed' })
      .firstOrFail()
    assert.include(await ask(client, event), 'We hold the same.')
  })

  test('is in words when {what}')
    .with([
      {
        what: 'the provider is down',
        prepare: () => simulator.fault({ kind: 'server_error', route: READ, times: 9 }),
        said: 'Mercado Pago did not answer',
      },
      {
        what: 'the token was destroyed',
        prepare: async () => {
          const account = await PlatformAccount.query().firstOrFail()
          await account.merge({ accessTokenCiphertext: null }).save()
          tokenKeeper.forget(account.ref)
        },
        said: 'No credential',
      },
      {
        what: 'the account has no such payment',
        values: { resourceId: '999999999' },
        said: 'Not found',
      },
      { what: 'the account is unknown', values: { mpUserId: '5' }, said: 'Account unknown' },
      {
        what: 'no account is named',
        values: { mpUserId: null, resourceId: '999999999' },
        said: 'Account not named',
      },
      { what: 'it is no payment', values: { topic: 'plan' }, said: 'Nothing to ask for' },
    ])
    .run(async ({ assert, client }, { prepare, values, said }) => {
      const { event } = await givenPaid()
      await prepare?.()
      if (values) await event.merge(values).save()
      assert.include(await ask(client, event), said)
    })
})
