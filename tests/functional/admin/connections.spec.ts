import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { newPublicToken } from '#app/core/ids'
import AuditEntry from '#app/core/models/audit_entry'
import { clock } from '#app/core/clock'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import PlatformAccount from '#app/gateway/models/platform_account'
import type User from '#app/identity/models/user'
import { givenConnection, revoke } from '#tests/support/connections'
import { givenMember, givenPlatformAdmin, givenTenant, givenUser } from '#tests/support/given'
import { givenPlatformAccount } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

const again = ({ ref }: TenantGatewayConfig) => TenantGatewayConfig.of(ref).then((found) => found!)

const post = (client: ApiClient, user: User, path: string, key = newPublicToken()) =>
  client.post(path).loginAs(user).withCsrfToken().redirects(0).form({ _key: key })

test.group("All tenants' connections", () => {
  test('shows them in {locale}: who cannot charge, who is near the end')
    .with([{ locale: 'pt-BR' }, { locale: 'es' }, { locale: 'en' }])
    .run(async ({ assert, client }, { locale }) => {
      const admin = await givenPlatformAdmin({ locale })
      const page = (query = {}) => client.get('/admin/connections').qs(query).loginAs(admin)
      const nothing = await page()
      nothing.assertStatus(200)
      const tenant = await givenTenant({ tradeName: 'Perfumaria Aurora' })
      const broken = await givenConnection(tenant, {
        label: 'Quebrada',
        tokenRefusedAt: clock.now(),
      })
      await givenConnection(await givenTenant(), {
        label: 'Acabando',
        tokenExpiresAt: clock.now().plus({ days: 5 }),
      })
      await givenConnection(await givenTenant(), {
        label: 'Falhando',
        lastFailure: 'http_403',
        lastFailureAt: clock.now().plus({ minutes: 1 }),
      })

      const all = await page()
      all.assertStatus(200)
      for (const label of ['Quebrada', 'Acabando', 'Falhando']) all.assertTextIncludes(label)
      assert.notMatch(all.text(), /translation missing|guardian\./)
      for (const sealed of [broken.accessTokenCiphertext!, broken.refreshTokenCiphertext!]) {
        assert.notInclude(all.text(), sealed)
      }
      const only = async (query: object) => {
        const response = await page(query)
        return ['Quebrada', 'Acabando', 'Falhando'].filter((label) =>
          response.text().includes(label)
        )
      }
      assert.deepEqual(await only({ health: 'broken' }), ['Quebrada'])
      assert.deepEqual(await only({ health: 'ending' }), ['Acabando'])
      assert.deepEqual(await only({ health: 'failing', state: 'connected' }), ['Falhando'])
      assert.deepEqual(await only({ q: 'aurora' }), ['Quebrada'])
      assert.deepEqual(await only({ q: broken.mpUserId }), ['Quebrada'])
      assert.deepEqual(await only({ q: 'nobody' }), [])
    })

  test('is read page by page', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin({ locale: 'en' })
    const tenant = await givenTenant()
    const first = await givenConnection(tenant, { label: 'Oldest one' })
    for (let at = 0; at < 30; at++) {
      const values = { ...first.$attributes, id: undefined, isDefault: false, mpUserId: `9${at}` }
      await TenantGatewayConfig.create({ ...values, label: `Account ${at}` })
    }
    const page = await client.get('/admin/connections').qs({ q: tenant.id }).loginAs(admin)
    assert.notInclude(page.text(), 'Oldest one')
    const next = /href="(\/admin\/connections\?[^"]*after=[^"]*)"/.exec(page.text())![1]
    const second = await client.get(next.replaceAll('&amp;', '&')).loginAs(admin)
    second.assertTextIncludes('Oldest one')
  })

  test("the age of the platform accounts' keys is shown, and that an old one is to be replaced", async ({
    client,
  }) => {
    const admin = await givenPlatformAdmin({ locale: 'en' })
    const { id } = await givenPlatformAccount()
    const page = () => client.get('/admin/connections').loginAs(admin)
    const young = await page()
    young.assertTextIncludes('stored today')
    young.assertTextIncludes('Recent enough')
    const account = await PlatformAccount.findOrFail(id)
    await account.merge({ tokenStoredAt: clock.now().minus({ days: 400 }) }).save()
    const old = await page()
    old.assertTextIncludes('400 days old')
    old.assertTextIncludes('Older than 365 days')
  })

  test('one is renewed at once: once per form, and written down', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin({ locale: 'en' })
    const connection = await givenConnection(await givenTenant())
    const path = `/admin/connections/${connection.id}/renewal`
    const key = newPublicToken()
    const done = await post(client, admin, path, key)
    done.assertStatus(303)
    assert.equal((await again(connection)).tokenVersion, 2)
    await post(client, admin, path, key)
    assert.equal((await again(connection)).tokenVersion, 2, 'the same form again')
    const audit = await AuditEntry.findByOrFail('action', 'connection.refresh_asked')
    assert.deepEqual([audit.userId, audit.subjectId], [admin.id, connection.id])

    await simulator.advance({ days: 1 })
    await revoke(connection)
    const refused = await post(client, admin, path)
    assert.include(JSON.stringify(refused.flashMessages()), 'refused to renew')
    assert.equal((await again(connection)).state, 'needs_reauthorization')
    const impossible = await post(client, admin, path)
    assert.include(JSON.stringify(impossible.flashMessages()), 'nothing to renew it with')
  })

  test('only a platform admin comes in, and no other id is found', async ({ client }) => {
    const tenant = await givenTenant()
    const connection = await givenConnection(tenant)
    const { user } = await givenMember(tenant, 'owner')
    for (const stranger of [user, await givenUser()]) {
      const page = await client.get('/admin/connections').loginAs(stranger)
      page.assertStatus(404)
      const renewal = await post(client, stranger, `/admin/connections/${connection.id}/renewal`)
      renewal.assertStatus(404)
    }
    const missing = '0198f0aa-0000-7000-8000-000000000000'
    const admin = await givenPlatformAdmin()
    const none = await post(client, admin, `/admin/connections/${missing}/renewal`)
    none.assertStatus(404)
  })
})

test.group("The owner's overview", () => {
  const overview = async (client: ApiClient, user: User, slug: string) => {
    const page = await client.get(`/t/${slug}`).loginAs(user)
    page.assertStatus(200)
    return page.text()
  }

  test('says which account cannot charge, to owners and until it was mended', async ({
    assert,
    client,
  }) => {
    const tenant = await givenTenant()
    const { user: owner } = await givenMember(
      tenant,
      'owner',
      [],
      await givenUser({ locale: 'en' })
    )
    const { user: manager } = await givenMember(tenant, 'manager')
    const connection = await givenConnection(tenant, { label: 'Centro' })
    const banner = 'Centro cannot receive charges'
    assert.notInclude(await overview(client, owner, tenant.slug), banner)

    await connection.merge({ tokenRefusedAt: clock.now() }).save()
    const warned = await overview(client, owner, tenant.slug)
    assert.include(warned, banner)
    assert.include(warned, `href="/t/${tenant.slug}/gateway"`)
    assert.notInclude(await overview(client, manager, tenant.slug), 'Centro')

    await connection
      .merge({ tokenRefusedAt: null, tokenExpiresAt: clock.now().plus({ days: 5 }) })
      .save()
    assert.include(await overview(client, owner, tenant.slug), 'Authorise Centro again before')
    await givenConnection(tenant, { accountId: Number(connection.mpUserId) })
    assert.notInclude(await overview(client, owner, tenant.slug), 'Authorise Centro again')
  })
})
