import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import {
  givenMember,
  givenPlatformAdmin,
  givenTenant,
  givenUser,
  PASSWORD,
} from '#tests/support/given'
import { loggedIn, locationOf, statusOf, textOf, Visitor } from '#tests/support/visitor'

const REFUSED = 'E-mail ou senha não conferem.'

test.group('Login', () => {
  test('sends a member of one tenant to its page', async ({ assert }) => {
    const { user, tenant } = await givenMember(await givenTenant(), 'cashier')
    const visitor = new Visitor()
    assert.equal(await locationOf(visitor.logIn(user.email)), '/')
    assert.equal(await locationOf(visitor.get('/')), `/t/${tenant.slug}`)
    assert.equal(await statusOf(visitor.get(`/t/${tenant.slug}`)), 200)
  })

  test('sends who has several tenants to the choice, a platform admin to the back office', async ({
    assert,
  }) => {
    const user = await givenUser()
    await givenMember(await givenTenant({ tradeName: 'Jasmim' }), 'owner', [], user)
    await givenMember(await givenTenant({ tradeName: 'Alecrim' }), 'manager', [], user)
    const visitor = await loggedIn(user)
    assert.equal(await locationOf(visitor.get('/')), '/tenants')
    const { text } = await visitor.get('/tenants')
    assert.match(text, /Alecrim[^]*Gerente[^]*Jasmim[^]*Proprietário/)

    const admin = await loggedIn(await givenPlatformAdmin())
    assert.equal(await locationOf(admin.get('/')), '/admin')
  })

  test('finds the email however it is written', async ({ assert }) => {
    const user = await givenUser({ email: 'Ana.Souza@Example.com' })
    assert.equal(user.email, 'ana.souza@example.com')
    assert.equal(await locationOf(new Visitor().logIn(' ANA.souza@example.COM ')), '/')
  })

  test('brings the reader back to where he was going', async ({ assert }) => {
    const { user, tenant } = await givenMember(await givenTenant(), 'owner')
    const visitor = new Visitor()
    const page = `/t/${tenant.slug}/stores?x=1`
    assert.equal(await locationOf(visitor.get(page)), '/login')
    assert.equal(await locationOf(visitor.logIn(user.email)), page)
  })

  test('goes to no other site', async ({ assert }) => {
    const user = await givenUser()
    for (const path of ['//evil.example/x', '/login?next=//evil.example', '/\\evil.example']) {
      const visitor = new Visitor()
      await visitor.get(path)
      const { location } = await visitor.logIn(user.email)
      assert.equal(location, '/')
    }
  })

  test('says the same of an unknown email, a wrong password and a disabled user', async ({
    assert,
  }) => {
    const user = await givenUser()
    const disabled = await givenUser({ disabledAt: DateTime.utc() })
    const answers = []
    for (const [email, password] of [
      ['nobody@example.com', PASSWORD],
      [user.email, 'not this one'],
      [disabled.email, PASSWORD],
    ]) {
      const visitor = new Visitor()
      const { status, location } = await visitor.logIn(email, password)
      const { text } = await visitor.get('/login')
      assert.include(text, REFUSED)
      assert.include(text, `value="${email}"`)
      assert.notInclude(text, password)
      answers.push({ status, location })
    }
    assert.deepEqual(answers, Array(3).fill({ status: 303, location: '/login' }))
  })

  test('does as much work for an unknown email as for a known one', async ({ assert }) => {
    const user = await givenUser()
    const timed = async (email: string) => {
      const visitor = new Visitor()
      await visitor.get('/login')
      const begun = performance.now()
      await visitor.post('/login', { email, password: 'not this one' })
      return performance.now() - begun
    }
    await timed('warm@example.com')
    const known: number[] = []
    const unknown: number[] = []
    for (let round = 0; round < 4; round++) {
      known.push(await timed(user.email))
      unknown.push(await timed(`nobody${round}@example.com`))
    }
    // scrypt alone takes some thirty milliseconds; without it an answer takes a fifth of that.
    const ratio = Math.min(...unknown) / Math.min(...known)
    assert.isAbove(ratio, 0.5)
    assert.isBelow(ratio, 2)
  })

  test('stops guessing after five tries, for a known and an unknown account alike', async ({
    assert,
  }) => {
    const user = await givenUser()
    for (const email of [user.email, 'nobody@example.com']) {
      const visitor = new Visitor()
      for (let round = 0; round < 5; round++) await visitor.logIn(email, `guess ${round}`)
      await visitor.logIn(email, PASSWORD)
      assert.include(await textOf(visitor.get('/login')), 'Tentativas demais')
      assert.equal(await locationOf(visitor.get('/account')), '/login')
    }
  })

  test('counts guesses that come at once', async ({ assert }) => {
    const user = await givenUser()
    const visitor = new Visitor()
    await visitor.get('/login')
    const guesses = Array.from({ length: 20 }, (_, number) => ({
      email: user.email,
      password: number === 19 ? PASSWORD : `guess ${number}`,
    }))
    await Promise.all(guesses.map((guess) => visitor.post('/login', guess)))
    assert.equal(await locationOf(visitor.get('/account')), '/login')
  })

  test('forgives the tries of who knows the password', async ({ assert }) => {
    const user = await givenUser()
    for (let round = 0; round < 8; round++) {
      assert.equal(await locationOf(new Visitor().logIn(user.email)), '/')
    }
  })

  test('refuses {name} with a message at its field')
    .with<{ name: string; form: Record<string, string> }[]>([
      { name: 'an empty email', form: { email: '', password: 'x' } },
      { name: 'an empty password', form: { email: 'a@example.com', password: '' } },
      { name: 'a megabyte of password', form: { email: 'a@b.co', password: 'x'.repeat(1e6) } },
      { name: 'a megabyte of email', form: { email: 'x'.repeat(1e6), password: 'x' } },
      { name: 'prototype keys', form: { '__proto__[email]': 'a', 'constructor': 'x' } },
    ])
    .run(async ({ assert }, { form }) => {
      const visitor = new Visitor()
      await visitor.get('/login')
      const answer = await visitor.post('/login', form)
      assert.equal(answer.status, 303)
      const { text } = await visitor.get('/login')
      assert.include(text, 'class="field-error"')
      assert.include(text, 'aria-invalid="true"')
      assert.isBelow(text.length, 20_000)
    })
})

test.group('A session', () => {
  test('begins under a new id, and the one from before is worth nothing', async ({ assert }) => {
    const user = await givenUser()
    const visitor = new Visitor()
    await visitor.get('/login')
    const fixed = visitor.cookies.get('repasse-session')!
    await visitor.logIn(user.email)
    assert.notEqual(visitor.cookies.get('repasse-session'), fixed)

    const attacker = new Visitor()
    attacker.cookies.set('repasse-session', fixed)
    assert.equal(await locationOf(attacker.get('/account')), '/login')
  })

  test('is a row of the user in the database, and its cookie tells nothing', async ({ assert }) => {
    const user = await givenUser()
    const visitor = await loggedIn(user)
    const rows = await db.from('sessions').where('user_id', user.id)
    assert.lengthOf(rows, 1)
    const cookie = Buffer.from(visitor.cookies.get('repasse-session')!, 'base64').toString()
    assert.notInclude(cookie, user.id)
  })

  test('is over after the logout, its cookie included', async ({ assert }) => {
    const user = await givenUser()
    const visitor = await loggedIn(user)
    await visitor.get('/account')
    const cookie = visitor.cookies.get('repasse-session')!
    assert.equal(await locationOf(visitor.post('/logout')), '/login')
    assert.isEmpty(await db.from('sessions').where('user_id', user.id))

    const thief = new Visitor()
    thief.cookies.set('repasse-session', cookie)
    assert.equal(await locationOf(thief.get('/account')), '/login')
  })

  test('is over with the next click of a disabled user', async ({ assert }) => {
    const user = await givenUser()
    const visitor = await loggedIn(user)
    assert.equal(await statusOf(visitor.get('/account')), 200)
    await user.merge({ disabledAt: DateTime.utc() }).save()
    assert.equal(await locationOf(visitor.get('/account')), '/login')
  })

  test('cannot be made up', async ({ assert }) => {
    const visitor = new Visitor()
    visitor.cookies.set('repasse-session', 's:eyJtZXNzYWdlIjoiYSJ9.forged')
    assert.equal(await locationOf(visitor.get('/account')), '/login')
    assert.equal(await statusOf(visitor.get('/login')), 200)
  })
})
