import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import GatewayConfig from '#app/gateway/models/gateway_config'
import PlatformAccount from '#app/gateway/models/platform_account'
import { accountOfCollector } from '#app/gateway/queries/accounts'
import { tokenKeeper } from '#app/gateway/token_keeper'
import {
  ARGENTINE_ACCESS_TOKEN,
  FOREIGN_ACCESS_TOKEN,
  FOREIGN_ACCOUNT_ID,
  PLATFORM_ACCESS_TOKEN,
  PLATFORM_ACCOUNT_ID,
} from '#app/simulator/main'
import { givenMember, givenPlatformAdmin, givenTenant } from '#tests/support/given'
import { givenBoleto, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

const secretsKept = async () => {
  const config = await GatewayConfig.current()
  return config.webhookSecrets.map(({ secret }) => secret)
}

const HOME = '/admin/gateway'
const SECRET = '5e1f0a7c3b9d2e84f6a1c0b7d3e95284'

test.group("The platform's account", () => {
  test('a token is checked before it is kept, and shown nowhere', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin()

    const saved = await client
      .post(`${HOME}/accounts`)
      .loginAs(admin)
      .withCsrfToken()
      .redirects(0)
      .form({ token: PLATFORM_ACCESS_TOKEN })
    saved.assertStatus(303)
    const account = await PlatformAccount.firstOrFail()
    assert.equal(account.collectorId, String(PLATFORM_ACCOUNT_ID))
    assert.equal(account.currency, 'BRL')
    assert.equal(account.state, 'current')
    assert.isTrue(account.isTest)
    assert.notInclude(account.accessTokenCiphertext!, PLATFORM_ACCESS_TOKEN.slice(-32))
    assert.equal(await tokenKeeper.accessToken(account.ref), PLATFORM_ACCESS_TOKEN)

    const page = await client.get(HOME).loginAs(admin)
    page.assertStatus(200)
    page.assertTextIncludes('PLATFORM')
    assert.notInclude(page.text(), PLATFORM_ACCESS_TOKEN.slice(0, 30))
    assert.notInclude(JSON.stringify(saved.flashMessages()), PLATFORM_ACCESS_TOKEN.slice(0, 30))
    const rows = await db.from('audit_entries').where('action', 'platform_account.added')
    assert.lengthOf(rows, 1)
    assert.notInclude(JSON.stringify(rows), PLATFORM_ACCESS_TOKEN.slice(0, 30))
  })

  test('the same collector replaces its token, another one takes over', async ({
    assert,
    client,
  }) => {
    const admin = await givenPlatformAdmin()
    const save = (token: string) =>
      client.post(`${HOME}/accounts`).loginAs(admin).withCsrfToken().redirects(0).form({ token })
    await save(PLATFORM_ACCESS_TOKEN)
    await save(PLATFORM_ACCESS_TOKEN)
    const [first] = await PlatformAccount.all()
    assert.equal(first.tokenVersion, 2)

    await save(FOREIGN_ACCESS_TOKEN)
    await save(ARGENTINE_ACCESS_TOKEN)

    const accounts = await PlatformAccount.query().orderBy('created_at')
    assert.deepEqual(
      accounts.map(({ currency, state }) => `${currency} ${state}`),
      ['BRL retired', 'BRL current', 'ARS current']
    )
    assert.isNotNull(accounts[0].retiredAt)
    assert.equal(await tokenKeeper.accessToken(accounts[0].ref), PLATFORM_ACCESS_TOKEN)
    assert.deepEqual(await accountOfCollector(String(FOREIGN_ACCOUNT_ID)), accounts[1].ref)
    assert.deepEqual(await accountOfCollector(String(PLATFORM_ACCOUNT_ID)), accounts[0].ref)
    assert.isNull(await accountOfCollector('1'))
  })

  test('what Mercado Pago does not confirm is not kept', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin()
    const errors = async (token: string) => {
      const answer = await client
        .post(`${HOME}/accounts`)
        .loginAs(admin)
        .withCsrfToken()
        .redirects(0)
        .header('referer', HOME)
        .form({ token })
      answer.assertStatus(303)
      assert.notInclude(JSON.stringify(answer.flashMessages()), token)
      return answer.flashMessage('inputErrorsBag')
    }
    assert.property(await errors('APP_USR-1234567890-nobody'), 'token')
    assert.property(await errors('with a space in the middle of it'), 'token')
    assert.property(await errors('💸'.repeat(20)), 'token')
    assert.property(await errors('x'.repeat(1_000_000)), 'token')
    await simulator.fault({ kind: 'server_error', route: 'GET /users/me' })
    assert.property(await errors(PLATFORM_ACCESS_TOKEN), 'token')
    assert.lengthOf(await PlatformAccount.all(), 0)
  })

  test('open charges are counted on the account that they were issued on', async ({ client }) => {
    const admin = await givenPlatformAdmin()
    const tenant = await givenSeller()
    await givenBoleto(tenant)
    await givenBoleto(tenant)

    const page = await client.get(HOME).loginAs(admin)
    page.assertStatus(200)
    page.assertTextIncludes('2')
  })
})

test.group('The settings of the gateway', () => {
  test('webhook secrets are added, listed by date and removed', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin()
    const added = await client
      .post(`${HOME}/secrets`)
      .loginAs(admin)
      .withCsrfToken()
      .redirects(0)
      .form({ secret: SECRET })
    added.assertStatus(303)
    assert.deepEqual(await secretsKept(), [SECRET])
    const config = await GatewayConfig.current()
    assert.notInclude(JSON.stringify(config.serialize()), SECRET)
    assert.notInclude(config.webhookSecretsCiphertext!, SECRET)

    const page = await client.get(HOME).loginAs(admin)
    assert.notInclude(page.text(), SECRET)
    const [{ id }] = config.webhookSecrets
    const removed = await client
      .post(`${HOME}/secrets/${id}?_method=DELETE`)
      .loginAs(admin)
      .withCsrfToken()
      .redirects(0)
    removed.assertStatus(303)
    assert.deepEqual(await secretsKept(), [])
  })

  test('two secrets added at once are both kept', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin()
    const add = (secret: string) =>
      client.post(`${HOME}/secrets`).loginAs(admin).withCsrfToken().redirects(0).form({ secret })

    await Promise.all([add(SECRET), add(SECRET.toUpperCase()), add(`${SECRET}-3`)])

    assert.lengthOf(await secretsKept(), 3)
  })

  test('the fee is a percentage of two places, in the words of the language', async ({
    assert,
    client,
  }) => {
    const admin = await givenPlatformAdmin()
    const save = (percent: unknown) =>
      client
        .post(`${HOME}?_method=PUT`)
        .loginAs(admin)
        .withCsrfToken()
        .redirects(0)
        .header('referer', HOME)
        .form({ platform_fee_percent: percent, payout_waiting_days: '7' } as never)
    const percent = async () => {
      const config = await GatewayConfig.current()
      return config.platformFeePercent
    }
    for (const [typed, kept] of [
      ['2,5', '2.50'],
      ['0.00', '0.00'],
      ['100', '100.00'],
    ]) {
      await save(typed)
      assert.equal(await percent(), kept)
    }
    for (const wrong of ['-1', '100,01', '1.234', '1e1', 'x', '', '💸', 'x'.repeat(1_000_000)]) {
      const answer = await save(wrong)
      answer.assertStatus(303)
      assert.property(answer.flashMessage('inputErrorsBag'), 'platform_fee_percent')
    }
    assert.equal(await percent(), '100.00')
  })

  test("the platform's name and tax id are kept as payers see them", async ({ assert, client }) => {
    const admin = await givenPlatformAdmin()
    const form = { platform_fee_percent: '1,00', payout_waiting_days: '3' }
    const save = (more: object) =>
      client
        .post(`${HOME}?_method=PUT`)
        .loginAs(admin)
        .withCsrfToken()
        .redirects(0)
        .form({ ...form, ...more })
    await save({ platform_name: 'Plataforma Ltda', platform_tax_id: '11222333000181' })
    await save({ platform_name: 'Plataforma S.A.', automatic_transfer: 'true' })

    const config = await GatewayConfig.current()
    assert.equal(config.platformName, 'Plataforma S.A.')
    assert.equal(config.platformTaxId, '11.222.333/0001-81')
    assert.equal(config.payoutWaitingDays, 3)
    assert.isTrue(config.automaticTransfer)
    const rows = await db.from('audit_entries').where('action', 'gateway_settings.changed')
    assert.lengthOf(rows, 2)
  })

  test('custody is confirmed only with its words', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin()
    const confirm = (form: Record<string, string>) =>
      client
        .post(`${HOME}/custody`)
        .loginAs(admin)
        .withCsrfToken()
        .redirects(0)
        .header('referer', HOME)
        .form(form)
    const refused = await confirm({ country: 'BR' })
    assert.property(refused.flashMessage('inputErrorsBag'), 'understood')
    assert.lengthOf(await db.from('custody_confirmations'), 0)

    await confirm({ country: 'BR', understood: 'true' })
    await confirm({ country: 'BR', understood: 'true' })

    const [confirmation, ...more] = await db.from('custody_confirmations')
    assert.equal(confirmation.country, 'BR')
    assert.lengthOf(more, 0)
  })

  test('only a platform admin comes in', async ({ assert, client }) => {
    const { user } = await givenMember(await givenTenant(), 'owner')

    const page = await client.get(HOME).loginAs(user)
    assert.isTrue([403, 404].includes(page.status()))
    const post = await client
      .post(`${HOME}/accounts`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({ token: PLATFORM_ACCESS_TOKEN })
    assert.isTrue([403, 404].includes(post.status()))
    assert.lengthOf(await PlatformAccount.all(), 0)
  })

  test('it draws in the three languages', async ({ assert, client }) => {
    const admin = await givenPlatformAdmin()
    await givenSeller()
    for (const locale of ['pt-BR', 'es', 'en']) {
      await admin.merge({ locale }).save()
      const page = await client.get(HOME).loginAs(admin)
      page.assertStatus(200)
      page.assertTextIncludes('/webhooks/mercadopago')
      assert.notInclude(page.text(), 'translation missing')
    }
  })
})
