import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { newPublicToken } from '#app/core/ids'
import { VerifyLedger } from '#app/ledger/actions/verify_ledger'
import Adjustment from '#app/ledger/models/adjustment'
import TenantEntitlement from '#app/tenants/models/tenant_entitlement'
import { givenPlatformAdmin, PASSWORD } from '#tests/support/given'
import { balanceOf, givenPayableTenant } from '#tests/support/payouts'

async function given(client: ApiClient, available = 10_000) {
  const { tenant, owner } = await givenPayableTenant(available)
  const admin = await givenPlatformAdmin()
  const home = `/admin/tenants/${tenant.id}`
  const post = (path: string, fields: object, key = newPublicToken()) =>
    client
      .post(`${home}${path}`)
      .loginAs(admin)
      .withCsrfToken()
      .redirects(0)
      .form({ _key: key, password: PASSWORD, ...fields })
  const adjust = (direction: 'give' | 'take', amount: string, more: object = {}, key?: string) =>
    post('/adjustments', { direction, amount, reason: 'Paid twice in March', ...more }, key)
  return { tenant, owner, admin, home, post, adjust }
}

const fieldsAtFault = (response: { flashMessages(): any }) =>
  Object.keys(response.flashMessages().inputErrorsBag ?? {})

const audited = async (): Promise<string[]> => {
  const rows = await db.from('audit_entries').orderBy('id')
  return rows.map(({ action }) => action)
}

const availableOf = async (tenant: { id: string }) => {
  const { available } = await balanceOf(tenant)
  return available
}

test.group('Adjustments', () => {
  test('move money both ways, with a reason that the tenant reads', async ({ assert, client }) => {
    const { tenant, owner, home, adjust, admin } = await given(client)
    const made = await adjust('give', '12,34')
    made.assertStatus(303)
    made.assertHeader('location', `${home}/adjustments`)
    await adjust('take', '5,00')
    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 10_734, reserved: 0 })
    const [{ sum }] = await db
      .from('ledger_entries')
      .where('account', 'platform:other')
      .sum('amount_minor as sum')
    assert.equal(Number(sum), 734)
    const entries = await db.from('audit_entries').where('action', 'adjustment.made')
    assert.lengthOf(entries, 2)
    assert.equal(entries[0].user_id, admin.id)
    const statement = await client.get(`/t/${tenant.slug}/statement`).loginAs(owner)
    statement.assertTextIncludes('Paid twice in March')
    const list = await client.get(`${home}/adjustments`).loginAs(admin)
    list.assertTextIncludes('Paid twice in March')
    const { isSound } = await new VerifyLedger().handle()
    assert.isTrue(isSound)
  })

  test('ask for the reason, the password and an amount', async ({ assert, client }) => {
    const { adjust } = await given(client)
    assert.deepEqual(fieldsAtFault(await adjust('give', '1,00', { reason: ' ' })), ['reason'])
    assert.deepEqual(fieldsAtFault(await adjust('give', 'x')), ['amount'])
    assert.deepEqual(fieldsAtFault(await adjust('give', '1,00', { password: 'wrong' })), [
      'password',
    ])
    assert.lengthOf(await Adjustment.all(), 0)
  })

  test('take the balance below zero only when somebody says so', async ({ assert, client }) => {
    const { tenant, adjust } = await given(client)
    assert.deepEqual(fieldsAtFault(await adjust('take', '100,01')), ['overdraw'])
    assert.equal(await availableOf(tenant), 10_000)
    await adjust('take', '100,01', { overdraw: 'true' })
    assert.equal(await availableOf(tenant), -1)
    // What raises it needs no leave, though it stays below zero.
    await adjust('take', '100,00', { overdraw: 'true' })
    await adjust('give', '50,00')
    assert.equal(await availableOf(tenant), -5001)
  })

  test('are taken back by another one, once', async ({ assert, client }) => {
    const { tenant, post, adjust, home, admin } = await given(client)
    await adjust('give', '20,00')
    const { id } = await Adjustment.firstOrFail()
    const reverse = () => post(`/adjustments/${id}/reversal`, { reason: 'Wrong business' })
    const form = await client.get(`${home}/adjustments/${id}/reversal`).loginAs(admin)
    form.assertStatus(200)
    await Promise.all([reverse(), reverse(), reverse()])
    assert.equal(await availableOf(tenant), 10_000)
    const reversal = await Adjustment.findByOrFail('reversesId', id)
    assert.equal(reversal.amountMinor, -2000)
    assert.lengthOf(await Adjustment.all(), 2)
    const again = await client.get(`${home}/adjustments/${id}/reversal`).loginAs(admin)
    again.assertStatus(404)
    await post(`/adjustments/${reversal.id}/reversal`, { reason: 'Back again' })
    assert.lengthOf(await Adjustment.all(), 2)
    assert.include(await audited(), 'adjustment.reversed')
  })

  test('of another tenant are not found', async ({ assert, client }) => {
    const one = await given(client)
    await one.adjust('give', '20,00')
    const { id } = await Adjustment.firstOrFail()
    const other = await given(client)
    const form = await client.get(`${other.home}/adjustments/${id}/reversal`).loginAs(other.admin)
    form.assertStatus(404)
    await other.post(`/adjustments/${id}/reversal`, { reason: 'Not mine' })
    assert.lengthOf(await Adjustment.all(), 1)
  })

  test('happen once when the form is posted fifty times at once', async ({ assert, client }) => {
    const { tenant, adjust } = await given(client)
    const key = newPublicToken()
    await Promise.all(Array.from({ length: 50 }, () => adjust('give', '1,00', {}, key)))
    assert.equal(await availableOf(tenant), 10_100)
  }).timeout(120_000)

  test('are never changed: the database refuses it', async ({ assert, client }) => {
    const { adjust } = await given(client)
    await adjust('give', '20,00')
    await assert.rejects(() => Adjustment.query().update({ amount_minor: 1 }), /append-only/)
    await assert.rejects(() => Adjustment.query().delete(), /append-only/)
  })

  test('are for admins alone', async ({ client }) => {
    const { owner, home } = await given(client)
    for (const path of ['/adjustments', '/adjustments/new']) {
      const page = await client.get(`${home}${path}`).loginAs(owner).redirects(0)
      page.assertStatus(404)
    }
  })
})

test.group('The holdback of a tenant', () => {
  test('is set, changed and taken away by an admin, and audited', async ({ assert, client }) => {
    const { tenant, post, home, admin } = await given(client)
    const option = async () => {
      const { holdbackPercent, holdbackDays } = await TenantEntitlement.findByOrFail(
        'tenantId',
        tenant.id
      )
      return [holdbackPercent, holdbackDays]
    }
    await post('/holdback', { holdback_percent: '12,5', holdback_days: '30' })
    assert.deepEqual(await option(), ['12.50', 30])
    const page = await client.get(home).loginAs(admin)
    page.assertTextIncludes('12,50')
    for (const wrong of [
      { holdback_percent: '0', holdback_days: '30' },
      { holdback_percent: '101', holdback_days: '30' },
      { holdback_percent: '10', holdback_days: '181' },
      { holdback_percent: '10' },
      { holdback_days: '10' },
    ]) {
      assert.lengthOf(fieldsAtFault(await post('/holdback', wrong)), 1)
    }
    assert.deepEqual(await option(), ['12.50', 30])
    await post('/holdback', { holdback_percent: '', holdback_days: '' })
    assert.deepEqual(await option(), [null, null])
    const all = await audited()
    const changes = all.filter((action) => action === 'tenant.holdback_changed')
    assert.lengthOf(changes, 2)
  })
})
