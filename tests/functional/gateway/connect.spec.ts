import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import mercadopago from '#config/mercadopago'
import { appUrl } from '#config/app'
import { ExpireAttempts } from '#app/gateway/actions/expire_attempts'
import ConnectionAttempt from '#app/gateway/models/connection_attempt'
import { tokenKeeper } from '#app/gateway/token_keeper'
import Membership from '#app/tenants/models/membership'
import {
  ARGENTINE_ACCOUNT_ID,
  FOREIGN_ACCOUNT_ID,
  PLATFORM_ACCOUNT_ID,
  PLATFORM_CLIENT_ID,
} from '#app/simulator/main'
import {
  begin,
  beginAgain,
  CALLBACK,
  cameBack,
  connect,
  connections,
  decide,
  givenOwnerAtWork,
  lastAttempt,
} from '#tests/support/consent'
import { givenSellerAccount } from '#tests/support/connections'
import { givenMember, givenTenant, PASSWORD } from '#tests/support/given'
import { givenPlatformAccount } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { loggedIn, statusOf, Visitor } from '#tests/support/visitor'

const exchanges = async () => {
  const journal = await simulator.journal()
  return journal.filter(({ route }) => route === 'POST /oauth/token')
}

/** How the last attempt ended, or did not. */
const ending = async () => {
  const { state, reason } = await lastAttempt()
  return [state, reason]
}

const withPkce = () =>
  simulator.control('PATCH', `/applications/${PLATFORM_CLIENT_ID}`, { pkce: true })

const actions = async () => {
  const rows = await db.from('audit_entries').whereLike('action', 'connection.%').orderBy('id')
  return rows.map(({ action }) => action)
}

/** Whatever a person could read of a token or a code. */
const SECRET = /(APP_USR|TG)-[0-9a-f]{6}/

test.group('Connecting an account', () => {
  // S0-02 S0-03 S0-06 S0-07 S0-08 S0-09 S2-03 S2-20
  test('asks for consent with a state and a challenge, and keeps what came back', async ({
    assert,
  }) => {
    await withPkce()
    const { tenant, user, visitor } = await givenOwnerAtWork()

    const url = new URL(await begin(visitor, tenant, 'Conta principal'))

    assert.equal(url.origin + url.pathname, `${mercadopago.authUrl}/authorization`)
    const sent = Object.fromEntries(url.searchParams)
    assert.containsSubset(sent, {
      client_id: PLATFORM_CLIENT_ID,
      response_type: 'code',
      platform_id: 'mp',
      redirect_uri: appUrl + CALLBACK,
      code_challenge_method: 'S256',
    })
    assert.match(sent.state, /^[\w-]{43}$/)
    assert.match(sent.code_challenge, /^[\w-]{43}$/)

    const { status, location, text } = await cameBack(
      visitor,
      await decide(url.href, FOREIGN_ACCOUNT_ID)
    )
    assert.equal(status, 303)
    assert.match(location, new RegExp(`^/t/${tenant.slug}/gateway/attempts/[0-9a-f-]{36}$`))
    assert.include(text, 'FOREIGNSELLER')
    assert.notMatch(text, SECRET)
    const [connection, ...more] = await connections(tenant)
    assert.lengthOf(more, 0)
    assert.containsSubset(connection.$attributes, {
      label: 'Conta principal',
      mpUserId: String(FOREIGN_ACCOUNT_ID),
      siteId: 'MLB',
      currency: 'BRL',
      nickname: 'FOREIGNSELLER',
      maskedEmail: 'f…@testuser.com',
      state: 'connected',
      isDefault: true,
      connectedBy: user.id,
    })
    assert.match(await tokenKeeper.accessToken(connection.ref), /^APP_USR-/)
    await tenant.refresh()
    assert.equal(tenant.mode, 'connected')
    assert.deepEqual(await actions(), ['connection.requested', 'connection.connected'])
    assert.notMatch(JSON.stringify(await db.from('audit_entries')), SECRET)
    assert.notMatch(JSON.stringify(await db.from('connection_attempts')), SECRET)
    assert.notMatch(JSON.stringify(await db.from('tenant_gateway_configs')), /APP_USR-\d+-|TG-/)
    assert.notMatch(JSON.stringify(await db.from('sessions')), SECRET)
  })

  // S0-05 S0-10
  test('shows what waits, and keeps nothing of what nobody came back to', async ({ assert }) => {
    const { tenant, visitor, home } = await givenOwnerAtWork()
    const url = await begin(visitor, tenant)
    const page = await visitor.get(home)
    assert.include(page.text, 'Autorização pendente')

    await simulator.advance({ seconds: 601 })
    await new ExpireAttempts().handle()

    const attempt = await lastAttempt()
    assert.containsSubset(attempt.$attributes, { state: 'expired', reason: 'abandoned' })
    assert.isNull(attempt.verifierCiphertext)
    const later = await visitor.get(home)
    assert.notInclude(later.text, 'Autorização pendente')
    const { text } = await cameBack(visitor, await decide(url, FOREIGN_ACCOUNT_ID))
    assert.include(text, 'Ninguém respondeu em dez minutos')
    assert.lengthOf(await connections(tenant), 0)
    assert.lengthOf(await exchanges(), 0)
  })

  test('says so when consent was refused, and asks nothing', async ({ assert }) => {
    const { tenant, visitor } = await givenOwnerAtWork()
    const { text } = await connect(visitor, tenant, null)
    assert.include(text, 'recusada no Mercado Pago')
    assert.lengthOf(await connections(tenant), 0)
    assert.lengthOf(await exchanges(), 0)
    assert.deepEqual(await ending(), ['refused', 'denied'])
    assert.include(await actions(), 'connection.not_connected')
    await tenant.refresh()
    assert.equal(tenant.mode, 'centralized')
  })

  test('takes no answer after ten minutes', async ({ assert }) => {
    const { tenant, visitor } = await givenOwnerAtWork()
    const url = await begin(visitor, tenant)
    await simulator.advance({ seconds: 600 })
    const { text } = await cameBack(visitor, await decide(url, FOREIGN_ACCOUNT_ID))
    assert.include(text, 'depois de dez minutos')
    assert.deepEqual(await ending(), ['expired', 'expired'])
    assert.lengthOf(await exchanges(), 0)
  })

  test('replayed, even by many at the same instant, connects once', async ({ assert }) => {
    const { tenant, visitor } = await givenOwnerAtWork()
    const back = await decide(await begin(visitor, tenant), FOREIGN_ACCOUNT_ID)

    const answers = await Promise.all(Array.from({ length: 6 }, () => visitor.get(back)))

    const places = new Set(answers.map(({ location }) => location))
    assert.equal(places.size, 1)
    assert.lengthOf(await exchanges(), 1)
    const [before, ...more] = await connections(tenant)
    assert.lengthOf(more, 0)
    const { text } = await cameBack(visitor, back)
    assert.include(text, 'está conectada como')
    const [after] = await connections(tenant)
    assert.equal(after.tokenVersion, before.tokenVersion)
    assert.lengthOf(await exchanges(), 1)
  })
})

test.group('An answer that is not for this browser', () => {
  const UNKNOWN = '/tenant/gateway/unknown'

  test('in another session of the same user ends the attempt', async ({ assert }) => {
    const { tenant, user, visitor } = await givenOwnerAtWork()
    const back = await decide(await begin(visitor, tenant), FOREIGN_ACCOUNT_ID)
    const elsewhere = await loggedIn(user)

    const { text } = await cameBack(elsewhere, back)
    assert.include(text, 'em outra sessão')

    const { text: again } = await cameBack(visitor, back)
    assert.include(again, 'em outra sessão')
    assert.lengthOf(await connections(tenant), 0)
    assert.lengthOf(await exchanges(), 0)
  })

  test('by another user, or an owner of another tenant, changes neither', async ({ assert }) => {
    const attacker = await givenOwnerAtWork()
    const victim = await givenOwnerAtWork()
    const back = await decide(await begin(attacker.visitor, attacker.tenant), FOREIGN_ACCOUNT_ID)
    await begin(victim.visitor, victim.tenant)

    const { location, page, text } = await cameBack(victim.visitor, back)

    assert.equal(location, UNKNOWN)
    assert.equal(page.status, 400)
    assert.include(text, 'não é de um pedido seu')
    assert.lengthOf(await connections(victim.tenant), 0)
    assert.lengthOf(await connections(attacker.tenant), 0)
    assert.lengthOf(await exchanges(), 0)
    const attempts = await ConnectionAttempt.query().orderBy('id')
    assert.deepEqual(
      attempts.map(({ state, reason }) => [state, reason]),
      [
        ['refused', 'another_session'],
        ['pending', null],
      ]
    )
    const other = `/t/${victim.tenant.slug}/gateway/attempts/${attempts[0].id}`
    assert.equal(await statusOf(victim.visitor.get(other)), 404)
  })

  test('by who is not logged in is kept nowhere', async ({ assert }) => {
    const { tenant, visitor } = await givenOwnerAtWork()
    const back = await decide(await begin(visitor, tenant), FOREIGN_ACCOUNT_ID)
    const stranger = new Visitor()
    const { location } = await stranger.get(back)
    assert.equal(location, UNKNOWN)
    assert.notMatch(JSON.stringify(await db.from('sessions')), SECRET)
    assert.lengthOf(await exchanges(), 0)
  })

  test('without a state, or with one that nobody gave out', async ({ assert }) => {
    const { tenant, visitor } = await givenOwnerAtWork()
    await begin(visitor, tenant)
    for (const query of [
      '',
      '?code=TG-1-2',
      '?state=&code=TG-1-2',
      '?state=nobody&code=TG-1-2',
      '?state[]=a&state[]=b&code=TG-1-2',
      '?state[x]=a',
      `?state=${'x'.repeat(5000)}`,
      '?state=%F0%9F%92%B8&error=access_denied',
    ]) {
      const { location } = await visitor.get(CALLBACK + query)
      assert.equal(location, UNKNOWN, query)
    }
    assert.deepEqual(await ending(), ['pending', null])
    assert.lengthOf(await exchanges(), 0)
  })

  test('of who is no owner any more connects nothing', async ({ assert }) => {
    const { tenant, user, visitor } = await givenOwnerAtWork()
    await givenMember(tenant, 'owner')
    const back = await decide(await begin(visitor, tenant), FOREIGN_ACCOUNT_ID)
    await Membership.query()
      .where({ tenant_id: tenant.id, user_id: user.id })
      .update({ role: 'manager' })
    await visitor.get(back)
    assert.deepEqual(await ending(), ['refused', 'not_owner'])
    assert.lengthOf(await connections(tenant), 0)
    assert.lengthOf(await exchanges(), 0)
  })
})

test.group('An account that must not be the tenant’s', () => {
  // S0-01
  test("the platform's own is refused", async ({ assert }) => {
    await givenPlatformAccount()
    const { tenant, visitor } = await givenOwnerAtWork()
    const { text } = await connect(visitor, tenant, PLATFORM_ACCOUNT_ID)
    assert.include(text, 'conta da própria plataforma')
    assert.lengthOf(await connections(tenant), 0)
  })

  test('one that another tenant uses is refused until that one has left it', async ({ assert }) => {
    const first = await givenOwnerAtWork()
    const second = await givenOwnerAtWork()
    await connect(first.visitor, first.tenant, FOREIGN_ACCOUNT_ID)
    const [kept] = await connections(first.tenant)

    const { text } = await connect(second.visitor, second.tenant, FOREIGN_ACCOUNT_ID)

    assert.include(text, 'já está conectada a outra empresa')
    assert.notInclude(text, first.tenant.tradeName)
    assert.lengthOf(await connections(second.tenant), 0)
    const [after] = await connections(first.tenant)
    assert.equal(after.tokenVersion, kept.tokenVersion)

    await after.moveTo('disconnecting').moveTo('disconnected').save()
    const { text: later } = await connect(second.visitor, second.tenant, FOREIGN_ACCOUNT_ID)
    assert.include(later, 'está conectada como')
  })

  test('one of another currency is refused', async ({ assert }) => {
    const { tenant, visitor } = await givenOwnerAtWork()
    const { text } = await connect(visitor, tenant, ARGENTINE_ACCOUNT_ID)
    assert.include(text, 'outra moeda')
    assert.lengthOf(await connections(tenant), 0)
  })
})

test.group('Connecting again', () => {
  // S0-30
  test('the same account keeps its row, its label and its place', async ({ assert }) => {
    const { tenant, visitor } = await givenOwnerAtWork()
    await connect(visitor, tenant, FOREIGN_ACCOUNT_ID)
    const [before] = await connections(tenant)
    await before.merge({ label: 'Centro' }).moveTo('needs_reauthorization').save()

    const url = await beginAgain(visitor, tenant, before.id)
    const { text } = await cameBack(visitor, await decide(url, FOREIGN_ACCOUNT_ID))

    assert.include(text, 'Centro')
    const [after, ...more] = await connections(tenant)
    assert.lengthOf(more, 0)
    assert.containsSubset(after.$attributes, { id: before.id, label: 'Centro', isDefault: true })
    assert.equal(after.state, 'connected')
    assert.isAbove(after.tokenVersion, before.tokenVersion)
    assert.include(await actions(), 'connection.renewed')
  })

  test('another account is asked about, and refused changes nothing', async ({ assert }) => {
    const { tenant, visitor } = await givenOwnerAtWork()
    await connect(visitor, tenant, FOREIGN_ACCOUNT_ID)
    const [before] = await connections(tenant)
    const other = await givenSellerAccount()
    const url = await beginAgain(visitor, tenant, before.id)

    const { location, text } = await cameBack(visitor, await decide(url, other.id))

    assert.include(text, 'FOREIGNSELLER')
    assert.include(text, String(other.id))
    assert.lengthOf(await connections(tenant), 1)
    assert.notMatch(JSON.stringify(await db.from('connection_attempts')), SECRET)
    const page = await visitor.get(`/t/${tenant.slug}/gateway`)
    assert.include(page.text, 'voltou com outra conta')

    await visitor.post(`${location}/choice`, { use: 'no' })
    const attempt = await lastAttempt()
    assert.containsSubset(attempt.$attributes, { state: 'refused', reason: 'not_chosen' })
    assert.isNull(attempt.grantCiphertext)
    const [after, ...more] = await connections(tenant)
    assert.lengthOf(more, 0)
    assert.equal(after.tokenVersion, before.tokenVersion)
  })

  test('another account is used only with the password, where the former one was', async ({
    assert,
  }) => {
    const { tenant, user, visitor } = await givenOwnerAtWork()
    await connect(visitor, tenant, FOREIGN_ACCOUNT_ID)
    const [before] = await connections(tenant)
    const other = await givenSellerAccount()
    const url = await beginAgain(visitor, tenant, before.id)
    const { location } = await cameBack(visitor, await decide(url, other.id))
    const choose = (password: string, by = visitor) =>
      by.post(`${location}/choice`, { use: 'yes', password })

    await choose('wrong')
    assert.lengthOf(await connections(tenant), 1)
    const elsewhere = await loggedIn(user)
    await elsewhere.get(`/t/${tenant.slug}/gateway`)
    assert.equal(await statusOf(choose(PASSWORD, elsewhere)), 404)
    assert.lengthOf(await connections(tenant), 1)

    await Promise.all([choose(PASSWORD), choose(PASSWORD)])
    const [former, latter, ...more] = await connections(tenant)
    assert.lengthOf(more, 0)
    assert.containsSubset(former.$attributes, { state: 'connected', isDefault: false })
    assert.containsSubset(latter.$attributes, { mpUserId: String(other.id), isDefault: true })
    assert.match(await tokenKeeper.accessToken(latter.ref), new RegExp(`-${other.id}$`))
  })

  test('the choice ends after ten minutes', async ({ assert }) => {
    const { tenant, visitor } = await givenOwnerAtWork()
    await connect(visitor, tenant, FOREIGN_ACCOUNT_ID)
    const [before] = await connections(tenant)
    const other = await givenSellerAccount()
    const url = await beginAgain(visitor, tenant, before.id)
    const { location } = await cameBack(visitor, await decide(url, other.id))

    await simulator.advance({ seconds: 601 })
    const page = await visitor.get(location)
    assert.include(page.text, 'O tempo acabou')
    await visitor.post(`${location}/choice`, { use: 'yes', password: PASSWORD })
    assert.lengthOf(await connections(tenant), 1)
    const { grantCiphertext } = await lastAttempt()
    assert.isNull(grantCiphertext)
  })
})

test.group('A provider that does not answer as it should', (group) => {
  const usual = mercadopago.timeoutMs
  group.each.teardown(() => void (mercadopago.timeoutMs = usual))

  const tryWith = async (fault: Record<string, unknown>) => {
    const owner = await givenOwnerAtWork()
    const back = await decide(await begin(owner.visitor, owner.tenant), FOREIGN_ACCOUNT_ID)
    await simulator.fault({ times: 1, ...fault })
    const { text } = await cameBack(owner.visitor, back)
    const { state, reason, verifierCiphertext } = await lastAttempt()
    return { text, state, reason, verifierCiphertext, kept: await connections(owner.tenant) }
  }

  test('silent, it is waited for no longer than the limit', async ({ assert }) => {
    mercadopago.timeoutMs = 300
    for (const kind of ['hang_after_work', 'slow_body']) {
      const begun = performance.now()
      const tried = await tryWith({ kind, route: 'POST /oauth/token', ms: 60_000 })
      assert.isBelow(performance.now() - begun, 5000)
      assert.equal(tried.reason, 'not_answered', kind)
      assert.include(tried.text, 'não respondeu a tempo')
      assert.lengthOf(tried.kept, 0)
      assert.isNull(tried.verifierCiphertext)
    }
  })

  test('broken, refusing or speaking nonsense, it connects nothing', async ({ assert }) => {
    const route = 'POST /oauth/token'
    for (const [fault, reason] of [
      [{ kind: 'server_error', route, status: 503 }, 'not_answered'],
      [{ kind: 'rate_limit', route }, 'not_answered'],
      [{ kind: 'unauthorized', route }, 'code_refused'],
      [{ kind: 'cut_body', route }, 'not_answered'],
      [{ kind: 'malformed_body', route }, 'not_answered'],
      [{ kind: 'server_error', route: 'GET /users/me' }, 'not_answered'],
      [{ kind: 'unauthorized', route: 'GET /users/me' }, 'not_answered'],
    ] as const) {
      const tried = await tryWith(fault)
      assert.equal(tried.reason, reason, JSON.stringify(fault))
      assert.equal(tried.state, 'refused')
      assert.lengthOf(tried.kept, 0)
      assert.include(tried.text, 'Nada foi alterado')
    }
  })

  test('a code that it refuses and an answer without a code', async ({ assert }) => {
    const { tenant, visitor } = await givenOwnerAtWork()
    const back = await decide(await begin(visitor, tenant), FOREIGN_ACCOUNT_ID)
    const { text } = await cameBack(visitor, back.replace(/code=[^&]+/, 'code=TG-0-1'))
    assert.include(text, 'não aceitou o código')
    const { searchParams } = new URL(await begin(visitor, tenant))
    const { text: bare } = await cameBack(visitor, `${CALLBACK}?state=${searchParams.get('state')}`)
    assert.include(bare, 'não aceitou o código')
    assert.lengthOf(await connections(tenant), 0)
  })

  test('an application that it does not accept is told apart', async ({ assert }) => {
    const { tenant, visitor } = await givenOwnerAtWork()
    const back = await decide(await begin(visitor, tenant), FOREIGN_ACCOUNT_ID)
    const path = `/applications/${PLATFORM_CLIENT_ID}`
    await simulator.control('PATCH', path, { client_secret: 'another-secret-of-the-application' })
    const { text } = await cameBack(visitor, back)
    assert.include(text, 'identificação da plataforma')
  })

  test('a grant without a lifetime is none', async ({ assert }) => {
    const { createServer } = await import('node:http')
    const answers = { access_token: 'APP_USR-1-2-3', token_type: 'bearer', user_id: 1 }
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answers))
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as { port: number }
    const { tenant, visitor } = await givenOwnerAtWork()
    const back = await decide(await begin(visitor, tenant), FOREIGN_ACCOUNT_ID)
    const { apiUrl } = mercadopago
    mercadopago.apiUrl = `http://127.0.0.1:${port}`
    const { text } = await cameBack(visitor, back).finally(() => {
      mercadopago.apiUrl = apiUrl
      server.close()
    })
    assert.include(text, 'Sem saber até quando')
    assert.deepEqual(await ending(), ['refused', 'unreadable'])
    assert.lengthOf(await connections(tenant), 0)
  })

  test('the verifier is what the challenge asked for', async ({ assert }) => {
    await withPkce()
    const { tenant, visitor } = await givenOwnerAtWork()
    const first = await begin(visitor, tenant)
    const second = await begin(visitor, tenant)
    const challenge = (url: string) => new URL(url).searchParams.get('code_challenge')!
    assert.notEqual(challenge(first), challenge(second))
    const mixed = new URL(first)
    mixed.searchParams.set('code_challenge', challenge(second))
    const { text } = await cameBack(visitor, await decide(mixed.href, FOREIGN_ACCOUNT_ID))
    assert.include(text, 'não aceitou o código')
    assert.lengthOf(await connections(tenant), 0)
  })
})

test.group('Who may connect', () => {
  test('owners, with their password; managers look; cashiers do not', async ({ assert }) => {
    const { tenant, home } = await givenOwnerAtWork()
    for (const [role, look] of [
      ['manager', 200],
      ['cashier', 403],
    ] as const) {
      const { user } = await givenMember(tenant, role)
      const visitor = await loggedIn(user)
      assert.equal(await statusOf(visitor.get(home)), look)
      assert.equal(await statusOf(visitor.get(`${home}/connect`)), 403)
      const post = await visitor.post(`${home}/attempts`, { password: PASSWORD })
      assert.equal(post.status, 403)
    }
    const outsider = await givenMember(await givenTenant(), 'owner')
    const other = await loggedIn(outsider.user)
    assert.equal(await statusOf(other.get(home)), 404)
    assert.lengthOf(await ConnectionAttempt.all(), 0)
  })

  test('a wrong password begins nothing, and too many begin no more', async ({ assert }) => {
    const { tenant, visitor, home } = await givenOwnerAtWork()
    await visitor.get(`${home}/connect`)
    await visitor.post(`${home}/attempts`, { password: 'wrong' })
    assert.lengthOf(await ConnectionAttempt.all(), 0)
    for (let tries = 0; tries < 10; tries++) await begin(visitor, tenant)
    const answer = await visitor.post(`${home}/attempts`, { password: PASSWORD })
    assert.equal(answer.status, 429)
    assert.lengthOf(await ConnectionAttempt.all(), 10)
  })
})
