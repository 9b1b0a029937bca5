import { createHash } from 'node:crypto'
import { test } from '@japa/runner'
import {
  FOREIGN_ACCOUNT_ID,
  PLATFORM_ACCOUNT_ID,
  PLATFORM_CLIENT_ID,
} from '../../../app/simulator/main.js'
import {
  CALLBACK,
  CLIENT,
  bearer,
  connect,
  consent,
  errorOf,
  exchange,
  refresh,
} from './oauth_support.js'
import { statusOf, startTestSimulator, type TestSimulator } from './support.js'

const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

test.group('Simulator | tokens', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const me = (token: string) => simulator.call('GET', '/users/me', undefined, bearer(token))
  const idOf = async (token: string) => {
    const { body } = await me(token)
    return body.id
  }
  const days = (count: number) => simulator.control('/clock', { advance_days: count })
  const application = (change: Record<string, unknown>) =>
    simulator.call('PATCH', `/_simulator/applications/${PLATFORM_CLIENT_ID}`, change)

  test('come for a code, with every documented field', async ({ assert }) => {
    const { status, body } = await exchange(simulator, await consent(simulator))
    assert.equal(status, 200)
    assert.match(
      body.access_token,
      new RegExp(`^APP_USR-${PLATFORM_CLIENT_ID}-\\d{6}-[0-9a-f]{32}-${FOREIGN_ACCOUNT_ID}$`)
    )
    assert.match(body.refresh_token, new RegExp(`^TG-[0-9a-f]+-${FOREIGN_ACCOUNT_ID}$`))
    assert.match(body.public_key, /^APP_USR-[0-9a-f-]{36}$/)
    assert.deepEqual(
      { ...body, access_token: '', refresh_token: '', public_key: '' },
      {
        access_token: '',
        token_type: 'bearer',
        expires_in: 15_552_000,
        scope: 'offline_access read write',
        user_id: FOREIGN_ACCOUNT_ID,
        refresh_token: '',
        public_key: '',
        live_mode: true,
      }
    )
    assert.equal(await idOf(body.access_token), FOREIGN_ACCOUNT_ID)
  })

  test('come for a form as well', async ({ assert }) => {
    const form = new URLSearchParams({
      ...CLIENT,
      grant_type: 'authorization_code',
      code: await consent(simulator),
      redirect_uri: CALLBACK,
    })
    const response = await fetch(`${simulator.url}/oauth/token/`, { method: 'POST', body: form })
    assert.equal(response.status, 200)
    assert.equal(((await response.json()) as any).user_id, FOREIGN_ACCOUNT_ID)
  })

  test('do not come twice for one code, nor after ten minutes', async ({ assert }) => {
    const code = await consent(simulator)
    await exchange(simulator, code)
    const again = await exchange(simulator, code)
    const late = await consent(simulator)
    await simulator.control('/clock', { advance_seconds: 600 })
    for (const { status, body } of [again, await exchange(simulator, late)]) {
      assert.equal(status, 400)
      assert.deepEqual(body, {
        message:
          'Error validating grant. Your authorization code or refresh token may be expired or it was already used.',
        error: 'invalid_grant',
        status: 400,
        cause: [],
      })
    }
  })

  test('are refused with {0}')
    .with([
      ['invalid_client', { client_secret: 'wrong' }],
      ['invalid_client', { client_id: '1' }],
      ['invalid_grant', { code: 'TG-0-1' }],
      ['invalid_grant', { redirect_uri: `${CALLBACK}/` }],
      ['invalid_request', { code: undefined }],
      ['invalid_request', { redirect_uri: '' }],
      ['invalid_request', { grant_type: undefined }],
      ['invalid_request', { unheard_of: 1 }],
      ['invalid_request', { code: { of: 'what' } }],
      ['unsupported_grant_type', { grant_type: 'password' }],
      ['invalid_scope', { scope: 'read everything' }],
    ] as [string, Record<string, unknown>][])
    .run(async ({ assert }, [error, change]) => {
      const { status, body } = await exchange(simulator, await consent(simulator), change)
      assert.equal(status, 400)
      assert.deepEqual([body.error, body.status, body.cause], [error, 400, []])
    })

  test('refuse a parameter that comes twice', async ({ assert }) => {
    const body = new URLSearchParams({
      ...CLIENT,
      grant_type: 'authorization_code',
      code: await consent(simulator),
      redirect_uri: CALLBACK,
    })
    body.append('redirect_uri', CALLBACK)
    const response = await fetch(`${simulator.url}/oauth/token`, { method: 'POST', body })
    assert.equal(((await response.json()) as any).error, 'invalid_request')
  })

  test('rotate: each refresh token works once, the newest only', async ({ assert }) => {
    const first = await connect(simulator)
    const { body: second } = await refresh(simulator, first.refresh_token)
    assert.notEqual(second.access_token, first.access_token)
    assert.notEqual(second.refresh_token, first.refresh_token)
    const reused = await refresh(simulator, first.refresh_token)
    assert.equal(reused.body.error, 'invalid_grant')
    assert.equal(await statusOf(refresh(simulator, second.refresh_token)), 200)
    assert.equal(await statusOf(me(first.access_token)), 200)
  })

  test('let one of many simultaneous refreshes win', async ({ assert }) => {
    const { refresh_token: token } = await connect(simulator)
    const tries = await Promise.all(Array.from({ length: 20 }, () => refresh(simulator, token)))
    assert.lengthOf(
      tries.filter(({ status }) => status === 200),
      1
    )
  })

  test('end after 180 days, and so does what renews them', async ({ assert }) => {
    const { access_token: access, refresh_token: token } = await connect(simulator)
    await days(179)
    assert.equal(await statusOf(me(access)), 200)
    await days(1)
    assert.equal(await statusOf(me(access)), 401)
    assert.equal(await errorOf(refresh(simulator, token)), 'invalid_grant')
  })

  test('live on when renewed in time', async ({ assert }) => {
    const first = await connect(simulator)
    await days(170)
    const { body: second } = await refresh(simulator, first.refresh_token)
    await days(170)
    assert.equal(await statusOf(me(first.access_token)), 401)
    assert.equal(await statusOf(me(second.access_token)), 200)
  })

  test('cannot be renewed without offline access', async ({ assert }) => {
    const before = await connect(simulator)
    await application({ offline_access: false })
    const refused = await refresh(simulator, before.refresh_token)
    assert.equal(refused.body.error, 'unauthorized_client')
    const { body } = await exchange(simulator, await consent(simulator))
    assert.equal(body.scope, 'read write')
    assert.notProperty(body, 'refresh_token')
  })

  test('belong to one application', async ({ assert }) => {
    const { body: other } = await simulator.control('/applications', {
      owner_id: PLATFORM_ACCOUNT_ID,
    })
    const client = { client_id: other.client_id, client_secret: other.client_secret }
    const { refresh_token: token } = await connect(simulator)
    const code = await consent(simulator)
    assert.equal(await errorOf(refresh(simulator, token, client)), 'invalid_grant')
    assert.equal(await errorOf(exchange(simulator, code, client)), 'invalid_grant')
    assert.equal(await statusOf(exchange(simulator, code)), 200)
  })

  test('for tests are marked as such, and so is what they make', async ({ assert }) => {
    const code = await consent(simulator)
    const { body } = await exchange(simulator, code, { test_token: 'true' })
    assert.isFalse(body.live_mode)
    assert.match(body.access_token, /^TEST-/)
    const headers = { ...bearer(body.access_token), 'x-idempotency-key': 'k' }
    const request = { transaction_amount: 5, payment_method_id: 'pix', payer: { email: 'a@b.co' } }
    const payment = await simulator.call('POST', '/v1/payments', request, headers)
    assert.isFalse(payment.body.live_mode)
    const { body: deliveries } = await simulator.get('/_simulator/deliveries')
    assert.deepEqual(
      deliveries.map((delivery: any) => [delivery.type, delivery.body.live_mode]),
      [
        ['payment', false],
        ['mp-connect', false],
      ]
    )
  })

  test('of its own account come for the application alone', async ({ assert }) => {
    const { status, body } = await simulator.call('POST', '/oauth/token', {
      ...CLIENT,
      grant_type: 'client_credentials',
    })
    assert.equal(status, 200)
    assert.equal(body.expires_in, 21_600)
    assert.notProperty(body, 'refresh_token')
    assert.equal(await idOf(body.access_token), PLATFORM_ACCOUNT_ID)
    await simulator.control('/clock', { advance_seconds: 21_600 })
    assert.equal(await statusOf(me(body.access_token)), 401)
  })

  test('come for the verifier of a challenge only', async ({ assert }) => {
    assert.equal(createHash('sha256').update(VERIFIER).digest('base64url'), CHALLENGE)
    const hashed = { code_challenge: CHALLENGE, code_challenge_method: 'S256' }
    const plain = { code_challenge: VERIFIER, code_challenge_method: 'plain' }
    for (const [challenge, verifier, error] of [
      [hashed, VERIFIER, undefined],
      [plain, VERIFIER, undefined],
      [hashed, CHALLENGE, 'invalid_grant'],
      [plain, CHALLENGE, 'invalid_grant'],
      [hashed, undefined, 'invalid_request'],
      [hashed, 'short', 'invalid_grant'],
    ] as const) {
      const code = await consent(simulator, challenge)
      const { body } = await exchange(simulator, code, { code_verifier: verifier })
      assert.equal(body.error, error)
    }
  })

  test('survive a lost answer as the seller would see it', async ({ assert }) => {
    const { access_token: access, refresh_token: token } = await connect(simulator)
    const route = 'POST /oauth/token'
    await simulator.control('/faults', {
      kind: 'hang_after_work',
      route,
      account_id: FOREIGN_ACCOUNT_ID,
      times: 1,
    })
    const body = JSON.stringify({ ...CLIENT, grant_type: 'refresh_token', refresh_token: token })
    const headers = { 'content-type': 'application/json' }
    const signal = AbortSignal.timeout(300)
    const lost = fetch(`${simulator.url}/oauth/token`, { method: 'POST', headers, body, signal })
    await assert.rejects(() => lost)
    assert.equal(await errorOf(refresh(simulator, token)), 'invalid_grant')
    assert.equal(await statusOf(me(access)), 200)
    const journal = await simulator.journal()
    const calls = journal.filter((entry) => entry.route === route)
    assert.deepEqual([calls.at(-2)!.status, calls.at(-2)!.work_status], [null, 200])
    assert.equal(calls.at(-2)!.account_id, FOREIGN_ACCOUNT_ID)
    assert.notInclude(JSON.stringify(calls), token)
  })

  test('answer 429 with the word of the token endpoint', async ({ assert }) => {
    await simulator.control('/faults', { kind: 'rate_limit', route: 'POST /oauth/token', times: 1 })
    const { status, body } = await refresh(simulator, 'TG-0-1')
    assert.deepEqual([status, body.error], [429, 'local_rate_limited'])
  })
})
