import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { newPublicToken } from '#app/core/ids'
import AuditEntry from '#app/core/models/audit_entry'
import type User from '#app/identity/models/user'
import { givenConnection, revoke } from '#tests/support/connections'
import { givenMember, givenPlatformAdmin, givenTenant, givenUser } from '#tests/support/given'
import { givenBoleto, givenPlatformAccount } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

const post = (client: ApiClient, user: User, path: string, key = newPublicToken()) =>
  client.post(path).loginAs(user).withCsrfToken().redirects(0).form({ _key: key })

test.group('Approving a tenant', () => {
  test('S1-06 shows what it needs before it charges, and how far it is', async ({ client }) => {
    const admin = await givenPlatformAdmin({ locale: 'en' })
    const tenant = await givenTenant({ state: 'pending' })
    const page = () => client.get(`/admin/tenants/${tenant.id}`).loginAs(admin)
    const bare = await page()
    bare.assertStatus(200)
    bare.assertTextIncludes('Nobody can log in for it')
    bare.assertTextIncludes('The platform receives and pays out')
    bare.assertTextIncludes('None can take its money now')
    bare.assertTextIncludes('This business waits for approval')

    const { fullName } = await givenUser()
    const { user } = await givenMember(tenant, 'owner', [], await givenUser({ fullName }))
    await givenPlatformAccount()
    const ready = await page()
    ready.assertTextIncludes(`${user.fullName} can log in.`)
    ready.assertTextIncludes('s account PLATFORM.')

    await tenant.merge({ state: 'active' }).save()
    await givenConnection(tenant, { label: 'Centro' })
    await givenBoleto(tenant)
    const done = await page()
    done.assertTextIncludes('It receives on its own Mercado Pago account')
    done.assertTextIncludes('connected by the owner')
    done.assertTextIncludes('The money goes straight to its own account')
    done.assertTextIncludes('Issued on')
  })

  test('is done once, by a platform admin, and written down', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin({ locale: 'en' })
    const tenant = await givenTenant({ state: 'pending' })
    const path = `/admin/tenants/${tenant.id}/approval`
    const { user: owner } = await givenMember(tenant, 'owner')
    const stranger = await post(client, owner, path)
    stranger.assertStatus(404)
    await tenant.refresh()
    assert.equal(tenant.state, 'pending')

    const key = newPublicToken()
    for (let time = 0; time < 2; time++) {
      const approved = await post(client, admin, path, key)
      approved.assertStatus(303)
    }
    await tenant.refresh()
    assert.equal(tenant.state, 'active')
    const audits = await AuditEntry.query().where('action', 'tenant.approved')
    assert.lengthOf(audits, 1)
    assert.equal(audits[0].userId, admin.id)

    await post(client, admin, path)
    await tenant.merge({ state: 'suspended' }).save()
    await post(client, admin, path)
    await tenant.refresh()
    assert.equal(tenant.state, 'suspended', 'approval is for those that wait')
    const page = await client.get(`/admin/tenants/${tenant.id}`).loginAs(admin)
    assert.notInclude(page.text(), path)
  })

  test('S1-14 the account is checked by a real call, before and after it was approved', async ({
    assert,
    client,
  }) => {
    const admin = await givenPlatformAdmin({ locale: 'en' })
    const tenant = await givenTenant({ state: 'pending' })
    const connection = await givenConnection(tenant)
    const check = async () => {
      const response = await post(client, admin, `/admin/tenants/${tenant.id}/check`)
      response.assertStatus(303)
      return JSON.stringify(response.flashMessages())
    }
    assert.include(await check(), 'Mercado Pago accepts the account')
    await simulator.advance({ days: 1 })
    await revoke(connection)
    assert.include(await check(), 'Mercado Pago does not accept')
    assert.include(await check(), 'It could not charge now')
  })
})
