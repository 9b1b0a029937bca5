import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import TenantLogo from '#app/tenants/models/tenant_logo'
import { brandOf } from '#app/tenants/queries/brand'
import type Tenant from '#app/tenants/models/tenant'
import type User from '#app/identity/models/user'
import { givenMember, givenTenant } from '#tests/support/given'
import { jpeg, png } from '#tests/support/pictures'

interface Who {
  client: ApiClient
  tenant: Tenant
  user: User
}

const upload = ({ client, tenant, user }: Who, content: Buffer, filename = 'logo.png') =>
  client
    .post(`/t/${tenant.slug}/settings/logo`)
    .file('logo', content, { filename, contentType: 'image/png' })
    .loginAs(user)
    .withCsrfToken()
    .redirects(0)

async function addressOfLogo(tenant: Tenant): Promise<string> {
  const { logoUrl } = await brandOf(tenant)
  return new URL(logoUrl!).pathname
}

async function givenOwner() {
  const tenant = await givenTenant()
  const { user } = await givenMember(tenant, 'owner')
  return { tenant, user }
}

test.group('A tenant’s logo', () => {
  test('is served to anybody as what it is, and asked for again only when it changed', async ({
    assert,
    client,
  }) => {
    const owner = await givenOwner()
    const taken = await upload({ client, ...owner }, png(), 'x.jpg')
    taken.assertStatus(303)
    const path = await addressOfLogo(owner.tenant)
    const shown = await client.get(path)
    shown.assertStatus(200)
    assert.deepEqual(Buffer.from(shown.body()), png())
    assert.equal(shown.header('content-type'), 'image/png')
    assert.equal(shown.header('x-content-type-options'), 'nosniff')
    assert.equal(shown.header('cache-control'), 'public, max-age=3600')
    assert.isUndefined(shown.header('set-cookie'))
    const etag = shown.header('etag')!
    const again = await client.get(path).header('if-none-match', etag)
    again.assertStatus(304)

    await upload({ client, ...owner }, jpeg())
    assert.equal(await addressOfLogo(owner.tenant), path)
    const replaced = await client.get(path).header('if-none-match', etag)
    replaced.assertStatus(200)
    assert.equal(replaced.header('content-type'), 'image/jpeg')
  })

  test('is no other file, whatever its name says, and not too large', async ({
    assert,
    client,
  }) => {
    const owner = await givenOwner()
    const wrong: [Buffer, string][] = [
      [Buffer.from('<svg onload="alert(1)"/>'), 'PNG ou JPEG'],
      [Buffer.from('<html>'), 'PNG ou JPEG'],
      [Buffer.alloc(0), 'PNG ou JPEG'],
      [Buffer.concat([png(), Buffer.alloc(200 * 1024)]), '200 kB'],
      [png(2001, 1), '200 kB'],
    ]
    for (const [content, words] of wrong) {
      const refused = await upload({ client, ...owner }, content)
      assert.include(JSON.stringify(refused.flashMessage('inputErrorsBag')), words)
    }
    assert.isEmpty(await TenantLogo.query().where('tenant_id', owner.tenant.id))
  })

  test('of a body beyond all measure is refused without being read to its end', async ({
    client,
  }) => {
    const owner = await givenOwner()
    const refused = await upload({ client, ...owner }, Buffer.alloc(9 * 1024 * 1024))
    refused.assertStatus(413)
  })

  test('is the owner’s to change, and goes when it is removed', async ({ assert, client }) => {
    const owner = await givenOwner()
    const { user } = await givenMember(owner.tenant, 'manager')
    const byManager = await upload({ client, tenant: owner.tenant, user }, png())
    byManager.assertStatus(403)
    const { user: stranger } = await givenOwner()
    const byStranger = await upload({ client, tenant: owner.tenant, user: stranger }, png())
    byStranger.assertStatus(404)

    await upload({ client, ...owner }, png())
    const path = await addressOfLogo(owner.tenant)
    await client
      .delete(`/t/${owner.tenant.slug}/settings/logo`)
      .loginAs(owner.user)
      .withCsrfToken()
      .redirects(0)
    const gone = await client.get(path)
    gone.assertStatus(404)
    const { logoUrl } = await brandOf(owner.tenant)
    assert.isNull(logoUrl)
  })

  test('of two first pictures at once is one', async ({ assert, client }) => {
    const owner = await givenOwner()
    await Promise.all([png(1, 1), png(2, 2)].map((one) => upload({ client, ...owner }, one)))
    assert.lengthOf(await TenantLogo.query().where('tenant_id', owner.tenant.id), 1)
  })
})

test.group('A tenant’s colour and contact', () => {
  const save = ({ client, tenant, user }: Who, form: Record<string, string>) =>
    client
      .post(`/t/${tenant.slug}/settings/brand`)
      .form(form)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)

  test('are the owner’s to set, and show in its brand', async ({ assert, client }) => {
    const owner = await givenOwner()
    await save({ client, ...owner }, { brand_color: '#7A1F4D', contact_email: 'oi@j.example' })
    await owner.tenant.refresh()
    const { color, contactEmail, contactPhone } = await brandOf(owner.tenant)
    assert.deepEqual(
      { color, contactEmail, contactPhone },
      { color: '#7a1f4d', contactEmail: 'oi@j.example', contactPhone: null }
    )
  })

  test('are refused when they cannot be read or reached', async ({ assert, client }) => {
    const owner = await givenOwner()
    const wrong: [string, string][] = [
      ['brand_color', '#ffee00'],
      ['brand_color', 'red'],
      ['brand_color', '#7a1f4d;background:url(//evil)'],
      ['contact_email', 'oi@j.example\r\nBcc: x@example.com'],
      ['contact_email', 'nobody'],
      ['contact_phone', 'call me'],
    ]
    for (const [field, value] of wrong) {
      const refused = await save({ client, ...owner }, { [field]: value })
      assert.property(refused.flashMessage('inputErrorsBag'), field, value)
    }
  })
})
