import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import GatewayConfig from '#app/gateway/models/gateway_config'
import { RejectPayout } from '#app/payouts/actions/reject_payout'
import { RunPayouts, type RunResult } from '#app/payouts/actions/run_payouts'
import Payout from '#app/payouts/models/payout'
import PayoutDestination from '#app/payouts/models/payout_destination'
import { aceProcess } from '#tests/support/ace_process'
import { givenMember, givenTenant } from '#tests/support/given'
import {
  balanceOf,
  command,
  givenDestination,
  givenDueTenants,
  givenPayableTenant,
} from '#tests/support/payouts'
import { givenAvailable, givenTakenBack } from '#tests/support/posted_money'
import { startProcess } from '#tests/support/processes'
import { simulator } from '#tests/support/simulator'

const switchOn = async () => {
  const config = await GatewayConfig.current()
  await config.merge({ automaticTransfer: true }).save()
}

async function run(input: Partial<Parameters<RunPayouts['handle']>[0]> = {}) {
  const results: RunResult[] = []
  const onResult = (result: RunResult) => void results.push(result)
  const report = await new RunPayouts().handle({ actor: command, onResult, ...input })
  return { report, results }
}

const reasons = (results: RunResult[]) =>
  results.map((result) => (result.outcome === 'skipped' ? result.reason : result.outcome))

/** Every due tenant was paid out once, whole, and each payout has its posting. */
async function assertAllPaidOutOnce(
  assert: { equal: Function; deepEqual: Function },
  ids: string[],
  minor: number
) {
  const payouts = await Payout.query().whereIn('tenant_id', ids)
  assert.equal(payouts.length, ids.length)
  assert.equal(new Set(payouts.map(({ tenantId }) => tenantId)).size, ids.length)
  const postings = await db.from('ledger_transactions').where('kind', 'payout_requested')
  assert.deepEqual(
    new Set(postings.map(({ payout_id: id }) => id)),
    new Set(payouts.map(({ id }) => id))
  )
  for (const id of ids) {
    assert.deepEqual(await balanceOf({ id }), { pending: 0, available: 0, reserved: minor })
  }
}

test.group('A run of payouts', (group) => {
  group.each.setup(switchOn)

  test('requests the whole available balance of a tenant that wants it', async ({ assert }) => {
    const { tenant } = await givenPayableTenant(7_000, { automaticPayouts: true })
    await givenPayableTenant(5_000, { automaticPayouts: false })
    const { report, results } = await run()

    assert.deepEqual(report, { state: 'done', created: 1, failed: 0 })
    const date = clock.today(tenant.timeZone)
    const payout = await Payout.query().firstOrFail()
    assert.include(results[0], { tenant: tenant.slug, date, amountMinor: 7_000 })
    assert.equal(payout.state, 'requested')
    assert.equal(payout.origin, 'schedule')
    assert.equal(payout.scheduledFor, date)
    assert.isNull(payout.requestedBy)
    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 0, reserved: 7_000 })
  })

  test('pays out once a day, also when the first payout was rejected', async ({ assert }) => {
    const { tenant } = await givenPayableTenant(7_000, { automaticPayouts: true })
    await run()
    const first = await Payout.query().firstOrFail()
    await new RejectPayout().handle({ payoutId: first.id, reason: 'No', actor: command })
    await givenAvailable(tenant, 100)

    const again = await run()
    assert.deepEqual(reasons(again.results), ['already_created'])
    await simulator.advance({ days: 1 })
    const tomorrow = await run()
    assert.deepEqual(reasons(tomorrow.results), ['created'])
    assert.include(tomorrow.results[0], { amountMinor: 7_100 })
  })

  test('says whom it skipped and why', async ({ assert }) => {
    const inOrder = ['no_destination', 'waiting_days', 'below_zero', 'nothing_available']
    const automatic = { automaticPayouts: true }
    const { tenant: homeless } = await givenPayableTenant(1_000, automatic)
    await PayoutDestination.query().where('tenant_id', homeless.id).update({ state: 'replaced' })
    const fresh = await givenTenant(automatic)
    const { user } = await givenMember(fresh, 'owner')
    await givenDestination(fresh, user)
    await givenAvailable(fresh, 1_000, { paidAt: clock.now() })
    const { tenant: owing } = await givenPayableTenant(1_000, automatic)
    await givenTakenBack(owing, 1_001)
    const { tenant: empty } = await givenPayableTenant(1_000, automatic)
    await givenTakenBack(empty, 1_000)
    const { tenant: suspended } = await givenPayableTenant(1_000, automatic)
    await suspended.merge({ state: 'suspended' }).save()

    const { report, results } = await run()
    assert.deepEqual(reasons(results), [...inOrder, 'tenant_not_active'])
    assert.deepEqual(report, { state: 'done', created: 0, failed: 0 })
    assert.lengthOf(await Payout.all(), 0)
  })

  test('changes nothing when dry', async ({ assert }) => {
    const { tenant } = await givenPayableTenant(7_000, { automaticPayouts: true })
    const { results } = await run({ dryRun: true })
    assert.include(results[0], { outcome: 'created', payoutId: null, amountMinor: 7_000 })
    assert.lengthOf(await Payout.all(), 0)
    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 7_000, reserved: 0 })
  })

  test('keeps to one tenant, and to a limit', async ({ assert }) => {
    const ids = await givenDueTenants(5)
    const { tenant } = await givenPayableTenant(7_000, { automaticPayouts: true })
    const one = await run({ tenant: tenant.slug })
    assert.deepEqual(
      one.results.map((result) => result.tenant),
      [tenant.slug]
    )
    await run({ limit: 2 })
    assert.lengthOf(await Payout.query().whereIn('tenant_id', ids), 2)
    const unknown = await run({ tenant: 'nobody' })
    assert.deepEqual(unknown.report, { state: 'unknown_tenant' })
  })

  test('reads the same number of statements for ten tenants as for a hundred', async ({
    assert,
  }) => {
    const readsOf = async () => {
      let reads = 0
      const count = ({ sql }: { sql: string }) => void (reads += /^select/i.test(sql) ? 1 : 0)
      const knex = db.connection().getReadClient()
      knex.on('query', count)
      await run({ dryRun: true })
      knex.off('query', count)
      return reads
    }
    await givenDueTenants(10)
    const ten = await readsOf()
    await givenDueTenants(90)
    assert.equal(await readsOf(), ten)
  })

  test('reads page after page', async ({ assert }) => {
    const ids = await givenDueTenants(401)
    const { report } = await run()
    assert.deepEqual(report, { state: 'done', created: 401, failed: 0 })
    await assertAllPaidOutOnce(assert, ids, 1_000)
  })
})

test('nothing is paid out by itself while the platform has switched it off', async ({ assert }) => {
  await givenPayableTenant(7_000, { automaticPayouts: true })
  const { report } = await run()
  assert.deepEqual(report, { state: 'switched_off' })
  assert.lengthOf(await Payout.all(), 0)
})

test.group('payouts:run', (group) => {
  group.each.setup(switchOn)

  test('tells a script what it did', async ({ assert }) => {
    const { tenant } = await givenPayableTenant(7_000, { automaticPayouts: true })
    const dry = await aceProcess('payouts:run', '--dry-run', '--json').ended
    assert.equal(dry.exitCode, 0)
    assert.include(JSON.parse(dry.stdout), { state: 'done', created: 1, dryRun: true })
    assert.lengthOf(await Payout.all(), 0)

    const real = await aceProcess('payouts:run', '--json').ended
    const document = JSON.parse(real.stdout)
    assert.include(document, { state: 'done', created: 1, failed: 0, dryRun: false })
    assert.include(document.results[0], { tenant: tenant.slug, amountMinor: 7_000 })
  })

  test('refuses wrong use with exit code 2', async ({ assert }) => {
    for (const flag of ['--tenant=nobody', '--limit=0']) {
      const { exitCode } = await aceProcess('payouts:run', flag).ended
      assert.equal(exitCode, 2, flag)
    }
  })

  test('run twice at once pays each tenant out once', async ({ assert }) => {
    const ids = await givenDueTenants(150)
    const runs = await Promise.all([
      aceProcess('payouts:run', '--json').ended,
      aceProcess('payouts:run', '--json').ended,
    ])
    const reports = runs.map(({ stdout }) => JSON.parse(stdout))
    assert.deepEqual(
      runs.map(({ exitCode }) => exitCode),
      [0, 0]
    )
    assert.equal(reports[0].created + reports[1].created, ids.length)
    await assertAllPaidOutOnce(assert, ids, 1_000)
  })

  test('killed at any statement, it pays each tenant out once in the end', async ({ assert }) => {
    const ids = await givenDueTenants(3)
    const runThatDies = (dieAt: number) =>
      startProcess('tests/support/payout_process.ts', ['run', '-', String(dieAt)]).ended
    for (const dieAt of [1, 4, 6, 8, 10, 12, 14, 16]) {
      await runThatDies(dieAt)
      const payouts = await Payout.query().whereIn('tenant_id', ids)
      const postings = await db.from('ledger_transactions').where('kind', 'payout_requested')
      const told = await db.from('audit_entries').where('action', 'payout.requested')
      assert.deepEqual([postings.length, told.length], [payouts.length, payouts.length])
    }
    assert.equal(await runThatDies(0), 0)
    await assertAllPaidOutOnce(assert, ids, 1_000)
  }).timeout(300_000)

  test('killed in the middle, the next run does the rest', async ({ assert }) => {
    const ids = await givenDueTenants(300)
    const killed = aceProcess('payouts:run')
    const created = async () => {
      const [{ count }] = await db.from('payouts').count('* as count')
      return Number(count)
    }
    while ((await created()) < 10) await sleep(5)
    killed.kill()
    const { exitCode } = await killed.ended
    assert.isNull(exitCode)
    assert.isBelow(await created(), ids.length)

    const next = await aceProcess('payouts:run').ended
    assert.equal(next.exitCode, 0)
    await assertAllPaidOutOnce(assert, ids, 1_000)
  })
})
