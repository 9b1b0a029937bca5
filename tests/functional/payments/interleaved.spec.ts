import { test } from '@japa/runner'
import type TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { inLanes } from '#app/core/lanes'
import type Charge from '#app/receivables/models/charge'
import type Tenant from '#app/tenants/models/tenant'
import { givenConnection } from '#tests/support/connections'
import { givenTenant } from '#tests/support/given'
import { isLong } from '#tests/support/property'
import { givenCustomer, givenReceivable, issue } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

const SALES = isLong ? 10_000 : 200
const AT_ONCE = 16
const CREATE = 'POST /v1/payments'

async function givenSellers() {
  const tenants = [await givenTenant(), await givenTenant()]
  return Promise.all(
    tenants.map(async (tenant) => ({
      tenant,
      connection: await givenConnection(tenant),
      customer: await givenCustomer(tenant),
    }))
  )
}

/** What was asked of the provider to be made, as it saw it. */
async function created(): Promise<Record<string, any>[]> {
  const found: Record<string, any>[] = []
  for (let after = 0; ;) {
    const page = await simulator.control('GET', `/journal?after=${after}&limit=1000`)
    found.push(...page.filter(({ route }: { route?: string }) => route === CREATE))
    if (page.length < 1000) return found
    after = page.at(-1).seq
  }
}

test.group('Two tenants that charge at once', () => {
  test('never call with each other’s token or key', async ({ assert }) => {
    const sellers = await givenSellers()
    const charges: { charge: Charge; tenant: Tenant; connection: TenantGatewayConfig }[] = []

    await inLanes([...Array(SALES).keys()], AT_ONCE, async (at) => {
      const { tenant, connection, customer } = sellers[at % 2]
      const receivable = await givenReceivable(tenant, { customer })
      charges.push({ charge: await issue(tenant, receivable, 'pix'), tenant, connection })
    })

    const calls = await created()
    assert.lengthOf(calls, SALES)
    const byKey = new Map(calls.map((call) => [call.idempotency_key, call]))
    assert.equal(byKey.size, SALES)
    for (const { charge, connection } of charges) {
      const call = byKey.get(charge.idempotencyKey)!
      assert.equal(String(call.account_id), connection.mpUserId)
      assert.equal(call.request.external_reference, charge.externalReference)
      assert.equal(charge.state, 'pending')
    }
    const accounts = sellers.map(({ connection }) => connection.mpUserId)
    const served = accounts.map((id) => calls.filter((one) => String(one.account_id) === id).length)
    assert.deepEqual(served, [SALES / 2, SALES / 2])
  }).timeout(isLong ? 1_200_000 : 60_000)
})
