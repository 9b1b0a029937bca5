import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { newPublicToken } from '#app/core/ids'
import { transaction } from '#app/core/transaction'
import { CloseDay } from '#app/admin/actions/close_day'
import DailyClose from '#app/admin/models/daily_close'
import { ledgerPosition, owedMinor } from '#app/admin/queries/ledger_position'
import { ledger } from '#app/ledger/ledger'
import { aceProcess } from '#tests/support/ace_process'
import { givenPlatformAdmin } from '#tests/support/given'
import { command, givenPayableTenant, givenPayout } from '#tests/support/payouts'
import { simulator } from '#tests/support/simulator'

/** 500.00 of one tenant, of which 120.00 leave, and 7.50 that the platform earned. */
async function givenBooks() {
  const { tenant, owner } = await givenPayableTenant(50_000)
  await givenPayout(tenant, owner, 12_000)
  await db.from('payments').update({ approved_at: instantText(clock.now()) })
  await transaction((trx) =>
    ledger.post(trx, {
      reference: 'test:fee',
      kind: 'adjustment',
      tenantId: tenant.id,
      currency: 'BRL',
      occurredAt: clock.now(),
      entries: [
        { account: 'tenant:available', amountMinor: 750 },
        { account: 'platform:fee_revenue', amountMinor: -750 },
      ],
    })
  )
  return tenant
}

const close = () => new CloseDay().handle({ actor: command })

const press = async (client: ApiClient, key = newPublicToken()) => {
  const admin = await givenPlatformAdmin()
  const post = () =>
    client.post('/admin/close').loginAs(admin).withCsrfToken().redirects(0).form({ _key: key })
  return { admin, post }
}

test.group('The daily close', () => {
  test('adds up what is owed to everybody and what lies at the provider', async ({ assert }) => {
    await givenBooks()
    const [position] = await ledgerPosition()
    assert.containsSubset(position, {
      currency: 'BRL',
      ...{ pendingMinor: 0, availableMinor: 37_250, reservedMinor: 12_000 },
      ...{ disputesMinor: 0, payoutsMinor: 12_000, holdbackMinor: 0 },
      ...{ earnedMinor: 750, otherMinor: 0, gatewayMinor: 50_000, differences: [] },
    })
    assert.equal(owedMinor(position), 50_000)
    assert.deepEqual(
      position.accounts.map(({ amountMinor }) => amountMinor),
      [50_000]
    )
  })

  test('keeps a day once, whoever closes it and however many at once', async ({ assert }) => {
    await givenBooks()
    const reports = await Promise.all([close(), close(), close()])
    assert.lengthOf(
      reports.filter(({ isNew }) => isNew),
      1
    )
    const [row] = await DailyClose.all()
    assert.equal(row.day, clock.now().toUTC().minus({ days: 1 }).toISODate())
    assert.isTrue(row.isSound)
    assert.deepEqual(row.differences, [])
    assert.deepEqual([row.actor, row.closedBy], ['command', null])
    await simulator.advance({ days: 1 })
    const { isNew } = await close()
    assert.isTrue(isNew)
    assert.lengthOf(await DailyClose.all(), 2)
    assert.lengthOf(await db.from('audit_entries').where('action', 'day.closed'), 2)
  })

  test('names what differs', async ({ assert }) => {
    const tenant = await givenBooks()
    await db.from('tenant_balances').where('tenant_id', tenant.id).increment('reserved_minor', 3)
    const { isSound, positions } = await close()
    assert.isFalse(isSound)
    assert.deepEqual(positions[0].differences, [
      { name: 'total', minor: -3 },
      { name: 'reserved', minor: 3 },
    ])
    const row = await DailyClose.firstOrFail()
    assert.isFalse(row.isSound)
    assert.includeDeepMembers(row.differences, [
      { name: 'total', minor: -3 },
      { name: 'balances_equal_entries', minor: 1 },
    ])
  })

  test('is never changed: the database refuses it', async ({ assert }) => {
    await givenBooks()
    await close()
    await assert.rejects(() => DailyClose.query().update({ is_sound: false }), /append-only/)
    await assert.rejects(() => DailyClose.query().delete(), /append-only/)
  })

  test('is shown to admins beside how things stand now, and made by a button', async ({
    assert,
    client,
  }) => {
    await givenBooks()
    const { admin, post } = await press(client)
    const page = () => client.get('/admin/close?verify=true').loginAs(admin)
    const before = await page()
    before.assertStatus(200)
    before.assertTextIncludes('372,50')
    await Promise.all(Array.from({ length: 3 }, post))
    const row = await DailyClose.firstOrFail()
    assert.equal(row.closedBy, admin.id)
    assert.lengthOf(await DailyClose.all(), 1)
    const after = await page()
    after.assertTextIncludes(admin.fullName)
    const wrong = await client.get('/admin/close?after=x').loginAs(admin).redirects(0)
    assert.notEqual(wrong.status(), 500)
  }).timeout(120_000)

  test('has an empty page before any money has moved', async ({ assert, client }) => {
    const { admin, post } = await press(client)
    const page = await client.get('/admin/close').loginAs(admin)
    page.assertStatus(200)
    await post()
    assert.lengthOf(await DailyClose.all(), 0)
  })

  test('is a command that fails when something differs', async ({ assert }) => {
    const tenant = await givenBooks()
    const sound = await aceProcess('ledger:close').ended
    assert.equal(sound.exitCode, 0)
    assert.include(sound.stdout, 'is closed')
    await db.from('tenant_balances').where('tenant_id', tenant.id).increment('available_minor', 1)
    const wrong = await aceProcess('ledger:close', '--json').ended
    assert.equal(wrong.exitCode, 1)
    const report = JSON.parse(wrong.stdout)
    assert.isFalse(report.isNew)
    assert.deepEqual(report.positions[0].differences, [{ name: 'total', minor: -1 }])
    const help = await aceProcess('ledger:close', '--help').ended
    assert.include(help.stdout, 'Exit code')
  }).timeout(120_000)
})
