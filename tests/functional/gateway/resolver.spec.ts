import { test } from '@japa/runner'
import CustodyConfirmation from '#app/gateway/models/custody_confirmation'
import GatewayConfig from '#app/gateway/models/gateway_config'
import { GatewayResolver } from '#app/gateway/gateway_resolver'
import { FOREIGN_ACCESS_TOKEN, PLATFORM_ACCESS_TOKEN } from '#app/simulator/main'
import type Tenant from '#app/tenants/models/tenant'
import { givenTenant } from '#tests/support/given'
import { givenPlatformAccount, givenSeller } from '#tests/support/receivables'

const route = (tenant: Tenant) =>
  new GatewayResolver().forSale({ tenantId: tenant.id, storeId: '', currency: tenant.currency })

const refusal = (tenant: Tenant) =>
  route(tenant).then(
    () => null,
    (error) => error.key
  )

test.group('Which account takes the money', () => {
  test("a centralized tenant sells on the platform's current account", async ({ assert }) => {
    const tenant = await givenSeller()
    const { id, collectorId } = await givenPlatformAccount()

    const sale = await route(tenant)

    assert.deepEqual(sale.account, { kind: 'platform', id })
    assert.equal(sale.collectorId, collectorId)
    assert.equal(sale.mode, 'centralized')
    assert.deepEqual(sale.feeRule, { percent: '1.00', refundPolicy: 'proportional' })
  })

  test("the fee is the tenant's own, else the platform's, zero included", async ({ assert }) => {
    await givenPlatformAccount()
    const config = await GatewayConfig.current()
    await config.merge({ platformFeePercent: '1.25' }).save()
    const percentOf = async (own: string | null) => {
      const { feeRule } = await route(await givenTenant({ platformFeePercent: own }))
      return feeRule.percent
    }

    assert.equal(await percentOf(null), '1.25')
    assert.equal(await percentOf('0.00'), '0.00')
  })

  test('a connected tenant never falls back to the platform', async ({ assert }) => {
    const tenant = await givenSeller({ mode: 'connected' })

    assert.equal(await refusal(tenant), 'gateway.connect_account_first')
  })

  test('only active tenants sell', async ({ assert }) => {
    for (const state of ['pending', 'suspended', 'closed'] as const) {
      const tenant = await givenSeller({ state })
      assert.equal(await refusal(tenant), 'gateway.tenant_may_not_sell')
    }
  })

  test('money is held only where an admin confirmed it, and where an account is', async ({
    assert,
  }) => {
    const tenant = await givenSeller()
    const confirmation = await CustodyConfirmation.findByOrFail('country', 'BR')
    await confirmation.delete()
    assert.equal(await refusal(tenant), 'gateway.custody_not_confirmed')

    const argentine = await givenTenant({ country: 'AR' })
    await CustodyConfirmation.create({
      country: 'AR',
      userId: confirmation.userId,
      confirmedAt: confirmation.confirmedAt,
    })
    assert.equal(await refusal(argentine), 'gateway.no_platform_account')
  })

  test('an old charge keeps its account after another one took over', async ({ assert }) => {
    const old = await givenPlatformAccount(PLATFORM_ACCESS_TOKEN)
    const current = await givenPlatformAccount(FOREIGN_ACCESS_TOKEN)
    const tenant = await givenTenant()

    const sale = await route(tenant)
    const found = await new GatewayResolver().forAccount(old.ref)

    assert.equal(sale.account.id, current.id)
    assert.equal(found.collectorId, old.collectorId)
  })
})
