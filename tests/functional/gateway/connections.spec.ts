import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import mercadopago from '#config/mercadopago'
import { GatewayResolver } from '#app/gateway/gateway_resolver'
import CustodyConfirmation from '#app/gateway/models/custody_confirmation'
import StoreGateway from '#app/gateway/models/store_gateway'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import { tokenKeeper } from '#app/gateway/token_keeper'
import { EndConnections } from '#app/receivables/actions/end_connections'
import Charge from '#app/receivables/models/charge'
import { PLATFORM_CLIENT_ID } from '#app/simulator/main'
import type Tenant from '#app/tenants/models/tenant'
import { begin, decide, givenOwnerAtWork } from '#tests/support/consent'
import { givenConnection } from '#tests/support/connections'
import {
  defaultStore,
  givenMember,
  givenPlatformAdmin,
  givenStore,
  givenTenant,
  PASSWORD,
} from '#tests/support/given'
import { givenBoleto, givenPlatformAccount } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { loggedIn, statusOf, textOf } from '#tests/support/visitor'

const audited = async (action: string) => db.from('audit_entries').where('action', action)

/** The connection that a store's next charge goes to, or why there is none. */
const routeOf = (tenant: Tenant, storeId: string) =>
  new GatewayResolver().forSale({ tenantId: tenant.id, storeId, currency: tenant.currency }).then(
    ({ account }) => account.id,
    (error) => error.key
  )

/** An owner with two accounts and two stores; the first account is the default one. */
async function givenTwoAccounts() {
  const owner = await givenOwnerAtWork()
  const first = await givenConnection(owner.tenant, { label: 'Conta principal' })
  const second = await givenConnection(owner.tenant, { label: 'Filial centro' })
  const store = await defaultStore(owner.tenant)
  const branch = await givenStore(owner.tenant, 'Centro')
  return { ...owner, first, second, store, branch }
}

test.group('The accounts of a tenant', () => {
  // S0-04 S0-21 S0-33 S2-15
  test('are listed with what is known of them, and no token', async ({ assert }) => {
    const { user, visitor, home, first } = await givenTwoAccounts()
    for (const locale of ['pt-BR', 'es', 'en']) {
      await user.merge({ locale }).save()
      for (const path of [home, `${home}/${first.id}`, `${home}/connect`, `${home}/mode`]) {
        const { status, text } = await visitor.get(path)
        assert.equal(status, 200)
        assert.notInclude(text, 'translation missing')
        assert.notMatch(text, /(APP_USR|TG)-/)
      }
    }
    const { text } = await visitor.get(home)
    for (const known of ['Conta principal', 'Filial centro', first.nickname, 'BRL', 'Matriz']) {
      assert.include(text, known)
    }
  })

  test('that failed, are about to end or have ended say so', async ({ assert }) => {
    const { visitor, home, first, second } = await givenTwoAccounts()
    const now = first.connectedAt
    await first.merge({ lastFailure: 'invalid_grant', lastFailureAt: now }).save()
    await first.moveTo('needs_reauthorization').save()
    await second.merge({ tokenRefusedAt: now }).save()
    const { text } = await visitor.get(home)
    assert.include(text, 'a autorização foi retirada')
    assert.include(text, 'Funciona até')
    assert.include(text, 'Sem autorização válida')
    assert.include(text, 'Autorizar de novo')
  })

  test('are renamed, and another tenant’s are not there', async ({ assert }) => {
    const { visitor, home, first } = await givenTwoAccounts()
    const foreign = await givenConnection(await givenTenant())
    await visitor.get(`${home}/${first.id}`)
    assert.equal(await statusOf(visitor.post(`${home}/${first.id}`, { label: 'Nova' })), 303)
    await first.refresh()
    assert.equal(first.label, 'Nova')
    const [entry] = await audited('connection.renamed')
    assert.include(JSON.stringify(entry.details), 'Conta principal')

    for (const part of ['', '/default', '/disconnection']) {
      assert.equal(await statusOf(visitor.get(`${home}/${foreign.id}${part}`)), 404)
    }
    const form = { label: 'Nova', password: PASSWORD, at_once: 'true' }
    for (const part of ['', '/default', '/disconnection', '/reconnection']) {
      assert.equal(await statusOf(visitor.post(`${home}/${foreign.id}${part}`, form)), 404)
    }
    const before = { ...foreign.$attributes }
    await foreign.refresh()
    assert.deepEqual(foreign.$attributes, before)
  })

  test('are changed by owners only', async ({ assert }) => {
    const { tenant, home, first, second, branch } = await givenTwoAccounts()
    const { user } = await givenMember(tenant, 'manager')
    const manager = await loggedIn(user)
    const page = await manager.get(`${home}/${second.id}`)
    assert.equal(page.status, 200)
    assert.notInclude(page.text, 'reconnection')
    const form = { label: 'X1', password: PASSWORD, mode: 'centralized', use: 'no' }
    for (const path of [
      `/${second.id}`,
      `/${second.id}/default`,
      `/${second.id}/disconnection`,
      `/${second.id}/reconnection`,
      `/stores/${branch.id}`,
      '/mode',
    ]) {
      assert.equal(await statusOf(manager.post(home + path, form)), 403, path)
    }
    await first.refresh()
    assert.isTrue(first.isDefault)
  })
})

test.group('Which account a store charges with', () => {
  // S0-16 S0-17 S0-19 S0-20 S0-22 S0-24 S0-25 S2-16
  test('is the default one until the store chooses its own', async ({ assert }) => {
    const { tenant, visitor, home, first, second, store, branch } = await givenTwoAccounts()
    assert.equal(await routeOf(tenant, branch.id), first.id)

    await visitor.get(`${home}/stores/${branch.id}`)
    const form = { connection: second.id, mp_store_id: '12345678' }
    assert.equal(await statusOf(visitor.post(`${home}/stores/${branch.id}`, form)), 303)

    assert.equal(await routeOf(tenant, branch.id), second.id)
    assert.equal(await routeOf(tenant, store.id), first.id)
    const kept = await StoreGateway.findByOrFail('storeId', branch.id)
    assert.equal(kept.mpStoreId, '12345678')
    const page = await visitor.get(home)
    assert.include(page.text, '12345678')
    assert.lengthOf(await audited('store.connection_chosen'), 1)

    await visitor.post(`${home}/stores/${branch.id}`, { connection: '', mp_store_id: '' })
    assert.equal(await routeOf(tenant, branch.id), first.id)
    assert.lengthOf(await StoreGateway.query().where('tenant_id', tenant.id), 1)
  })

  test('is never another tenant’s, one that has left, or nonsense', async ({ assert }) => {
    const { tenant, visitor, home, first, second, branch } = await givenTwoAccounts()
    const other = await givenTenant()
    const foreign = await givenConnection(other)
    const foreignStore = await defaultStore(other)
    await second.moveTo('disconnecting').save()
    const path = `${home}/stores/${branch.id}`
    await visitor.get(path)

    assert.equal(await statusOf(visitor.post(path, { connection: foreign.id })), 404)
    assert.equal(await statusOf(visitor.post(`${home}/stores/${foreignStore.id}`, {})), 404)
    const forms: Record<string, string>[] = [
      { connection: second.id },
      { connection: 'nonsense' },
      { connection: first.id, mp_store_id: 'a b' },
      { connection: first.id, mp_store_id: 'x'.repeat(65) },
    ]
    for (const form of forms) {
      assert.equal(await statusOf(visitor.post(path, form)), 303)
    }
    assert.lengthOf(await StoreGateway.all(), 0)
    assert.equal(await routeOf(tenant, branch.id), first.id)
  })

  test('another default moves the stores that inherit, after the password', async ({ assert }) => {
    const { tenant, visitor, home, first, second, store, branch } = await givenTwoAccounts()
    await StoreGateway.create({
      tenantId: tenant.id,
      storeId: branch.id,
      connectionId: first.id,
      mpStoreId: null,
    })
    const path = `${home}/${second.id}/default`
    const { text } = await visitor.get(path)
    assert.include(text, 'Matriz')
    assert.notInclude(text, 'cobrar nela: Centro')
    await visitor.post(path, { password: 'wrong' })
    assert.equal(await routeOf(tenant, store.id), first.id)

    await visitor.post(path, { password: PASSWORD })

    assert.equal(await routeOf(tenant, store.id), second.id)
    assert.equal(await routeOf(tenant, branch.id), first.id)
    assert.lengthOf(await audited('connection.made_default'), 1)
  })

  test('one that cannot charge does not become the default', async ({ assert }) => {
    const { visitor, home, first, second } = await givenTwoAccounts()
    await second.merge({ tokenRefusedAt: second.connectedAt }).save()
    await visitor.get(home)
    await visitor.post(`${home}/${second.id}/default`, { password: PASSWORD })
    await first.refresh()
    assert.isTrue(first.isDefault)
  })
})

test.group('Who receives', () => {
  // S2-02 S2-25
  test('goes to the platform only where it may hold the money', async ({ assert }) => {
    const { tenant, visitor, home, store, first } = await givenTwoAccounts()
    const form = { mode: 'centralized', password: PASSWORD }
    const { text } = await visitor.get(`${home}/mode`)
    assert.include(text, 'não recebe por empresas do seu país')
    await visitor.post(`${home}/mode`, form)
    assert.equal(await routeOf(tenant, store.id), first.id)

    const platform = await givenPlatformAccount()
    const { charge } = await givenBoleto(tenant)
    assert.include(await textOf(visitor.get(`${home}/mode`)), 'Nenhuma loja para de cobrar')
    await visitor.post(`${home}/mode`, { ...form, password: 'wrong' })
    assert.equal(await routeOf(tenant, store.id), first.id)
    await visitor.post(`${home}/mode`, form)

    assert.equal(await routeOf(tenant, store.id), platform.id)
    const { collectorId, state } = charge
    await charge.refresh()
    assert.containsSubset(charge.$attributes, { collectorId, state, platformAccountId: null })
    assert.equal(charge.connectionId, first.id)
    assert.equal(charge.mode, 'connected')
    const [begun, last] = await audited('tenant.mode_changed')
    assert.include(JSON.stringify(begun.details), 'connected')
    assert.include(JSON.stringify(last.details), 'centralized')
  })

  test('comes back to own accounts, which names the stores that would stop', async ({ assert }) => {
    const { tenant, visitor, home, first, second, branch, store } = await givenTwoAccounts()
    await givenPlatformAccount()
    await tenant.merge({ mode: 'centralized' }).save()
    await StoreGateway.create({
      tenantId: tenant.id,
      storeId: branch.id,
      connectionId: second.id,
      mpStoreId: null,
    })
    await second.merge({ tokenRefusedAt: second.connectedAt }).save()

    const { text } = await visitor.get(`${home}/mode`)
    assert.include(text, '1 loja para de cobrar')
    assert.include(text, 'Centro')
    await visitor.post(`${home}/mode`, { mode: 'connected', password: PASSWORD })

    assert.equal(await routeOf(tenant, store.id), first.id)
    assert.equal(await routeOf(tenant, branch.id), 'gateway.connection_needs_reauthorization')
    assert.include(await textOf(visitor.get(home)), 'Estas lojas não conseguem cobrar agora')
  })

  test('stays with the platform while no own account can charge', async ({ assert }) => {
    const { tenant, visitor, home } = await givenOwnerAtWork()
    await givenPlatformAccount()
    assert.include(await textOf(visitor.get(`${home}/mode`)), 'Conecte antes uma conta')
    for (const form of [{ mode: 'connected', password: PASSWORD }, { mode: 'other' }, {}]) {
      await visitor.post(`${home}/mode`, form as Record<string, string>)
    }
    await tenant.refresh()
    assert.equal(tenant.mode, 'centralized')
    assert.lengthOf(await CustodyConfirmation.all(), 1)
  })

  test('is told before the first account is connected', async ({ assert }) => {
    const { visitor, home } = await givenOwnerAtWork()
    const { text } = await visitor.get(`${home}/connect`)
    assert.include(text, 'O que muda ao conectar a primeira conta')
  })
})

test.group('Disconnecting', () => {
  // S1-08 S2-17
  test('shows what stops and what is open, and stops new charges at once', async ({ assert }) => {
    const { tenant, visitor, home, first, second, store } = await givenTwoAccounts()
    const { charge } = await givenBoleto(tenant)
    const path = `${home}/${first.id}/disconnection`

    const { text } = await visitor.get(path)
    for (const told of ['2 lojas param de cobrar', 'Matriz', 'Centro', 'Perfume', 'R$ 150,00']) {
      assert.include(text.replaceAll('\u00a0', ' '), told)
    }
    assert.include(text, 'devoluções destas cobranças só podem ser feitas no Mercado Pago')
    assert.include(text, 'Aplicativos conectados')
    await visitor.post(path, { password: 'wrong' })
    assert.equal(await routeOf(tenant, store.id), first.id)
    await visitor.post(path, { password: PASSWORD })

    assert.equal(await routeOf(tenant, store.id), 'gateway.connection_disconnected')
    await first.refresh()
    assert.equal(first.state, 'disconnecting')
    await new EndConnections().handle()
    assert.match(await tokenKeeper.accessToken(first.ref), /^APP_USR-/)

    await Charge.query().where('tenant_id', tenant.id).update({ state: 'expired' })
    await new EndConnections().handle()
    await first.refresh()
    assert.equal(first.state, 'disconnected')
    assert.isNull(first.accessTokenCiphertext)
    assert.isNull(first.refreshTokenCiphertext)
    const refused = await tokenKeeper.accessToken(first.ref).catch((error) => error.key)
    assert.equal(refused, 'gateway.no_credential')
    await charge.refresh()
    assert.equal(charge.connectionId, first.id)
    await second.refresh()
    assert.equal(second.state, 'connected')
    assert.lengthOf(await audited('connection.disconnecting'), 1)
    const [ended] = await audited('connection.disconnected')
    assert.include(JSON.stringify(ended.details), 'nothing_open')
  })

  test('waits thirty days for an open charge, and no longer', async ({ assert }) => {
    const { tenant, visitor, home, first } = await givenTwoAccounts()
    await givenBoleto(tenant)
    await visitor.get(`${home}/${first.id}/disconnection`)
    await visitor.post(`${home}/${first.id}/disconnection`, { password: PASSWORD })
    await simulator.advance({ days: 29 })
    await Charge.query().where('tenant_id', tenant.id).update({ state: 'pending' })
    await new EndConnections().handle()
    await first.refresh()
    assert.equal(first.state, 'disconnecting')
    await simulator.advance({ days: 1, seconds: 1 })
    await new EndConnections().handle()
    await first.refresh()
    assert.equal(first.state, 'disconnected')
    const [ended] = await audited('connection.disconnected')
    assert.include(JSON.stringify(ended.details), 'time_over')
  })

  test('at once, or later at once, destroys the tokens now', async ({ assert }) => {
    const { tenant, visitor, home, first, second } = await givenTwoAccounts()
    await givenBoleto(tenant)
    const end = async ({ id }: TenantGatewayConfig, form: Record<string, string>) => {
      await visitor.get(`${home}/${id}/disconnection`)
      await visitor.post(`${home}/${id}/disconnection`, { password: PASSWORD, ...form })
      return TenantGatewayConfig.findOrFail(id)
    }
    const [one, other] = [await end(first, {}), await end(second, { at_once: 'true' })]
    assert.deepEqual([one.state, other.state], ['disconnecting', 'disconnected'])
    assert.isNull(other.accessTokenCiphertext)
    const again = await end(first, {})
    assert.equal(again.state, 'disconnecting')
    const ended = await end(first, { at_once: 'true' })
    assert.equal(ended.state, 'disconnected')
    assert.isNull(ended.refreshTokenCiphertext)
    assert.lengthOf(await audited('connection.disconnected'), 2)
  })

  test('and connecting again brings the same row back', async ({ assert }) => {
    const { tenant, visitor, home, first, store } = await givenTwoAccounts()
    await visitor.get(`${home}/${first.id}/disconnection`)
    await visitor.post(`${home}/${first.id}/disconnection`, { password: PASSWORD, at_once: 'true' })
    const back = await decide(await begin(visitor, tenant), Number(first.mpUserId))
    await visitor.get(back)
    await first.refresh()
    assert.equal(first.state, 'connected')
    assert.equal(first.label, 'Conta principal')
    assert.equal(await routeOf(tenant, store.id), first.id)
    assert.isNull(first.disconnectedAt)
  })
})

test.group('The application of the platform', (group) => {
  const { clientId } = mercadopago
  group.each.teardown(() => void (mercadopago.clientId = clientId))

  // S2-28
  test('is tried by a real call, whose answer comes in words', async ({ assert }) => {
    const visitor = await loggedIn(await givenPlatformAdmin())
    const page = '/admin/gateway'
    const verdict = async () => {
      await visitor.get(page)
      await visitor.post(`${page}/application/test`)
      const { text } = await visitor.get(page)
      return text
    }
    assert.include(await verdict(), 'aceita o ID e o secret')
    await simulator.fault({ kind: 'server_error', route: 'POST /oauth/token', times: 1 })
    assert.include(await verdict(), 'não respondeu de forma clara')
    const path = `/applications/${PLATFORM_CLIENT_ID}`
    await simulator.control('PATCH', path, { client_secret: 'another-secret-of-the-application' })
    assert.include(await verdict(), 'não aceita o ID ou o secret')
    mercadopago.clientId = undefined
    const missing = await verdict()
    assert.include(missing, 'Falta MERCADOPAGO_CLIENT_ID')
    assert.include(missing, 'Não definido')
  })

  test('has its addresses on the page, to be copied', async ({ assert }) => {
    const visitor = await loggedIn(await givenPlatformAdmin())
    const { text } = await visitor.get('/admin/gateway')
    assert.include(text, `${process.env.APP_URL}/tenant/gateway/callback`)
    assert.include(text, `${process.env.APP_URL}/webhooks/mercadopago`)
    assert.include(text, 'S256')
    assert.notInclude(text, mercadopago.clientSecret!.release())
  })

  test('missing, it lets nobody begin', async ({ assert }) => {
    const { visitor, home } = await givenOwnerAtWork()
    mercadopago.clientId = undefined
    await visitor.get(`${home}/connect`)
    const answer = await visitor.post(`${home}/attempts`, { password: PASSWORD })
    assert.equal(answer.status, 303)
    assert.include(await textOf(visitor.get(`${home}/connect`)), 'ainda não terminou')
    assert.lengthOf(await db.from('connection_attempts'), 0)
  })
})
