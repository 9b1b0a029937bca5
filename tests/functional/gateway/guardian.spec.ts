import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import KeptMail from '#app/core/models/kept_mail'
import { CheckConnection } from '#app/gateway/actions/check_connection'
import { GuardConnections } from '#app/gateway/actions/guard_connections'
import { RefreshTokens } from '#app/gateway/actions/refresh_tokens'
import { mercadoPago } from '#app/gateway/mercado_pago'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { healthOf, healths, whereHealth } from '#app/gateway/queries/connection_health'
import { PLATFORM_CLIENT_ID } from '#app/simulator/main'
import type Tenant from '#app/tenants/models/tenant'
import { givenConnection, givenSellerAccount, revoke } from '#tests/support/connections'
import { givenMember, givenPlatformAdmin, givenTenant, givenUser } from '#tests/support/given'
import { issueBoleto, givenReceivable } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const again = ({ ref }: TenantGatewayConfig) => TenantGatewayConfig.of(ref).then((found) => found!)
const guard = () => new GuardConnections().handle()

async function mailsTo(email: string): Promise<string[]> {
  await drainWork()
  const mails = await KeptMail.query().whereLike('recipients', `%${email}%`).orderBy('id')
  return mails.map(({ subject }) => subject)
}

async function givenOwned(): Promise<{ tenant: Tenant; owner: string }> {
  const tenant = await givenTenant()
  const { user } = await givenMember(tenant, 'owner', [], await givenUser({ locale: 'en' }))
  return { tenant, owner: user.email }
}

/** It can be renewed no more, as if its seller had taken its leave back some time ago. */
const without = (connection: TenantGatewayConfig) =>
  connection
    .moveTo('needs_reauthorization')
    .merge({ refreshTokenCiphertext: null, refreshAt: null })
    .save()

test.group('The health of a connection', () => {
  test('calls are noted: once an hour, and when their outcome changes', async ({ assert }) => {
    const connection = await givenConnection(await givenTenant(), { lastSuccessAt: null })
    const client = mercadoPago.on(connection.ref)
    const noted = async () => (await again(connection)).lastSuccessAt?.toMillis()

    await client.ownId()
    const first = await noted()
    assert.isDefined(first)
    await simulator.advance({ seconds: 60 })
    await client.ownId()
    assert.equal(await noted(), first, 'not within the hour')

    const { id } = await simulator.fault({ kind: 'rate_limit', route: 'GET /users/me' })
    await assert.rejects(() => client.ownId())
    const failing = await again(connection)
    assert.equal(failing.lastFailure, 'busy')
    assert.equal(healthOf(failing), 'failing')

    await simulator.control('DELETE', `/faults/${id}`)
    await client.ownId()
    assert.isAbove((await noted())!, first!)
    assert.equal(healthOf(await again(connection)), 'well')
    await simulator.advance({ seconds: 3700 })
    const former = await noted()
    await client.ownId()
    assert.isAbove((await noted())!, former!)
  })

  test('a clear no to what was asked is no failure of the account', async ({ assert }) => {
    const connection = await givenConnection(await givenTenant())
    await assert.rejects(() => mercadoPago.on(connection.ref).payment('99999999'))
    assert.isNull((await again(connection)).lastFailureAt)
  })

  test('lists find what each one is', async ({ assert }) => {
    const now = clock.now()
    const given = {
      well: [{}, { lastFailureAt: now.minus({ days: 1 }) }, { mechanism: 'oauth_short' as const }],
      failing: [{ lastFailureAt: now.plus({ hours: 1 }) }],
      ending: [
        { state: 'needs_reauthorization' as const },
        { tokenExpiresAt: now.plus({ days: 14 }) },
      ],
      broken: [
        { tokenRefusedAt: now },
        { tokenExpiresAt: now.minus({ minutes: 1 }) },
        { state: 'needs_reauthorization' as const, accessTokenCiphertext: null },
      ],
      left: [{ state: 'disconnecting' as const }, { state: 'disconnected' as const }],
    }
    for (const health of healths) {
      for (const values of given[health]) await givenConnection(await givenTenant(), values)
    }
    for (const health of healths) {
      const found = await whereHealth(TenantGatewayConfig.query(), health)
      assert.lengthOf(found, given[health].length, health)
      assert.isTrue(
        found.every((one) => healthOf(one) === health),
        health
      )
    }
  })
})

test.group('The guardian', () => {
  test('asks each account once a day who it is', async ({ assert }) => {
    const connection = await givenConnection(await givenTenant())
    await guard()
    const { checkedAt } = await again(connection)
    assert.isNotNull(checkedAt)
    await simulator.advance({ seconds: 3600 })
    await guard()
    assert.equal((await again(connection)).checkedAt!.toMillis(), checkedAt!.toMillis())
    await simulator.advance({ days: 1 })
    await guard()
    assert.isAbove((await again(connection)).checkedAt!.toMillis(), checkedAt!.toMillis())
  })

  test('finds one that was taken back, and says so to owner and admin once', async ({ assert }) => {
    const { tenant, owner } = await givenOwned()
    const admin = await givenPlatformAdmin({ locale: 'es' })
    const cashier = await givenMember(tenant, 'cashier')
    const connection = await givenConnection(tenant, { label: 'Centro' })
    const other = await givenConnection((await givenOwned()).tenant)
    await revoke(connection)

    await simulator.advance({ days: 1 })
    await guard()

    const broken = await again(connection)
    assert.equal(broken.state, 'needs_reauthorization')
    assert.isFalse(broken.maySell)
    assert.equal(healthOf(await again(other)), 'well')
    const subject = `${tenant.tradeName} can no longer charge on Centro`
    assert.deepEqual(await mailsTo(owner), [subject])
    assert.lengthOf(await mailsTo(admin.email), 1)
    assert.lengthOf(await mailsTo(cashier.user.email), 0)
    const mail = await KeptMail.query().whereLike('recipients', `%${owner}%`).firstOrFail()
    assert.include(mail.text!, `/t/${tenant.slug}/gateway`)

    await simulator.advance({ days: 1 })
    await guard()
    assert.lengthOf(await mailsTo(owner), 1, 'once for each cause')
  })

  test('an account that answers as another one is charged on no more', async ({ assert }) => {
    const connection = await givenConnection(await givenTenant())
    const { id } = await givenSellerAccount()
    await connection.merge({ mpUserId: String(id) }).save()
    assert.equal(await new CheckConnection().handle(connection), 'another_account')
    const stopped = await again(connection)
    assert.isFalse(stopped.maySell)
    assert.equal(stopped.lastFailure, 'another_account')
  })

  test('R13 a provider that is down says nothing about an account', async ({ assert }) => {
    const { tenant, owner } = await givenOwned()
    const connection = await givenConnection(tenant)
    await simulator.fault({ kind: 'server_error' })
    await guard()
    const after = await again(connection)
    assert.isTrue(after.maySell)
    assert.isNull(after.checkedAt, 'asked again in the next hour')
    assert.equal(healthOf(after), 'failing')
    assert.lengthOf(await mailsTo(owner), 0)
  })

  test('one that could not be renewed is told of 14, 7, 3 and 1 days before its end, and when it has ended', async ({
    assert,
  }) => {
    const { tenant, owner } = await givenOwned()
    const connection = await givenConnection(tenant)
    await simulator.advance({ days: 148 })
    await revokeRenewal(connection)
    await simulator.advance({ days: 2 })
    await new RefreshTokens().handle({ actor: { kind: 'worker' } })
    assert.equal((await again(connection)).state, 'needs_reauthorization')
    assert.lengthOf(await mailsTo(owner), 1, 'at once')
    const told: Record<number, number> = {}
    for (let day = 151; day <= 181; day++) {
      await simulator.advance({ days: 1 })
      await guard()
      const count = (await mailsTo(owner)).length
      if (count > Object.keys(told).length + 1) told[180 - day] = count
    }
    assert.deepEqual(Object.keys(told).map(Number).sort(ascending), [0, 1, 3, 7, 14])
    const subjects = await mailsTo(owner)
    assert.include(subjects.at(-2)!, 'again by')
    assert.include(subjects.at(-1)!, 'can no longer charge')
  }).timeout(60_000)

  test('a mail that waits is not sent once the account was mended', async ({ assert }) => {
    const { tenant, owner } = await givenOwned()
    const connection = await givenConnection(tenant)
    await without(connection)
    await guard()
    await givenConnection(tenant, { accountId: Number(connection.mpUserId) })
    assert.lengthOf(await mailsTo(owner), 0)
    const mended = await again(connection)
    assert.equal(mended.state, 'connected')
    assert.isNull(mended.told)
  })

  test('R12 S0-29 a token revoked mid-charge: the charge ends clearly, its account asks to be authorised again, others charge', async ({
    assert,
  }) => {
    const { tenant, owner } = await givenOwned()
    const connection = await givenConnection(tenant, { label: 'Centro' })
    const { tenant: neighbour } = await givenOwned()
    await givenConnection(neighbour)
    const receivable = await givenReceivable(tenant)
    await simulator.advance({ days: 1 })
    await revoke(connection)

    const error: any = await issueBoleto(tenant, receivable).then(
      () => null,
      (failure) => failure
    )
    const charge = await db.from('charges').where('tenant_id', tenant.id).first()
    assert.equal(charge.state, 'rejected', error?.key)
    const asked = await again(connection)
    assert.equal(asked.state, 'needs_reauthorization')
    assert.isFalse(asked.maySell)
    assert.deepEqual(await mailsTo(owner), [`${tenant.tradeName} can no longer charge on Centro`])

    const other = await issueBoleto(neighbour, await givenReceivable(neighbour))
    assert.equal(other.state, 'pending')
  })
})

const ascending = (a: number, b: number) => a - b

/** The refresh token is worth nothing any more, while the access token lives on. */
const revokeRenewal = async ({ mpUserId }: TenantGatewayConfig) => {
  const token = await simulator.fault({
    kind: 'cut_body',
    route: 'POST /oauth/token',
    times: 1,
    account_id: Number(mpUserId),
  })
  return token
}

test.group('News of mp-connect', () => {
  const news = (values: Record<string, unknown>) =>
    simulator.notify({
      client_id: PLATFORM_CLIENT_ID,
      type: 'mp-connect',
      action: 'application.deauthorized',
      ...values,
    })

  test('a seller who left is asked at once, and its owner told', async ({ assert }) => {
    const { tenant, owner } = await givenOwned()
    const connection = await givenConnection(tenant)
    await simulator.advance({ days: 1 })
    await revoke(connection)
    await simulator.flush()
    await drainWork()
    assert.equal((await again(connection)).state, 'needs_reauthorization')
    assert.lengthOf(await mailsTo(owner), 1)
    const events = await db.from('webhook_events').where('topic', 'mp-connect').orderBy('id')
    assert.deepInclude(
      events.map(({ state }) => state),
      'processed'
    )
    assert.notInclude(
      events.map(({ state }) => state),
      'rejected'
    )
  })

  test('it is not believed: the account that still answers stays, {named}')
    .with([{ named: 'data' }, { named: 'user' }])
    .run(async ({ assert }, { named }) => {
      const connection = await givenConnection(await givenTenant())
      const own = Number(connection.mpUserId)
      const { id: other } = await givenSellerAccount()
      const values = named === 'data' ? [other, own] : [own, other]
      await news({ user_id: values[0], data_id: String(values[1]) })
      await drainWork()
      const after = await again(connection)
      assert.equal(after.state, 'connected')
      assert.isNotNull(after.checkedAt, 'it was asked')
    })

  test('news of a seller that is none of ours is let be', async ({ assert }) => {
    const { id } = await givenSellerAccount()
    await news({ user_id: id, data_id: String(id) })
    await drainWork()
    const event = await db.from('webhook_events').where('topic', 'mp-connect').first()
    assert.include(event, { state: 'ignored', reason: 'unknown_user' })
  })
})
