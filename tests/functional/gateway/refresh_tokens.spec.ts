import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import AuditEntry from '#app/core/models/audit_entry'
import { RefreshTokens } from '#app/gateway/actions/refresh_tokens'
import { mercadoPago } from '#app/gateway/mercado_pago'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { tokenKeeper } from '#app/gateway/token_keeper'
import { openRefreshToken } from '#app/gateway/tokens/sealed_tokens'
import schedules from '#start/schedule'
import { aceProcess } from '#tests/support/ace_process'
import { givenConnection, revoke } from '#tests/support/connections'
import { givenTenant } from '#tests/support/given'
import { isLong } from '#tests/support/property'
import { simulator } from '#tests/support/simulator'

const byWorker = { kind: 'worker' } as const
const refresh = () => new RefreshTokens().handle({ actor: byWorker })
const again = ({ ref }: TenantGatewayConfig) => TenantGatewayConfig.of(ref).then((found) => found!)

/** Past the day on which the schedule renews it, whatever its jitter. */
const untilDue = () => simulator.advance({ days: 150 })

const renewals = async () => {
  const journal = await simulator.journal()
  return journal.filter(({ effect }) => effect === 'application.renewed').length
}

test.group('Renewing what is due', () => {
  test('S0-26 S1-12 a token whose time has come is renewed, and no other', async ({ assert }) => {
    const due = await givenConnection(await givenTenant())
    await untilDue()
    const young = await givenConnection(await givenTenant())
    const former = await tokenKeeper.accessToken(due.ref)

    assert.include(await refresh(), { renewed: 1, refused: 0, failed: 0 })

    const renewed = await again(due)
    assert.equal(renewed.tokenVersion, due.tokenVersion + 1)
    assert.isAbove(renewed.tokenExpiresAt!.toMillis(), due.tokenExpiresAt!.toMillis())
    assert.equal(renewed.state, 'connected')
    assert.notEqual(await tokenKeeper.accessToken(due.ref), former)
    assert.equal((await again(young)).tokenVersion, young.tokenVersion)
    assert.equal(await renewals(), 1)
    assert.include(await refresh(), { renewed: 0, reused: 0 })
  })

  test('the hourly schedule does it', async ({ assert }) => {
    const connection = await givenConnection(await givenTenant())
    await untilDue()
    await schedules.find(({ name }) => name === 'tokens.refresh')!.run()
    assert.equal((await again(connection)).tokenVersion, connection.tokenVersion + 1)
  })

  test('S1-07 both tokens of a pair are replaced, and the new one renews the next time', async ({
    assert,
  }) => {
    const connection = await givenConnection(await givenTenant())
    const first = openRefreshToken(connection, connection.refreshTokenCiphertext!)
    for (const version of [2, 3]) {
      await untilDue()
      await refresh()
      const now = await again(connection)
      assert.equal(now.tokenVersion, version)
      assert.notEqual(openRefreshToken(now, now.refreshTokenCiphertext!), first)
    }
  })

  test('one that is leaving is renewed as well: its open charges need it', async ({ assert }) => {
    const connection = await givenConnection(await givenTenant())
    await connection.moveTo('disconnecting').save()
    await untilDue()
    assert.include(await refresh(), { renewed: 1 })
  })

  test('R10 eight that want it at once renew each token once', async ({ assert }) => {
    const connections = []
    for (let at = 0; at < 12; at++) connections.push(await givenConnection(await givenTenant()))
    await untilDue()
    await Promise.all(Array.from({ length: 8 }, refresh))
    assert.equal(await renewals(), connections.length)
    for (const one of connections) assert.equal((await again(one)).tokenVersion, 2)
  })
})

test.group('When the provider does not renew', () => {
  test('S0-30 invalid_grant asks its owner to authorise again, and touches no other', async ({
    assert,
  }) => {
    const refused = await givenConnection(await givenTenant())
    const other = await givenConnection(await givenTenant())
    await revoke(refused)
    await untilDue()

    assert.include(await refresh(), { renewed: 1, refused: 1, failed: 0 })

    const asked = await again(refused)
    assert.equal(asked.state, 'needs_reauthorization')
    assert.equal(asked.lastFailure, 'invalid_grant')
    assert.isNull(asked.refreshAt)
    assert.equal((await again(other)).state, 'connected')
    const audit = await AuditEntry.findByOrFail('action', 'connection.needs_reauthorization')
    assert.equal(audit.subjectId, refused.id)
    assert.include(await refresh(), { refused: 0 }, 'it is not asked again')
  })

  test('R11 a lost answer: the token is tried once more, and its owner asked; others are renewed', async ({
    assert,
  }) => {
    const lost = await givenConnection(await givenTenant())
    const other = await givenConnection(await givenTenant())
    await untilDue()
    const account = { account_id: Number(lost.mpUserId) }
    await simulator.fault({ kind: 'cut_body', route: 'POST /oauth/token', times: 1, ...account })

    assert.include(await refresh(), { renewed: 1, refused: 1 })

    const asked = await again(lost)
    assert.equal(asked.state, 'needs_reauthorization')
    assert.isTrue(asked.maySell, 'the old token serves to its end')
    assert.equal((await again(other)).tokenVersion, 2)
  })

  test('R13 a provider that is down for hours, or asks to wait, costs no connection: {kind}')
    .with([{ kind: 'server_error' }, { kind: 'rate_limit' }])
    .run(async ({ assert }, { kind }) => {
      const connection = await givenConnection(await givenTenant())
      await untilDue()
      const { id } = await simulator.fault({ kind, route: 'POST /oauth/token' })

      assert.include(await refresh(), { failed: 1, renewed: 0 })
      const after = await again(connection)
      assert.equal(after.state, 'connected')
      assert.equal(after.refreshAttempts, 1)
      assert.isTrue(after.maySell)
      assert.include(await refresh(), { failed: 0 }, 'not before its next time')
      for (let hour = 0; hour < 6; hour++) {
        await simulator.advance({ seconds: 3600 })
        await refresh()
      }
      const tried = await again(connection)
      assert.isAbove(tried.refreshAttempts, 2)
      assert.isBelow(tried.refreshAttempts, 7, 'less and less often')
      assert.match(await tokenKeeper.accessToken(connection.ref), /^APP_USR/)

      await simulator.control('DELETE', `/faults/${id}`)
      await simulator.advance({ days: 1 })
      assert.include(await refresh(), { renewed: 1 })
      const mended = await again(connection)
      assert.include(mended.serialize(), { lastFailure: null, refreshAttempts: 0 })
    })
})

test.group('gateway:refresh-tokens', () => {
  const command = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await aceProcess('gateway:refresh-tokens', ...args).ended
    return { exitCode, stdout, stderr, json: stdout.startsWith('{') ? JSON.parse(stdout) : null }
  }

  test('S1-12 renews by force, of one business, and is written down', async ({ assert }) => {
    const tenant = await givenTenant()
    const connection = await givenConnection(tenant, { label: 'Centro' })
    const other = await givenConnection(await givenTenant())

    const idle = await command('--json')
    assert.deepEqual([idle.exitCode, idle.json.results], [0, []])

    const shown = await command(`--tenant=${tenant.slug}`, '--force', '--dry-run', '--json')
    assert.deepEqual(shown.json.counts, { due: 1, renewed: 0, reused: 0, refused: 0, failed: 0 })
    assert.equal((await again(connection)).tokenVersion, 1)

    const { exitCode, json } = await command(`--tenant=${tenant.slug}`, '--force', '--json')
    assert.equal(exitCode, 0)
    assert.equal(json.counts.renewed, 1)
    assert.include(json.results[0], { tenant: tenant.slug, label: 'Centro', outcome: 'renewed' })
    assert.equal((await again(connection)).tokenVersion, 2)
    assert.equal((await again(other)).tokenVersion, 1)
    const audit = await AuditEntry.findByOrFail('action', 'connection.refresh_asked')
    assert.deepEqual([audit.actor, audit.subjectId], ['command', connection.id])
    assert.deepEqual(audit.details, { outcome: 'renewed' })
  }).timeout(60_000)

  test('its exit code says that a person is needed, that some wait, or that it was used wrongly', async ({
    assert,
  }) => {
    const connection = await givenConnection(await givenTenant())
    const { id } = await simulator.fault({ kind: 'rate_limit', route: 'POST /oauth/token' })
    assert.equal((await command('--force')).exitCode, 3)

    await simulator.control('DELETE', `/faults/${id}`)
    await revoke(connection)
    const refused = await command('--force')
    assert.equal(refused.exitCode, 1)
    assert.include(refused.stdout, 'refused: invalid_grant')
    assert.equal((await command()).exitCode, 1, 'as long as nobody has authorised it again')

    for (const wrong of [['--tenant=nobody'], ['--due', '--force']]) {
      assert.equal((await command(...wrong)).exitCode, 2)
    }
    const help = await command('--help')
    assert.include(help.stdout, 'Exit code')
  }).timeout(90_000)

  test('R10 of many processes at once, each token is renewed by one', async ({ assert }) => {
    const tenant = await givenTenant()
    const due = isLong ? 1000 : 40
    // By the clock of the commands' own processes.
    const refreshAt = DateTime.utc().minus({ minutes: 1 })
    for (let at = 0; at < due; at++) await givenConnection(tenant, { refreshAt })

    // SQLite has one writer: two commands beside each other are what it may meet.
    const processes = db.connection().dialect.name === 'postgres' ? 8 : 2
    const runs = await Promise.all(
      Array.from({ length: processes }, () =>
        command('--due', '--json').then(({ json }) => json.counts)
      )
    )

    assert.equal(await renewals(), due)
    const total = (name: string) => runs.reduce((sum, counts) => sum + counts[name], 0)
    assert.deepEqual([total('renewed'), total('refused'), total('failed')], [due, 0, 0])
    const kept = await TenantGatewayConfig.query().where('tenant_id', tenant.id)
    for (const one of kept) {
      assert.include(one.$attributes, { state: 'connected', tokenVersion: 2, refreshLease: null })
      assert.isOk(await mercadoPago.on(one.ref).methods('BRL'))
    }
  }).timeout(isLong ? 900_000 : 120_000)
})
