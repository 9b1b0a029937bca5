import { test } from '@japa/runner'
import { clock } from '#app/core/clock'
import { VerifyLedger } from '#app/ledger/actions/verify_ledger'
import { FreeHoldbacks } from '#app/payments/actions/free_holdbacks'
import { ReleaseBalances } from '#app/payments/actions/release_balances'
import Holdback from '#app/payments/models/holdback'
import { heldBack } from '#app/payments/queries/holdbacks'
import { postingChecks } from '#app/payments/queries/posting_checks'
import type Tenant from '#app/tenants/models/tenant'
import { givenMember } from '#tests/support/given'
import { bucketsOf, givenWebhookSecret, postings } from '#tests/support/money'
import { givenTakenBack } from '#tests/support/posted_money'
import { givenBoleto, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

/** A payment of which 145.01 is left, paid by a customer of a tenant with this option. */
async function givenPaid(holdback: { percent: string; days: number } | null) {
  const tenant = await givenSeller()
  await option(tenant, holdback)
  return { tenant, id: await pay(tenant) }
}

async function pay(tenant: Tenant) {
  const { charge } = await givenBoleto(tenant)
  await simulator.pay(charge.providerPaymentId!)
  await drainWork()
  return charge.providerPaymentId!
}

const option = async (tenant: Tenant, holdback: { percent: string; days: number } | null) => {
  await tenant.load('entitlement')
  await tenant.entitlement
    .merge({ holdbackPercent: holdback?.percent ?? null, holdbackDays: holdback?.days ?? null })
    .save()
}

async function release() {
  await simulator.advance({ days: 14, seconds: 60 })
  await new ReleaseBalances().handle()
}

async function findings() {
  const { checks } = await new VerifyLedger().handle(postingChecks)
  return checks.filter(({ offences }) => offences > 0).map(({ name }) => name)
}

const tell = async (path: string, body: object = {}) => {
  await simulator.control('POST', `/payments/${path}`, body)
  await drainWork()
}

const ten = { percent: '10.00', days: 30 }

test.group('Holdback', (group) => {
  group.each.setup(givenWebhookSecret)

  test('keeps its part of a release reserved, and gives it on its day, once', async ({
    assert,
  }) => {
    const { tenant, id } = await givenPaid(ten)
    assert.deepEqual(await bucketsOf(tenant), [14_501, 0, 0])
    await release()
    assert.deepEqual(await bucketsOf(tenant), [0, 13_051, 1450])
    const booked = await postings()
    assert.deepEqual(booked[`payment:${id}:holdback`], [
      'tenant:available 1450',
      'tenant:reserved -1450',
    ])
    assert.deepEqual(await findings(), [])
    await simulator.advance({ days: 29 })
    assert.deepEqual(await new FreeHoldbacks().handle(), { freed: 0, failed: 0 })
    await simulator.advance({ days: 1 })
    const runs = await Promise.all([1, 2, 3].map(() => new FreeHoldbacks().handle()))
    assert.equal(
      runs.reduce((sum, { freed }) => sum + freed, 0),
      1
    )
    assert.deepEqual(await bucketsOf(tenant), [0, 14_501, 0])
    const after = await postings()
    assert.deepEqual(after[`payment:${id}:holdback_freed`], [
      'tenant:available -1450',
      'tenant:reserved 1450',
    ])
    assert.deepEqual(await findings(), [])
  })

  test('a refund takes its part of what is held, and the day gives what is left', async ({
    assert,
  }) => {
    const { tenant, id } = await givenPaid(ten)
    await release()
    await tell(`${id}/refunds`, { amount: 50 })
    const [pending, available, reserved] = await bucketsOf(tenant)
    const leftMinor = available + reserved
    assert.equal(pending, 0)
    assert.equal(reserved, Math.round(leftMinor / 10))
    assert.deepEqual(await findings(), [])
    await tell(`${id}/refunds`)
    const [, , still] = await bucketsOf(tenant)
    assert.equal(still, 0)
    await simulator.advance({ days: 31 })
    assert.deepEqual(await new FreeHoldbacks().handle(), { freed: 1, failed: 0 })
    assert.deepEqual(await findings(), [])
  })

  test('a dispute reserves the whole amount, and one that is won holds the part again', async ({
    assert,
  }) => {
    const { tenant, id } = await givenPaid(ten)
    await release()
    await tell(`${id}/chargebacks`)
    const [, available, reserved] = await bucketsOf(tenant)
    assert.equal(available + reserved, 14_501)
    assert.isBelow(available, 0)
    const { heldMinor } = await Holdback.firstOrFail()
    assert.equal(heldMinor, 0)
    assert.deepEqual(await findings(), [])
    await tell(`${id}/chargebacks/reimburse`)
    assert.deepEqual(await bucketsOf(tenant), [0, 13_051, 1450])
    assert.deepEqual(await findings(), [])
  })

  test('a dispute that is won after the day leaves nothing held', async ({ assert }) => {
    const { tenant, id } = await givenPaid(ten)
    await release()
    await tell(`${id}/chargebacks`)
    await simulator.advance({ days: 31 })
    await new FreeHoldbacks().handle()
    await tell(`${id}/chargebacks/reimburse`)
    assert.deepEqual(await bucketsOf(tenant), [0, 14_501, 0])
    assert.deepEqual(await findings(), [])
  })

  test('what is held keeps the part and the day that it had', async ({ assert }) => {
    const { tenant, id } = await givenPaid(ten)
    await release()
    const before = await Holdback.firstOrFail()
    await option(tenant, { percent: '50.00', days: 1 })
    await tell(`${id}/refunds`, { amount: 10 })
    const after = await Holdback.firstOrFail()
    assert.equal(after.freeAt.toMillis(), before.freeAt.toMillis())
    assert.equal(after.percent, '10.00')
    const [, available, reserved] = await bucketsOf(tenant)
    assert.equal(reserved, Math.round((available + reserved) / 10))
  })

  test('nothing is held without the option, or when the day is over already', async ({
    assert,
  }) => {
    const { tenant } = await givenPaid(null)
    await release()
    assert.deepEqual(await bucketsOf(tenant), [0, 14_501, 0])
    const late = await givenPaid({ percent: '10.00', days: 5 })
    await simulator.advance({ days: 20 })
    await new ReleaseBalances().handle()
    assert.deepEqual(await bucketsOf(late.tenant), [0, 14_501, 0])
    assert.lengthOf(await Holdback.all(), 0)
  })

  test('a tenant that owes gets the rest of a release as before', async ({ assert }) => {
    const { tenant } = await givenPaid(ten)
    await givenTakenBack(tenant, 20_000)
    await release()
    assert.deepEqual(await bucketsOf(tenant), [0, -20_000 + 13_051, 1450])
    assert.deepEqual(await findings(), [])
  })

  test('ledger:verify names a payment whose held part is not what is reserved', async ({
    assert,
  }) => {
    await givenPaid(ten)
    await release()
    await Holdback.query().update({ held_minor: 1449 })
    assert.deepEqual(await findings(), ['holdbacks_and_disputes_equal_what_is_reserved'])
  })

  test('is shown to the tenant with its day, in the statement and with the releases', async ({
    assert,
    client,
  }) => {
    const { tenant } = await givenPaid(ten)
    await release()
    const { user } = await givenMember(tenant, 'owner')
    const { timeZone } = tenant
    const other = await givenSeller()
    const [held] = await heldBack({ tenantId: tenant.id, timeZone })
    assert.containsSubset(held, { currency: 'BRL', payments: 1, amountMinor: 1450 })
    assert.isAbove(Date.parse(held.day), clock.now().plus({ days: 28 }).toMillis())
    assert.deepEqual(await heldBack({ tenantId: other.id, timeZone }), [])
    const english = client.get(`/t/${tenant.slug}/statement`).header('accept-language', 'en')
    const page = await english.loginAs(user)
    page.assertStatus(200)
    page.assertTextIncludes('14,50')
    const releases = await client.get(`/t/${tenant.slug}/statement/releases`).loginAs(user)
    releases.assertTextIncludes('id="held"')
    releases.assertTextIncludes('14,50')
  })
})
