import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { appUrl } from '#config/app'
import { newPublicToken } from '#app/core/ids'
import type User from '#app/identity/models/user'
import Payout from '#app/payouts/models/payout'
import { givenPlatformAdmin } from '#tests/support/given'
import { balanceOf, givenPayableTenant, givenPayout, stepsPosted } from '#tests/support/payouts'
import { givenTakenBack } from '#tests/support/posted_money'
import { loggedIn } from '#tests/support/visitor'

/** An admin's post on a payout, each time from a fresh form. */
const poster =
  (client: ApiClient, admin: User) =>
  (id: string, path: string, fields: object = {}) =>
    client
      .post(`/admin/payouts/${id}/${path}`)
      .loginAs(admin)
      .withCsrfToken()
      .redirects(0)
      .form({ _key: newPublicToken(), ...fields })

const stateOf = async (id: string) => {
  const { state } = await Payout.findOrFail(id)
  return state
}

test.group('The back office of payouts', () => {
  test('goes from a request to the paid money in two clicks', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const { id } = await givenPayout(tenant, owner, 4_000)
    const post = poster(client, await givenPlatformAdmin())

    const approved = await post(id, 'approval')
    approved.assertStatus(303)
    approved.assertHeader('location', `/admin/payouts/${id}`)
    assert.equal(await stateOf(id), 'processing')
    await post(id, 'payment', { bank_reference: ' E0001 ' })

    const paid = await Payout.findOrFail(id)
    assert.equal(paid.state, 'paid')
    assert.equal(paid.bankReference, 'E0001')
    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 6_000, reserved: 0 })
    const page = await client.get(`/t/${tenant.slug}/payouts/${id}`).loginAs(owner)
    page.assertTextIncludes('E0001')
  })

  test('shows the full account to who makes the transfer, and writes down that it did', async ({
    assert,
    client,
  }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const { id } = await givenPayout(tenant, owner, 4_000)
    const admin = await givenPlatformAdmin()
    const post = poster(client, admin)
    const reveals = () => db.from('audit_entries').where('action', 'payout_destination.revealed')

    const early = await post(id, 'destination')
    assert.isString(early.flashMessage('error'))
    await post(id, 'approval')
    const hidden = await client.get(`/admin/payouts/${id}`).loginAs(admin)
    assert.notInclude(hidden.text(), 'finance@example.com')
    assert.lengthOf(await reveals(), 0)

    const shown = await post(id, 'destination')
    shown.assertStatus(200)
    shown.assertHeader('cache-control', 'no-store')
    shown.assertTextIncludes('finance@example.com')
    const [entry] = await reveals()
    assert.equal(entry.user_id, admin.id)
    assert.equal(entry.tenant_id, tenant.id)

    await post(id, 'payment', { bank_reference: 'E0002' })
    const late = await post(id, 'destination')
    assert.isString(late.flashMessage('error'))
    assert.lengthOf(await reveals(), 1)
    const byTheOwner = await client
      .post(`/admin/payouts/${id}/destination`)
      .loginAs(owner)
      .withCsrfToken()
      .redirects(0)
    byTheOwner.assertStatus(404)
  })

  test('says what is wrong with the transfer also when the account is shown', async ({
    assert,
    client,
  }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const { id } = await givenPayout(tenant, owner, 4_000)
    const admin = await givenPlatformAdmin()
    await poster(client, admin)(id, 'approval')

    const visitor = await loggedIn(admin)
    await visitor.get(`/admin/payouts/${id}`)
    const refused = await visitor.post(
      `/admin/payouts/${id}/payment`,
      { _key: newPublicToken(), bank_reference: '?' },
      { referer: `${appUrl}/admin/payouts/${id}/destination` }
    )
    const back = await visitor.get(refused.location!)
    assert.equal(back.location, `/admin/payouts/${id}`)
    const page = await visitor.get(back.location!)
    assert.match(page.text, /name="bank_reference"[^>]*value="\?"[^>]*aria-invalid="true"/)
  })

  test('holds an approved payout back while its tenant owes', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const { id } = await givenPayout(tenant, owner, 4_000)
    await givenTakenBack(tenant, 6_001)
    const post = poster(client, await givenPlatformAdmin())
    const approved = await post(id, 'approval')
    assert.isString(approved.flashMessage('warning'))
    assert.equal(await stateOf(id), 'approved')
    const started = await post(id, 'start')
    assert.isString(started.flashMessage('error'))
    assert.equal(await stateOf(id), 'approved')
  })

  test('asks for a reason to {path}, and tells it the tenant')
    .with([
      { path: 'rejection', from: 'requested', to: 'rejected' },
      { path: 'failure', from: 'processing', to: 'failed' },
    ] as const)
    .run(async ({ assert, client }, { path, from, to }) => {
      const { tenant, owner } = await givenPayableTenant(10_000)
      const { id } = await givenPayout(tenant, owner, 4_000, from)
      const post = poster(client, await givenPlatformAdmin())
      const silent = await post(id, path, { reason: ' ' })
      assert.property(silent.flashMessage('inputErrorsBag'), 'reason')
      assert.equal(await stateOf(id), from)

      await post(id, path, { reason: 'The account is closed <b>' })
      assert.equal(await stateOf(id), to)
      assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 10_000, reserved: 0 })
      const page = await client.get(`/t/${tenant.slug}/payouts/${id}`).loginAs(owner)
      page.assertTextIncludes('The account is closed &lt;b&gt;')
    })

  test('books what the bank sends back', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const { id } = await givenPayout(tenant, owner, 4_000, 'processing')
    const post = poster(client, await givenPlatformAdmin())
    await post(id, 'payment', { bank_reference: 'E0001' })
    await post(id, 'return', { reason: 'Closed account' })
    assert.equal(await stateOf(id), 'returned')
    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 10_000, reserved: 0 })
  })

  test('refuses {reference} as the name of a transfer')
    .with(
      ['', '   ', 'abc', 'two words', '<script>', 'x'.repeat(121), '💸💸💸💸'].map((reference) => ({
        reference,
      }))
    )
    .run(async ({ assert, client }, { reference }) => {
      const { tenant, owner } = await givenPayableTenant(10_000)
      const { id } = await givenPayout(tenant, owner, 4_000, 'processing')
      const post = poster(client, await givenPlatformAdmin())
      const refused = await post(id, 'payment', { bank_reference: reference })
      assert.property(refused.flashMessage('inputErrorsBag'), 'bank_reference')
      assert.equal(await stateOf(id), 'processing')
    })

  test('says at its field that a reference has paid before', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const first = await givenPayout(tenant, owner, 4_000, 'processing')
    const second = await givenPayout(tenant, owner, 4_000, 'processing')
    const post = poster(client, await givenPlatformAdmin())
    await post(first.id, 'payment', { bank_reference: 'E0001' })
    const refused = await post(second.id, 'payment', { bank_reference: 'E0001' })
    assert.property(refused.flashMessage('inputErrorsBag'), 'bank_reference')
    assert.equal(await stateOf(second.id), 'processing')
  })

  test('does each thing once, of fifty identical posts at once: {path}')
    .with([
      { path: 'approval', from: 'requested', posted: ['requested'] },
      { path: 'payment', from: 'processing', posted: ['paid', 'requested'] },
      { path: 'rejection', from: 'requested', posted: ['rejected', 'requested'] },
    ] as const)
    .run(async ({ assert, client }, { path, from, posted }) => {
      const { tenant, owner } = await givenPayableTenant(10_000)
      const { id } = await givenPayout(tenant, owner, 4_000, from)
      const post = poster(client, await givenPlatformAdmin())
      const fields = { _key: newPublicToken(), bank_reference: 'E0001', reason: 'No, thanks' }
      const answers = await Promise.all(Array.from({ length: 50 }, () => post(id, path, fields)))
      for (const answer of answers) {
        answer.assertStatus(303)
        answer.assertHeader('location', `/admin/payouts/${id}`)
        assert.isUndefined(answer.flashMessage('error'))
      }
      assert.deepEqual(await stepsPosted(id), [...posted])
    })

  test('lets one of two admins decide', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const { id } = await givenPayout(tenant, owner, 4_000, 'processing')
    const posts = [
      poster(client, await givenPlatformAdmin())(id, 'payment', { bank_reference: 'E0001' }),
      poster(client, await givenPlatformAdmin())(id, 'failure', { reason: 'Not sent' }),
    ]
    const answers = await Promise.all(posts)
    const refused = answers.filter((answer) => answer.flashMessage('error'))
    assert.lengthOf(refused, 1)
    const steps = await stepsPosted(id)
    assert.lengthOf(steps, 2)
    assert.include(steps, await stateOf(id))
  })
})
