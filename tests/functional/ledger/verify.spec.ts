import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { appendOnly, appendOnlyTables, notAppendOnly } from '#app/core/database/append_only'
import { RebuildBalances, type Rebuilt } from '#app/ledger/actions/rebuild_balances'
import { VerifyLedger } from '#app/ledger/actions/verify_ledger'
import { postingChecks } from '#app/payments/queries/posting_checks'
import { aceProcess } from '#tests/support/ace_process'
import { bucketsOf, givenWebhookSecret } from '#tests/support/money'
import { givenBoleto, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

/** One payment refunded in part, one in dispute, one whole. */
async function givenBooks() {
  await givenWebhookSecret()
  const tenant = await givenSeller()
  const ids: string[] = []
  for (const path of ['', 'refunds', 'chargebacks']) {
    const { charge } = await givenBoleto(tenant)
    ids.push(charge.providerPaymentId!)
    await simulator.pay(charge.providerPaymentId!)
    if (path === '') continue
    const body = path === 'refunds' ? { amount: 50 } : {}
    await simulator.control('POST', `/payments/${charge.providerPaymentId}/${path}`, body)
  }
  await drainWork()
  return { tenant, ids }
}

/** The names of the checks that found something. */
async function failing(): Promise<string[]> {
  const { isSound, checks } = await new VerifyLedger().handle(postingChecks)
  const names = checks.filter(({ offences }) => offences > 0).map(({ name }) => name)
  if (isSound !== (names.length === 0)) throw new Error('isSound disagrees with the checks')
  return names.sort()
}

/** What no code of ours can do: somebody changes the books behind the triggers' back. */
async function tamper(sql: string, bindings: string[] = []) {
  const { dialect } = db.connection()
  await db.transaction(async (trx) => {
    for (const table of appendOnlyTables) {
      for (const statement of notAppendOnly(table, dialect.name)) await trx.rawQuery(statement)
    }
    await trx.rawQuery(sql, bindings)
    for (const table of appendOnlyTables) {
      for (const statement of appendOnly(table, dialect.name)) await trx.rawQuery(statement)
    }
  })
}

test.group('Verifying the ledger', () => {
  test('finds nothing in sound books', async ({ assert }) => {
    assert.deepEqual(await failing(), [])
    await givenBooks()
    assert.deepEqual(await failing(), [])
  })

  test('names an amount that was changed', async ({ assert }) => {
    await givenBooks()
    await tamper(
      `update ledger_entries set amount_minor = amount_minor + 1
       where id = (select id from ledger_entries where account = 'platform:gateway' limit 1)`
    )
    assert.deepEqual(await failing(), ['transactions_sum_to_zero'])
  })

  test('names a balance that is not its entries', async ({ assert }) => {
    await givenBooks()
    await db.from('tenant_balances').increment('available_minor', 1)
    assert.deepEqual(await failing(), ['balances_equal_entries'])
  })

  test('names a balance that is missing', async ({ assert }) => {
    await givenBooks()
    await db.from('tenant_balances').delete()
    assert.deepEqual(await failing(), ['balances_equal_entries'])
  })

  test('names an approved payment, a refund and a dispute that are not posted', async ({
    assert,
  }) => {
    await givenBooks()
    for (const [kind, found] of [
      ['refund', 'approved_refunds_are_posted_once'],
      ['dispute_opened', 'disputes_are_posted_as_they_stand'],
      ['payment_approved', 'approved_payments_are_posted_once'],
    ]) {
      await tamper(
        `delete from ledger_entries where transaction_id in
         (select id from ledger_transactions where kind = ?)`,
        [kind]
      )
      assert.include(await failing(), 'transactions_have_entries')
      await tamper('delete from ledger_transactions where kind = ?', [kind])
      const names = await failing()
      assert.include(names, found)
      assert.notInclude(names, 'transactions_have_entries')
    }
  })

  test('names a posting of a payment that was never approved, or is not centralized', async ({
    assert,
  }) => {
    const { ids } = await givenBooks()
    const payment = db.from('payments').where('provider_payment_id', ids[0])
    await payment.clone().update({ mode: 'connected' })
    assert.deepEqual(await failing(), ['no_other_payments_are_posted'])
    await payment.clone().update({ mode: 'centralized', approved_at: null })
    assert.deepEqual(await failing(), ['no_other_payments_are_posted'])
  })

  test('names a trigger that is gone', async ({ assert }) => {
    const { dialect } = db.connection()
    const statements = notAppendOnly('ledger_entries', dialect.name)
    for (const statement of statements) await db.rawQuery(statement)
    assert.deepEqual(await failing(), ['triggers_exist'])
    for (const statement of appendOnly('ledger_entries', dialect.name)) {
      await db.rawQuery(statement)
    }
    assert.deepEqual(await failing(), [])
  })

  test('ends with 1 when something is not sound, and names it', async ({ assert }) => {
    const { tenant } = await givenBooks()
    const sound = await aceProcess('ledger:verify').ended
    assert.equal(sound.exitCode, 0)
    await db.from('tenant_balances').increment('available_minor', 1)
    const { exitCode, stdout } = await aceProcess('ledger:verify', '--json').ended
    assert.equal(exitCode, 1)
    const report = JSON.parse(stdout)
    const found = report.checks.find((check: { name: string }) => check.name.startsWith('balances'))
    assert.equal(found.rows[0].tenant, tenant.id)
  }).timeout(60_000)
})

test.group('Rebuilding balances', () => {
  const rebuild = async (input: Parameters<RebuildBalances['handle']>[0] = {}) => {
    const changes: Rebuilt[] = []
    const onChange = (change: Rebuilt) => void changes.push(change)
    const report = await new RebuildBalances().handle({ ...input, onChange })
    return { report, changes }
  }

  test('changes nothing that is right', async ({ assert }) => {
    await givenBooks()
    const { report } = await rebuild()
    assert.deepEqual(report, { state: 'done', seen: 1, changed: 0 })
  })

  test('makes a wrong balance and a missing one what the entries say', async ({ assert }) => {
    const { tenant } = await givenBooks()
    const right = await bucketsOf(tenant)
    await db.from('tenant_balances').increment('reserved_minor', 7)
    const dry = await rebuild({ dryRun: true })
    assert.lengthOf(dry.changes, 1)
    assert.deepEqual(await failing(), ['balances_equal_entries'])
    const { changes } = await rebuild({ tenant: tenant.slug })
    assert.equal(changes[0].before.reservedMinor, changes[0].after.reservedMinor + 7)
    assert.deepEqual(await bucketsOf(tenant), right)
    await db.from('tenant_balances').delete()
    await rebuild()
    assert.deepEqual(await bucketsOf(tenant), right)
    assert.deepEqual(await failing(), [])
  })

  test('runs as a command', async ({ assert }) => {
    const { tenant } = await givenBooks()
    await db.from('tenant_balances').increment('pending_minor', 5)
    const { exitCode, stdout } = await aceProcess('balances:rebuild', '--json').ended
    assert.equal(exitCode, 0)
    assert.containsSubset(JSON.parse(stdout), { changed: 1, changes: [{ tenant: tenant.slug }] })
    const wrong = await aceProcess('balances:rebuild', '--tenant=nobody').ended
    assert.equal(wrong.exitCode, 2)
  }).timeout(60_000)
})
