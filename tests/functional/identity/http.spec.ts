import { test } from '@japa/runner'
import router from '@adonisjs/core/services/router'
import { appUrl } from '#config/app'
import { givenUser } from '#tests/support/given'
import { loggedIn, textOf, Visitor } from '#tests/support/visitor'

const FORM = 'application/x-www-form-urlencoded'
const CSP =
  /^default-src 'self';base-uri 'none';.*frame-ancestors 'none';.*script-src 'self' 'nonce-/

test.group('Security headers', () => {
  test('are on {path}, and allow no inline script')
    .with([
      { path: '/login' },
      { path: '/no-such-page' },
      { path: '/account' },
      { path: '/health/live' },
      { path: '/favicon.svg' },
    ])
    .run(async ({ assert }, { path }) => {
      const { headers } = await new Visitor().get(path)
      const policy = headers.get('content-security-policy')!
      assert.match(policy, CSP)
      assert.notMatch(policy, /unsafe-/)
      assert.equal(headers.get('x-frame-options'), 'DENY')
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('referrer-policy'), 'same-origin')
      assert.match(headers.get('strict-transport-security')!, /max-age=315/)
    })

  test('have a nonce of their own each time', async ({ assert }) => {
    const nonceOf = async () => {
      const { headers } = await new Visitor().get('/login')
      return headers.get('content-security-policy')
    }
    assert.notEqual(await nonceOf(), await nonceOf())
  })

  test('keep what is behind a login out of every cache', async ({ assert }) => {
    const visitor = await loggedIn(await givenUser())
    const { headers } = await visitor.get('/account')
    assert.equal(headers.get('cache-control'), 'no-store')
  })
})

test.group('A page without a session', () => {
  test('stores none and sets no cookie: {path}')
    .with([{ path: '/health/live' }, { path: '/no-such-page' }, { path: '/p/unknown-token' }])
    .run(async ({ assert }, { path }) => {
      const { headers } = await new Visitor().get(path)
      assert.isEmpty(headers.getSetCookie())
    })
})

test.group('A form without its token', () => {
  test('is refused on every route that changes something', async ({ assert }) => {
    const exempt = new Set([
      // Signed by Mercado Pago.
      '/webhooks/mercadopago',
      // Signed by us and opened from a mail, without a session.
      '/reminders/:id',
      // Reads its form behind the login only: the imports' own test forges it there.
      '/t/:slug/imports/:kind',
    ])
    const routes = Object.values(router.toJSON())
      .flat()
      .filter(({ methods }) => methods.some((method) => !['GET', 'HEAD'].includes(method)))
      .filter(({ pattern }) => !exempt.has(pattern))
    assert.isAbove(routes.length, 10)

    const visitor = await loggedIn(await givenUser())
    for (const { pattern, methods } of routes) {
      const path = pattern
        .replace(':slug', 'any')
        .replace(':month', '2026-11')
        .replace(/:\w+/g, '0192f0c1-2b7e-7c3a-9f1a-5d9a3c1b2e4f')
      const method = methods.includes('POST') ? '' : `?_method=${methods[0]}`
      const { status } = await visitor.postWithout(path + method, { name: 'x' })
      assert.equal(status, 419, `${methods} ${pattern}`)
    }
  })

  test('is told so, and finds what was typed in the form again', async ({ assert }) => {
    const visitor = await loggedIn(await givenUser())
    await visitor.get('/account')
    const answer = await visitor.postWithout('/account', { fullName: 'Typed before' })
    assert.include(answer.text, 'O formulário expirou')
    assert.include(answer.text, '/account"')
    assert.include(await textOf(visitor.get('/account')), 'value="Typed before"')
  })
})

test.group('What cannot be read', () => {
  test('{name} is answered {status}')
    .with([
      { name: 'half a JSON', status: 400, type: 'application/json', body: '{"a":' },
      { name: 'a JSON that is no object', status: 422, type: 'application/json', body: '"a"' },
      { name: 'three megabytes', status: 413, type: FORM, body: 'a='.padEnd(3e6, 'x') },
      { name: 'a NUL in a form', status: 400, type: FORM, body: 'email=a%00b' },
      { name: 'a NUL in a JSON', status: 400, type: 'application/json', body: '{"a":"\\u0000"}' },
    ])
    .run(async ({ assert }, { status, type, body }) => {
      const answer = await fetch(`${appUrl}/login`, {
        method: 'POST',
        headers: { 'content-type': type, 'accept': 'text/html', 'accept-language': 'es' },
        body,
      })
      assert.equal(answer.status, status)
      assert.include(await answer.text(), '<html lang="es"')
    })

  test('a body that says it is packed as {$self} is not unpacked')
    .with(['gzip', 'deflate', 'br', 'zstd'])
    .run(async ({ assert }, encoding) => {
      const answer = await fetch(`${appUrl}/login`, {
        method: 'POST',
        headers: { 'content-type': FORM, 'content-encoding': encoding, 'accept': 'text/html' },
        body: 'email=a',
      })
      assert.equal(answer.status, 415)
    })

  test('an address that does not decode is no error of ours: {path}')
    .with([{ path: '/%E0%A4%A' }, { path: '/login?x=%00' }, { path: '/%00' }, { path: '/t/%ff' }])
    .run(async ({ assert }, { path }) => {
      const { status } = await new Visitor().get(path)
      assert.oneOf(status, [302, 400, 404])
    })
})

test.group('A program', () => {
  test('gets a problem document instead of a page', async ({ assert }) => {
    const answer = await fetch(`${appUrl}/no-such-page`, {
      headers: { accept: 'application/json' },
    })
    assert.equal(answer.status, 404)
    assert.match(answer.headers.get('content-type')!, /^application\/problem\+json/)
    assert.containSubset(await answer.json(), { type: 'about:blank', status: 404 })
  })

  test('gets the fields that are wrong', async ({ assert }) => {
    const visitor = new Visitor()
    const { text } = await visitor.get('/login')
    const answer = await fetch(`${appUrl}/login`, {
      method: 'POST',
      headers: {
        'accept': 'application/json',
        'content-type': 'application/json',
        'x-csrf-token': /name='_csrf' value='([^']+)'/.exec(text)![1],
        'cookie': [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      body: '{}',
    })
    assert.equal(answer.status, 422)
    const { errors } = (await answer.json()) as { errors: { field: string }[] }
    assert.deepEqual(errors.map(({ field }) => field).sort(), ['email', 'password'])
  })
})

test.group('Going back after a mistake', () => {
  test('never leaves the site', async ({ assert }) => {
    const visitor = new Visitor()
    const { text } = await visitor.get('/login')
    const answer = await fetch(`${appUrl}/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        referer: 'https://evil.example/login',
        cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      body: new URLSearchParams({
        _csrf: /name='_csrf' value='([^']+)'/.exec(text)![1],
        email: '',
      }),
    })
    assert.equal(answer.headers.get('location'), '/')
  })
})
