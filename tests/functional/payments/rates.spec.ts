import { test } from '@japa/runner'
import { LearnRates } from '#app/payments/actions/learn_rates'
import GatewayRate from '#app/gateway/models/gateway_rate'
import { tryToPay } from '#tests/support/checkout'
import { givenWebhookSecret } from '#tests/support/money'
import { givenReceivable, givenSeller, issue } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'
import { PLATFORM_ACCOUNT_ID } from '#app/simulator/main'
import type Tenant from '#app/tenants/models/tenant'
import type { ChargeMethod } from '#app/receivables/models/charge'

async function givenPaid(tenant: Tenant, method: ChargeMethod, amountMinor: number) {
  const charge = await issue(tenant, await givenReceivable(tenant, { amountMinor }), method)
  if (method === 'link') await tryToPay(charge)
  else await simulator.pay(charge.providerPaymentId!)
}

const rateOf = async (method: ChargeMethod) => {
  const rate = await GatewayRate.query().where('method', method).first()
  return rate && [rate.percent, rate.fixedMinor, rate.daysToRelease]
}

test.group('The rates of an account', (group) => {
  group.each.setup(givenWebhookSecret)

  test('become the median of its own payments, by the piece or by percentage', async ({
    assert,
  }) => {
    const tenant = await givenSeller()
    await simulator.control('PATCH', `/accounts/${PLATFORM_ACCOUNT_ID}`, {
      fees: {
        bolbradesco: { basis_points: 0, fixed_minor: 279 },
        pix: { basis_points: 49, fixed_minor: 0 },
      },
      release_days: { bolbradesco: 2 },
    })
    for (const amountMinor of [10_000, 20_000, 30_000, 40_000, 500_000]) {
      await givenPaid(tenant, 'boleto', amountMinor)
      await givenPaid(tenant, 'pix', amountMinor)
    }
    await drainWork()

    assert.equal(await new LearnRates().handle(), 2)

    assert.deepEqual(await rateOf('boleto'), ['0.00', 2_79, 2])
    assert.deepEqual(await rateOf('pix'), ['0.49', 0, 0])
    const charge = await issue(tenant, await givenReceivable(tenant), 'pix')
    assert.equal(charge.estimatedChargesMinor, 74)
    const again = await issue(tenant, await givenReceivable(tenant), 'link')
    assert.equal(again.estimatedChargesMinor, 7_49)
  })

  test('stay those of the site while there are fewer than five', async ({ assert }) => {
    const tenant = await givenSeller()
    for (let paid = 0; paid < 4; paid++) await givenPaid(tenant, 'pix', 10_000)
    await drainWork()

    assert.equal(await new LearnRates().handle(), 0)
    assert.isNull(await rateOf('pix'))
  })

  test('are learned anew, in the same row', async ({ assert }) => {
    const tenant = await givenSeller()
    for (let paid = 0; paid < 5; paid++) await givenPaid(tenant, 'link', 10_000)
    await drainWork()

    await new LearnRates().handle()
    await new LearnRates().handle()

    assert.lengthOf(await GatewayRate.all(), 1)
    assert.deepEqual(await rateOf('link'), ['4.99', 0, 14])
  })
})
