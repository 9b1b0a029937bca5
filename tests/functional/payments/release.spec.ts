import { test } from '@japa/runner'
import { ReleaseBalances, type ReleaseResult } from '#app/payments/actions/release_balances'
import Payment from '#app/payments/models/payment'
import { bucketsOf, givenWebhookSecret, postings } from '#tests/support/money'
import { aceProcess } from '#tests/support/ace_process'
import { givenBoleto, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const READ = 'GET /v1/payments/:id'

async function givenPaid(tenant: Awaited<ReturnType<typeof givenSeller>>) {
  const { charge } = await givenBoleto(tenant)
  await simulator.pay(charge.providerPaymentId!)
  await drainWork()
  return charge
}

async function release(input: Parameters<ReleaseBalances['handle']>[0] = {}) {
  const results: ReleaseResult[] = []
  const report = await new ReleaseBalances().handle({
    ...input,
    onResult: (result) => results.push(result),
  })
  return { report, outcomes: results.map(({ outcome }) => outcome).sort() }
}

const outcomesOf = async (input: Parameters<typeof release>[0] = {}) => {
  const { outcomes } = await release(input)
  return outcomes
}

test.group('Release', (group) => {
  group.each.setup(givenWebhookSecret)

  test('moves nothing before its day and everything on it', async ({ assert }) => {
    const tenant = await givenSeller()
    await givenPaid(tenant)
    await simulator.advance({ days: 13 })
    assert.deepEqual(await outcomesOf(), [])
    assert.deepEqual(await bucketsOf(tenant), [14_501, 0, 0])
    await simulator.advance({ days: 1, seconds: 60 })
    assert.deepEqual(await outcomesOf(), ['released'])
    assert.deepEqual(await bucketsOf(tenant), [0, 14_501, 0])
    assert.deepEqual(await outcomesOf(), [])
  })

  test('keeps asking while the provider holds the money', async ({ assert }) => {
    const tenant = await givenSeller()
    const charge = await givenPaid(tenant)
    const path = `/payments/${charge.providerPaymentId}/mediations`
    await simulator.control('POST', path, {})
    await drainWork()
    await simulator.advance({ days: 15 })
    assert.deepEqual(await outcomesOf(), ['late'])
    assert.deepEqual(await outcomesOf(), [])
    await simulator.control('POST', `${path}/win`, {})
    await drainWork()
    assert.deepEqual(await bucketsOf(tenant), [0, 14_501, 0])
    await simulator.advance({ days: 2 })
    assert.deepEqual(await outcomesOf(), [])
  })

  test('asks again after a failure, and one failure stops nobody else', async ({ assert }) => {
    const tenant = await givenSeller()
    await givenPaid(tenant)
    await givenPaid(tenant)
    await simulator.advance({ days: 15 })
    await simulator.fault({ kind: 'server_error', route: READ, times: 1 })
    const { report, outcomes } = await release()
    assert.deepEqual(outcomes, ['failed', 'released'])
    assert.containsSubset(report, { released: 1, failed: 1 })
    await simulator.advance({ seconds: 900 })
    assert.deepEqual(await outcomesOf(), ['released'])
    assert.deepEqual(await bucketsOf(tenant), [0, 29_002, 0])
  })

  test('asks for each payment once when two runs meet', async ({ assert }) => {
    const tenant = await givenSeller()
    for (let time = 0; time < 4; time++) await givenPaid(tenant)
    await simulator.advance({ days: 15 })
    const runs = await Promise.all([release(), release(), release()])
    assert.lengthOf(
      runs.flatMap(({ outcomes }) => outcomes),
      4
    )
    assert.deepEqual(await bucketsOf(tenant), [0, 4 * 14_501, 0])
    const released = Object.keys(await postings()).filter((name) => name.endsWith(':released'))
    assert.lengthOf(released, 4)
  })

  test('looks at one tenant, at so many, or changes nothing, as it is told', async ({ assert }) => {
    const [one, other] = [await givenSeller(), await givenSeller()]
    for (const tenant of [one, one, other]) await givenPaid(tenant)
    await simulator.advance({ days: 15 })
    assert.deepEqual(await outcomesOf({ dryRun: true }), ['due', 'due', 'due'])
    assert.deepEqual(await outcomesOf({ tenant: other.slug }), ['released'])
    assert.deepEqual(await outcomesOf({ limit: 1 }), ['released'])
    assert.deepEqual(await bucketsOf(one), [14_501, 14_501, 0])
    const { report } = await release({ tenant: 'nobody' })
    assert.equal(report.state, 'unknown_tenant')
  })

  test('what was refunded whole is not asked for any more', async ({ assert }) => {
    const tenant = await givenSeller()
    const charge = await givenPaid(tenant)
    await simulator.control('POST', `/payments/${charge.providerPaymentId}/refunds`, {})
    await drainWork()
    const payment = await Payment.firstOrFail()
    assert.isNull(payment.releaseCheckAt)
  })

  test('runs as a command', async ({ assert }) => {
    const wrong = await aceProcess('balances:release', '--tenant=nobody').ended
    assert.equal(wrong.exitCode, 2)
    const tenant = await givenSeller()
    await givenPaid(tenant)
    await Payment.query().update({ release_check_at: '2026-01-01T00:00:00.000Z' })
    const { exitCode, stdout } = await aceProcess('balances:release', '--json', '--dry-run').ended
    assert.equal(exitCode, 0)
    assert.equal(JSON.parse(stdout).results[0].outcome, 'due')
  }).timeout(60_000)
})
