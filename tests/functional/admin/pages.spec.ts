import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { newId, newPublicToken } from '#app/core/ids'
import ExceptionCase from '#app/payments/models/exception_case'
import User from '#app/identity/models/user'
import Tenant from '#app/tenants/models/tenant'
import WebhookEvent, { type WebhookEventState } from '#app/webhooks/models/webhook_event'
import { verdictReasons } from '#app/admin/validators/lists'
import {
  givenMember,
  givenPlatformAdmin,
  givenTenant,
  givenUser,
  PASSWORD,
} from '#tests/support/given'
import { givenPayableTenant, givenPayout } from '#tests/support/payouts'
import { randomCnpj, randomCpf } from '#tests/support/tax_ids'

const missing = '0198f0aa-0000-7000-8000-000000000000'

const givenEvent = (state: WebhookEventState, reason: string | null = null) =>
  WebhookEvent.create({
    dedupeKey: newId(),
    topic: 'payment',
    action: 'payment.updated',
    notificationId: '123',
    resourceId: '4567',
    mpUserId: '89',
    signature: reason === 'bad_signature' ? 'invalid' : 'valid',
    state,
    reason,
    lane: 'hints',
    attempts: 3,
    runAt: clock.now(),
    receivedAt: clock.now(),
    query: 'data.id=4567',
    body: '{"secretly":"here"}',
    lastError: state === 'failed' ? 'ProviderDown 503' : null,
  })

const givenException = (tenant: Tenant | null) =>
  ExceptionCase.create({
    tenantId: tenant?.id ?? null,
    kind: tenant ? 'net_differs' : 'unknown_payment',
    reference: newId(),
    state: 'open',
    details: tenant
      ? { bookedNetMinor: 12_345, netReceivedMinor: 12_300, currency: 'BRL' }
      : { id: '99', status: 'approved', amountMinor: 500, currency: 'BRL', account: 'x' },
  })

/** Every page of the back office, with something on it. */
async function givenPages(): Promise<string[]> {
  const { tenant, owner } = await givenPayableTenant(10_000)
  const payout = await givenPayout(tenant, owner, 4_000, 'processing')
  const event = await givenEvent('failed')
  for (const reason of verdictReasons) {
    await givenEvent(reason === 'bad_signature' ? 'rejected' : 'ignored', reason)
  }
  const aboutTenant = await givenException(tenant)
  const unknown = await givenException(null)
  return [
    '/admin',
    '/admin/tenants',
    '/admin/tenants?q=nobody',
    '/admin/tenants/new',
    `/admin/tenants/${tenant.id}`,
    '/admin/payouts',
    '/admin/payouts?state=paid',
    `/admin/payouts/${payout.id}`,
    '/admin/webhooks',
    '/admin/webhooks?state=failed',
    '/admin/webhooks?q=4567&tenant=Tenant&account=89&topic=payment&since=2020-01-01&until=2099-12-31',
    '/admin/webhooks/quarantine',
    '/admin/webhooks/quarantine?view=reviewed',
    '/admin/webhooks/replays/new?state=failed',
    `/admin/webhooks/${event.id}?ask=now`,
    `/admin/webhooks/${event.id}`,
    '/admin/exceptions',
    `/admin/exceptions/${aboutTenant.id}`,
    `/admin/exceptions/${unknown.id}`,
  ]
}

test.group('The back office', () => {
  test('shows all its pages in {locale}')
    .with([{ locale: 'pt-BR' }, { locale: 'es' }, { locale: 'en' }])
    .run(async ({ assert, client }, { locale }) => {
      const admin = await givenPlatformAdmin({ locale })
      for (const path of await givenPages()) {
        const page = await client.get(path).loginAs(admin)
        assert.equal(page.status(), 200, path)
        assert.notInclude(page.text().toLowerCase(), 'translation missing', path)
        assert.notInclude(page.text(), 'secretly', path)
        assert.notInclude(page.text(), '[object', path)
        assert.notInclude(page.text(), 'undefined', path)
      }
    })

  test('does not exist for anybody else', async ({ assert, client }) => {
    const paths = await givenPages()
    const tenant = await givenTenant()
    const { user: owner } = await givenMember(tenant, 'owner')
    for (const user of [owner, await givenUser()]) {
      for (const path of [...paths, '/admin/nothing']) {
        const page = await client.get(path).loginAs(user)
        assert.equal(page.status(), 404, path)
      }
    }
  })

  test('takes no decision of anybody else', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const payout = await givenPayout(tenant, owner, 4_000)
    const event = await givenEvent('failed')
    const posts = [
      ...['approval', 'start', 'payment', 'rejection', 'failure', 'return'].map(
        (path) => `/admin/payouts/${payout.id}/${path}`
      ),
      '/admin/tenants',
      `/admin/tenants/${tenant.id}/fee`,
      `/admin/webhooks/${event.id}/replay`,
      '/admin/webhooks/replays',
      '/admin/webhooks/reviews',
    ]
    for (const path of posts) {
      const form = {
        _key: newPublicToken(),
        bank_reference: 'E1234',
        reason: 'Because',
        percent: '0',
      }
      const answer = await client.post(path).loginAs(owner).withCsrfToken().form(form)
      assert.equal(answer.status(), 404, path)
      const anonymous = await client.post(path).withCsrfToken().redirects(0).form(form)
      assert.equal(anonymous.header('location'), '/login', path)
    }
    await payout.refresh()
    assert.equal(payout.state, 'requested')
  })

  test('answers 404 for what it does not have', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin()
    for (const id of [missing, 'x', '1', '%00']) {
      for (const path of ['tenants', 'payouts', 'webhooks']) {
        const page = await client.get(`/admin/${path}/${id}`).loginAs(admin)
        assert.isTrue([400, 404].includes(page.status()), `${path}/${id}: ${page.status()}`)
      }
    }
  })
})

test.group('Tenants in the back office', () => {
  const form = (fields: object = {}) => ({
    _key: newPublicToken(),
    legalName: 'Perfumaria Flor Ltda',
    tradeName: 'Perfumaria Flor',
    country: 'BR',
    taxId: randomCnpj(),
    percent: '2,5',
    ownerName: 'Ana Souza',
    ownerEmail: 'Ana@Flor.example.com',
    ownerPassword: PASSWORD,
    ...fields,
  })

  test('are made with an owner who can log in', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin()
    const post = (fields: object) =>
      client
        .post('/admin/tenants')
        .loginAs(admin)
        .withCsrfToken()
        .redirects(0)
        .form(fields as never)
    const taxId = randomCpf()
    const made = await post(form({ taxId }))
    const tenant = await Tenant.query().preload('entitlement').firstOrFail()
    made.assertHeader('location', `/admin/tenants/${tenant.id}`)
    assert.equal(tenant.slug, 'perfumaria-flor')
    assert.equal(tenant.taxIdKind, 'CPF')
    assert.equal(tenant.entitlement.platformFeePercent, '2.50')
    const owner = await User.verifyCredentials('ana@flor.example.com', PASSWORD)
    const overview = await client.get(`/t/${tenant.slug}/payouts`).loginAs(owner)
    overview.assertStatus(200)

    const again = await post(form({ taxId, ownerEmail: 'other@flor.example.com' }))
    again.assertStatus(422)
    again.assertTextIncludes(`value="${taxId}"`)
    assert.isNull(await User.findBy('email', 'other@flor.example.com'))

    await post(form({ ownerPassword: 'another password' }))
    assert.lengthOf(await Tenant.all(), 2)
    await User.verifyCredentials('ana@flor.example.com', PASSWORD)
  })

  test('are refused with a message at {field}')
    .with([
      { field: 'taxId', value: '11.111.111/1111-11' },
      { field: 'taxId', value: 'x'.repeat(1_000) },
      { field: 'legalName', value: '' },
      { field: 'tradeName', value: ' ' },
      { field: 'country', value: 'XX' },
      { field: 'percent', value: '101' },
      { field: 'percent', value: '-1' },
      { field: 'percent', value: '1,005' },
      { field: 'ownerEmail', value: 'nobody' },
      { field: 'ownerPassword', value: 'short' },
    ])
    .run(async ({ assert, client }, { field, value }) => {
      const refused = await client
        .post('/admin/tenants')
        .loginAs(await givenPlatformAdmin())
        .withCsrfToken()
        .redirects(0)
        .form(form({ [field]: value }))
      refused.assertStatus(422)
      assert.match(refused.text(), new RegExp(`name="${field}"[^>]*aria-invalid="true"`))
      assert.lengthOf(await Tenant.all(), 0)
      assert.notInclude(refused.text(), `value="${PASSWORD}"`)
    })

  test('get a fee of their own, and give it back', async ({ assert, client }) => {
    const tenant = await givenTenant()
    const admin = await givenPlatformAdmin()
    const feeAfter = async (percent: string) => {
      await client
        .post(`/admin/tenants/${tenant.id}/fee`)
        .loginAs(admin)
        .withCsrfToken()
        .form({ _key: newPublicToken(), percent })
      const { platformFeePercent } = await tenant.entitlement.refresh()
      return platformFeePercent
    }
    assert.equal(await feeAfter('3,75'), '3.75')
    assert.equal(await feeAfter('0'), '0.00')
    assert.equal(await feeAfter('abc'), '0.00')
    assert.isNull(await feeAfter(''))
    const rows = await db.from('audit_entries').where('action', 'tenant.fee_changed')
    assert.lengthOf(rows, 3)
  })

  test('are found by name, address and tax id', async ({ assert, client }) => {
    const taxId = randomCnpj()
    await givenTenant({ tradeName: 'Padaria 100%', legalName: 'Trigo Ltda', taxId })
    await givenTenant({ tradeName: 'Oficina', legalName: 'Motor Ltda' })
    const admin = await givenPlatformAdmin()
    for (const search of ['padaria', '100%', 'TRIGO', 'padaria-100', taxId]) {
      const page = await client.get('/admin/tenants').qs({ q: search }).loginAs(admin)
      page.assertTextIncludes('Padaria 100%')
      assert.notInclude(page.text(), 'Oficina', search)
    }
    const none = await client.get('/admin/tenants').qs({ q: '%' }).loginAs(admin)
    assert.notInclude(none.text(), 'Oficina')
  })
})

test.group('Notifications in the back office', () => {
  test('are put back into the queue once', async ({ assert, client }) => {
    const event = await givenEvent('failed')
    const admin = await givenPlatformAdmin()
    const replay = () =>
      client
        .post(`/admin/webhooks/${event.id}/replay`)
        .loginAs(admin)
        .withCsrfToken()
        .redirects(0)
        .form({ _key: newPublicToken() })
    const answer = await replay()
    assert.isString(answer.flashMessage('success'))
    await event.refresh()
    assert.equal(event.state, 'received')
  })

  test('that were forged stay where they are', async ({ assert, client }) => {
    const event = await givenEvent('rejected', 'bad_signature')
    const answer = await client
      .post(`/admin/webhooks/${event.id}/replay`)
      .loginAs(await givenPlatformAdmin())
      .withCsrfToken()
      .redirects(0)
      .form({ _key: newPublicToken() })
    assert.isString(answer.flashMessage('warning'))
    await event.refresh()
    assert.equal(event.state, 'rejected')
  })

  test('are narrowed by state and reason, page after page', async ({ assert, client }) => {
    for (let made = 0; made < 31; made++) await givenEvent('rejected', 'invalid_tenant')
    await givenEvent('processed')
    const admin = await givenPlatformAdmin()
    const first = await client
      .get('/admin/webhooks?state=rejected&reason=invalid_tenant')
      .loginAs(admin)
    const rows = (text: string) => text.match(/\/admin\/webhooks\/[0-9a-f-]{36}"/g)?.length ?? 0
    assert.equal(rows(first.text()), 30)
    const next = /rel="next" href="([^"]+)"/.exec(first.text())![1].replaceAll('&amp;', '&')
    const second = await client.get(next).loginAs(admin)
    assert.equal(rows(second.text()), 1)
  })
})
