import { test } from '@japa/runner'
import {
  FOREIGN_ACCOUNT_ID,
  PLATFORM_ACCOUNT_ID,
  PLATFORM_CLIENT_ID,
  PLATFORM_WEBHOOK_SECRET,
} from '../../../app/simulator/main.js'
import { signatureOf } from '../../../app/simulator/notifications/signature.js'
import { CALLBACK, bearer, connect, consent, exchange } from './oauth_support.js'
import {
  startReceiver,
  statusOf,
  textOf,
  startTestSimulator,
  type TestSimulator,
} from './support.js'

const REQUEST = {
  client_id: PLATFORM_CLIENT_ID,
  response_type: 'code',
  platform_id: 'mp',
  state: 'random state',
  redirect_uri: CALLBACK,
}

const CHALLENGE = {
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
}

test.group('Simulator | the consent page', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const show = (change: Record<string, string> = {}) =>
    fetch(`${simulator.url}/authorization?${new URLSearchParams({ ...REQUEST, ...change })}`, {
      redirect: 'manual',
    })

  const decide = (change: Record<string, string>) =>
    fetch(`${simulator.url}/authorization`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ ...REQUEST, ...change }),
    })

  test('names the application and offers every account', async ({ assert }) => {
    const response = await show()
    const html = await response.text()
    assert.equal(response.status, 200)
    for (const account of simulator.accounts) assert.include(html, account.nickname)
    assert.include(html, 'Platform')
    const policy = response.headers.get('content-security-policy')
    assert.include(policy!, `form-action 'self' http://127.0.0.1:1;`)
  })

  test('sends whoever allows back with a code that works', async ({ assert }) => {
    const response = await decide({ decision: 'allow', account_id: String(FOREIGN_ACCOUNT_ID) })
    const url = new URL(response.headers.get('location')!)
    assert.equal(response.status, 303)
    assert.equal(url.origin + url.pathname, CALLBACK)
    assert.equal(url.searchParams.get('state'), 'random state')
    assert.match(url.searchParams.get('code')!, new RegExp(`^TG-[0-9a-f]+-${FOREIGN_ACCOUNT_ID}$`))
    assert.equal(await statusOf(exchange(simulator, url.searchParams.get('code')!)), 200)
  })

  test('sends whoever denies back with an error', async ({ assert }) => {
    const response = await decide({ decision: 'deny' })
    const { searchParams } = new URL(response.headers.get('location')!)
    assert.deepEqual(Object.fromEntries(searchParams), {
      error: 'access_denied',
      state: 'random state',
    })
  })

  test('sends nobody to an address that is not registered letter by letter', async ({ assert }) => {
    for (const redirectUri of [`${CALLBACK}/`, `${CALLBACK}?a=1`, 'http://evil.example/', '']) {
      const response = await show({ redirect_uri: redirectUri })
      assert.equal(response.status, 400)
      assert.isNull(response.headers.get('location'))
    }
  })

  test('refuses another {$self}')
    .with(['client_id', 'platform_id'])
    .run(async ({ assert }, name) => {
      assert.equal(await statusOf(show({ [name]: 'other' })), 400)
    })

  test('tells the application what it asked wrongly', async ({ assert }) => {
    const errorOf = async (change: Record<string, string>) => {
      const { headers } = await show(change)
      const location = headers.get('location')
      return location && new URL(location).searchParams.get('error')
    }
    assert.equal(await errorOf({ response_type: 'token' }), 'unsupported_response_type')
    assert.equal(await errorOf({ code_challenge: 'too short' }), 'invalid_request')
    await simulator.call('PATCH', `/_simulator/applications/${PLATFORM_CLIENT_ID}`, { pkce: true })
    assert.equal(await errorOf({}), 'invalid_request')
    assert.equal(await errorOf({ code_challenge: CHALLENGE.code_challenge }), 'invalid_request')
    assert.equal(await errorOf({ ...CHALLENGE, code_challenge_method: 'S512' }), 'invalid_request')
    assert.isNull(await errorOf(CHALLENGE))
  })

  test('escapes what it is given', async ({ assert }) => {
    const html = await await textOf(show({ state: '"><script>' }))
    assert.notInclude(html, '<script>')
  })

  test('fails on request, and is in the journal', async ({ assert }) => {
    const fault = { kind: 'server_error', route: 'GET /authorization', times: 1 }
    await simulator.control('/faults', fault)
    assert.equal(await statusOf(show()), 500)
    assert.equal(await statusOf(show()), 200)
    const journal = await simulator.journal()
    const calls = journal.filter(({ route }) => route === 'GET /authorization')
    assert.deepEqual(
      calls.map(({ status }) => status),
      [500, 200]
    )
  })
})

test.group('Simulator | linked accounts', () => {
  test('are told to the application as they come and go', async ({ assert, cleanup }) => {
    const receiver = await startReceiver()
    const simulator = await startTestSimulator({ appUrl: receiver.url })
    cleanup(async () => {
      await simulator.close()
      await receiver.close()
    })
    const redirectUri = `${receiver.url}/tenant/gateway/callback`
    const code = await consent(simulator, { redirect_uri: redirectUri })
    const { body: granted } = await exchange(simulator, code, { redirect_uri: redirectUri })
    await simulator.control('/deliveries/flush', { due_only: true })
    const path = `/_simulator/accounts/${FOREIGN_ACCOUNT_ID}/connections/${PLATFORM_CLIENT_ID}`
    assert.equal(await statusOf(simulator.call('DELETE', path)), 204)
    assert.lengthOf(receiver.received, 2)
    assert.equal(await statusOf(simulator.call('DELETE', path)), 404)
    const me = await simulator.call('GET', '/users/me', undefined, bearer(granted.access_token))
    assert.equal(me.status, 401)

    assert.lengthOf(receiver.received, 2)
    for (const [index, action] of ['authorized', 'deauthorized'].entries()) {
      const { url, headers, body } = receiver.received[index]
      assert.deepEqual(Object.fromEntries(url.searchParams), {
        'data.id': String(FOREIGN_ACCOUNT_ID),
        'type': 'mp-connect',
      })
      const [, ts] = /ts=(\d+)/.exec(String(headers['x-signature']))!
      const requestId = String(headers['x-request-id'])
      const dataId = String(FOREIGN_ACCOUNT_ID)
      const signed = signatureOf(PLATFORM_WEBHOOK_SECRET, { dataId, requestId, ts })
      assert.equal(headers['x-signature'], signed)
      assert.isString(body.id)
      assert.match(body.id, /^\d+$/)
      assert.match(body.date_created, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
      assert.deepEqual(
        { ...body, id: '', date_created: '' },
        {
          action: `application.${action}`,
          api_version: 'v1',
          data: { id: String(FOREIGN_ACCOUNT_ID) },
          date_created: '',
          id: '',
          live_mode: true,
          type: 'mp-connect',
          user_id: FOREIGN_ACCOUNT_ID,
        }
      )
    }
  })

  test('are listed, and let go of by page', async ({ assert, cleanup }) => {
    const simulator = await startTestSimulator()
    cleanup(() => simulator.close())
    const { access_token: token } = await connect(simulator)
    await connect(simulator, PLATFORM_ACCOUNT_ID)
    const path = `/accounts/${FOREIGN_ACCOUNT_ID}/connections`
    const { body: listed } = await simulator.get(`/_simulator${path}`)
    assert.lengthOf(listed, 1)
    assert.deepInclude(listed[0], { client_id: PLATFORM_CLIENT_ID, live_mode: true })
    const html = await await textOf(fetch(simulator.url + path))
    assert.include(html, 'Disconnect Platform')
    const body = new URLSearchParams({ client_id: PLATFORM_CLIENT_ID })
    await fetch(`${simulator.url}${path}/removal`, { method: 'POST', body })
    const { body: left } = await simulator.get(`/_simulator${path}`)
    assert.lengthOf(left, 0)
    const me = await simulator.call('GET', '/users/me', undefined, bearer(token))
    assert.equal(me.status, 401)
    const effects = await simulator.journal('application.')
    assert.deepEqual(
      effects.map(({ effect, account_id: account }) => [effect, account]),
      [
        ['application.authorized', FOREIGN_ACCOUNT_ID],
        ['application.authorized', PLATFORM_ACCOUNT_ID],
        ['application.deauthorized', FOREIGN_ACCOUNT_ID],
      ]
    )
  })

  test('stay linked when the application is renamed', async ({ assert, cleanup }) => {
    const simulator = await startTestSimulator()
    cleanup(() => simulator.close())
    const { access_token: token } = await connect(simulator)
    const path = `/_simulator/applications/${PLATFORM_CLIENT_ID}`
    await simulator.call('PATCH', path, { client_id: '77' })
    const me = await simulator.call('GET', '/users/me', undefined, bearer(token))
    assert.equal(me.status, 200)
    const { body } = await simulator.get(`/_simulator/accounts/${FOREIGN_ACCOUNT_ID}/connections`)
    assert.equal(body[0].client_id, '77')
  })
})
