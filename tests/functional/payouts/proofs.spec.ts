import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { newPublicToken } from '#app/core/ids'
import type User from '#app/identity/models/user'
import PayoutProof from '#app/payouts/models/payout_proof'
import { givenMember, givenPlatformAdmin } from '#tests/support/given'
import { givenPayableTenant, givenPayout } from '#tests/support/payouts'

const PDF = Buffer.from('%PDF-1.7\nA transfer of finance@example.com')

const upload = (
  client: ApiClient,
  admin: User,
  path: string,
  bytes: Buffer,
  fields: Record<string, string> = {}
) => {
  const request = client
    .post(path)
    .loginAs(admin)
    .withCsrfToken()
    .redirects(0)
    .field('_key', newPublicToken())
    .file('proof', bytes, { filename: '../../x.html', contentType: 'text/html' })
  for (const [name, value] of Object.entries(fields)) request.field(name, value)
  return request
}

async function givenProcessing() {
  const { tenant, owner } = await givenPayableTenant(10_000)
  const payout = await givenPayout(tenant, owner, 4_000, 'processing')
  return { tenant, owner, payout, admin: await givenPlatformAdmin() }
}

test.group('A proof of a transfer', () => {
  test('comes with the payment, and is downloaded by the tenant’s owner', async ({
    assert,
    client,
  }) => {
    const { tenant, owner, payout, admin } = await givenProcessing()
    const path = `/admin/payouts/${payout.id}`
    const paid = await upload(client, admin, `${path}/payment`, PDF, { bank_reference: 'E600' })
    paid.assertStatus(303)
    await payout.refresh()
    assert.equal(payout.state, 'paid')
    const [proof] = await PayoutProof.query().where('tenant_id', tenant.id)
    assert.equal(proof.contentType, 'application/pdf')
    assert.notInclude(JSON.stringify(await db.from('payout_proofs')), 'finance@example')

    for (const [user, address] of [
      [owner, `/t/${tenant.slug}/payouts/${payout.id}/proofs/${proof.id}`],
      [admin, `${path}/proofs/${proof.id}`],
    ] as const) {
      const file = await client.get(address).loginAs(user)
      file.assertStatus(200)
      assert.include(`${file.body()}`, 'finance@example.com')
      file.assertHeader('content-type', 'application/pdf')
      file.assertHeader('x-content-type-options', 'nosniff')
      file.assertHeader('cache-control', 'no-store')
      assert.equal(
        file.header('content-disposition'),
        `attachment; filename="payout-${payout.id}.pdf"`
      )
    }
    const { tenant: foreign, owner: stranger } = await givenPayableTenant()
    const refused = await client
      .get(`/t/${foreign.slug}/payouts/${payout.id}/proofs/${proof.id}`)
      .loginAs(stranger)
    refused.assertStatus(404)
  })

  test('is kept once, however often it is uploaded', async ({ assert, client }) => {
    const { payout, admin } = await givenProcessing()
    const path = `/admin/payouts/${payout.id}/proofs`
    await upload(client, admin, path, PDF)
    await upload(client, admin, path, PDF)
    assert.lengthOf(await PayoutProof.query().where('tenant_id', payout.tenantId), 1)
    await upload(client, admin, path, Buffer.concat([PDF, Buffer.from(' again')]))
    assert.lengthOf(await PayoutProof.query().where('tenant_id', payout.tenantId), 2)
  })

  test('is refused when it is no paper of a bank, and nothing is paid', async ({
    assert,
    client,
  }) => {
    const { payout, admin } = await givenProcessing()
    const path = `/admin/payouts/${payout.id}/payment`
    const bad = [Buffer.from('<html>'), Buffer.concat([PDF, Buffer.alloc(1024 * 1024)])]
    for (const bytes of bad) {
      const answer = await upload(client, admin, path, bytes, { bank_reference: 'E601' })
      assert.property(answer.flashMessage('inputErrorsBag'), 'proof')
    }
    await payout.refresh()
    assert.equal(payout.state, 'processing')
    assert.lengthOf(await PayoutProof.query().where('tenant_id', payout.tenantId), 0)
  })

  test('comes after the transfer has begun, not before', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const { id } = await givenPayout(tenant, owner, 4_000, 'approved')
    const admin = await givenPlatformAdmin()
    const answer = await upload(client, admin, `/admin/payouts/${id}/proofs`, PDF)
    assert.isString(answer.flashMessage('error'))
    assert.lengthOf(await PayoutProof.query().where('tenant_id', tenant.id), 0)
  })
})

test('a receipt exists once the money has left, for the tenant’s own owner', async ({
  assert,
  client,
}) => {
  const { tenant, owner, payout, admin } = await givenProcessing()
  const path = `/t/${tenant.slug}/payouts/${payout.id}/receipt`
  const early = await client.get(path).loginAs(owner)
  early.assertStatus(404)
  const form = { _key: newPublicToken(), bank_reference: 'E700' }
  await client
    .post(`/admin/payouts/${payout.id}/payment`)
    .loginAs(admin)
    .withCsrfToken()
    .redirects(0)
    .form(form)
  const page = await client.get(path).loginAs(owner)
  page.assertStatus(200)
  for (const text of ['E700', payout.reference, tenant.legalName]) {
    page.assertTextIncludes(text)
  }
  const { user: cashier } = await givenMember(tenant, 'manager')
  const refused = await client.get(path).loginAs(cashier)
  assert.include([403, 404], refused.status())
})
