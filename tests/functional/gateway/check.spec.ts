import { test } from '@japa/runner'
import { clock } from '#app/core/clock'
import { CheckTenants, type TenantCheck } from '#app/gateway/actions/check_tenants'
import StoreGateway from '#app/gateway/models/store_gateway'
import { aceProcess } from '#tests/support/ace_process'
import { givenConnection, revoke } from '#tests/support/connections'
import { givenStore, givenTenant } from '#tests/support/given'
import { givenPlatformAccount } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

async function checked() {
  const results = new Map<string, TenantCheck>()
  const onResult = (result: TenantCheck) => void results.set(result.tenantId, result)
  const report = await new CheckTenants().handle({ onResult })
  return { ...report, results }
}

test.group('Who could not charge now', () => {
  test('S1-13 S1-14 every active tenant is asked about by a real call, each account once', async ({
    assert,
  }) => {
    const fine = await givenTenant()
    const waiting = await givenTenant({ state: 'pending' })
    await givenPlatformAccount()
    const unconnected = await givenTenant({ mode: 'connected' })
    const gone = await givenTenant()
    const connection = await givenConnection(gone)
    const own = await givenTenant()
    await givenConnection(own)
    await simulator.advance({ days: 1 })
    await revoke(connection)

    const { counts, accounts, results } = await checked()

    assert.deepEqual(counts, { can_charge: 2, cannot_charge: 2, unknown: 0 })
    assert.equal(results.get(fine.id)!.verdict, 'can_charge')
    assert.equal(results.get(own.id)!.verdict, 'can_charge')
    assert.isFalse(results.has(waiting.id))
    const whyOf = (id: string) => results.get(id)!.obstacles.map(({ key }) => key)
    assert.deepEqual(whyOf(unconnected.id), ['errors.gateway.connect_account_first'])
    assert.deepEqual(whyOf(gone.id), ['guardian.check.refused'])
    assert.deepInclude(accounts[0], { account: 'PLATFORM', outcome: 'well' })
    const again = await checked()
    assert.deepEqual(
      again.results.get(gone.id)!.obstacles[0].key,
      'errors.gateway.connection_needs_reauthorization'
    )
  })

  test('the stores that are stopped are named', async ({ assert }) => {
    const tenant = await givenTenant()
    await givenConnection(tenant)
    const store = await givenStore(tenant, 'Filial Norte')
    const { id: connectionId } = await givenConnection(tenant, { tokenRefusedAt: clock.now() })
    await StoreGateway.create({ tenantId: tenant.id, storeId: store.id, connectionId })
    const { results } = await checked()
    const { verdict, obstacles } = results.get(tenant.id)!
    assert.equal(verdict, 'cannot_charge')
    assert.deepEqual(obstacles[0].stores, ['Filial Norte'])
  })

  test('R13 a provider that does not answer is no verdict', async ({ assert }) => {
    const tenant = await givenTenant()
    await givenConnection(tenant)
    await simulator.fault({ kind: 'server_error', route: 'GET /users/me' })
    const { counts } = await checked()
    assert.deepEqual(counts, { can_charge: 0, cannot_charge: 0, unknown: 1 })
  })

  test('the command says why in words, and ends accordingly', async ({ assert }) => {
    const tenant = await givenTenant({ mode: 'connected' })
    const run = (...args: string[]) => aceProcess('gateway:check', ...args).ended
    const { exitCode, stdout } = await run('--json')
    assert.equal(exitCode, 1)
    const { tenants } = JSON.parse(stdout)
    assert.equal(tenants[0].tenant, tenant.slug)
    assert.include(tenants[0].obstacles[0].words, 'Connect')
    await givenConnection(tenant)
    const well = await run(`--tenant=${tenant.slug}`)
    assert.equal(well.exitCode, 0)
    assert.include(well.stdout, '1 can charge')
    assert.equal((await run('--tenant=nobody')).exitCode, 2)
  }).timeout(120_000)
})
