import { test } from '@japa/runner'
import AuditEntry from '#app/core/models/audit_entry'
import { givenUser, PASSWORD } from '#tests/support/given'
import { loggedIn, locationOf, textOf, Visitor } from '#tests/support/visitor'

const NEW_PASSWORD = 'a longer and newer sentence'

const change = {
  currentPassword: PASSWORD,
  newPassword: NEW_PASSWORD,
  newPasswordConfirmation: NEW_PASSWORD,
}

test.group('The own password', () => {
  test('changed, ends all other sessions and keeps this one', async ({ assert }) => {
    const user = await givenUser()
    const [here, phone] = [new Visitor(), new Visitor()]
    await here.logIn(user.email)
    await phone.logIn(user.email)
    await here.get('/account')
    assert.equal(await locationOf(here.post('/account/password', change)), '/account')

    assert.include(await textOf(here.get('/account')), 'Senha trocada')
    assert.equal(await locationOf(phone.get('/account')), '/login')
    assert.equal(await locationOf(new Visitor().logIn(user.email, NEW_PASSWORD)), '/')
    assert.equal(await locationOf(new Visitor().logIn(user.email, PASSWORD)), '/login')
    const [entry] = await AuditEntry.all()
    assert.containSubset(entry.$attributes, { action: 'user.password_changed', userId: user.id })
  })

  test('ends a session that a request in flight wrote back', async ({ assert }) => {
    const user = await givenUser()
    const visitor = await loggedIn(user)
    await user.merge({ password: NEW_PASSWORD }).save()
    assert.equal(await locationOf(visitor.get('/account')), '/login')
  })

  test('stays when {name}')
    .with([
      { name: 'the current one is wrong', form: { ...change, currentPassword: 'wrong' } },
      { name: 'it is short', form: { ...change, newPassword: 'short' } },
      { name: 'its repetition differs', form: { ...change, newPasswordConfirmation: 'other' } },
    ])
    .run(async ({ assert }, { form }) => {
      const user = await givenUser()
      const visitor = await loggedIn(user)
      await visitor.get('/account')
      await visitor.post('/account/password', form)
      const { text } = await visitor.get('/account')
      assert.include(text, 'class="field-error"')
      assert.notInclude(text, NEW_PASSWORD)
      assert.equal(await locationOf(new Visitor().logIn(user.email, PASSWORD)), '/')
    })

  test('cannot be guessed in a session left open', async ({ assert }) => {
    const user = await givenUser()
    const visitor = await loggedIn(user)
    await visitor.get('/account')
    for (let round = 0; round < 10; round++) {
      await visitor.post('/account/password', { ...change, currentPassword: `guess ${round}` })
    }
    await visitor.post('/account/password', change)
    assert.include(await textOf(visitor.get('/account')), 'Tentativas demais')
    await user.refresh()
    assert.isTrue(await user.verifyPassword(PASSWORD))
  })
})

test.group('The reader’s language', () => {
  test('is the browser’s before the login, the user’s after it', async ({ assert }) => {
    const user = await givenUser({ locale: 'es' })
    const visitor = new Visitor('en-GB,en;q=0.9')
    assert.include(await textOf(visitor.get('/login')), '<html lang="en"')
    await visitor.logIn(user.email)
    assert.include(await textOf(visitor.get('/account')), '<html lang="es"')
    assert.include(await textOf(visitor.get('/no-such-page')), '<html lang="es"')
  })

  test('is switched in the footer, for a stranger and for a user', async ({ assert }) => {
    const user = await givenUser()
    const visitor = new Visitor()
    await visitor.get('/login')
    assert.equal(await locationOf(visitor.post('/language', { locale: 'es' })), '/login')
    assert.include(await textOf(visitor.get('/login')), '<html lang="es"')

    await visitor.logIn(user.email)
    await visitor.get('/account')
    await visitor.post('/language', { locale: 'en' })
    assert.include(await textOf(visitor.get('/account')), '<html lang="en"')
    await user.refresh()
    assert.equal(user.locale, 'en')
  })

  test('stays when another is asked for that we do not speak', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.get('/login')
    await visitor.post('/language', { locale: '../../etc/passwd' })
    assert.include(await textOf(visitor.get('/login')), '<html lang="pt-BR"')
  })

  test('is taken from the address for one page', async ({ assert }) => {
    const visitor = new Visitor()
    assert.include(await textOf(visitor.get('/login?lang=es')), '<html lang="es"')
    assert.include(await textOf(visitor.get('/login?lang=xx')), '<html lang="pt-BR"')
  })
})

test.group('The own profile', () => {
  test('takes name, language and time zone, and nothing else', async ({ assert }) => {
    const user = await givenUser()
    const visitor = await loggedIn(user)
    await visitor.get('/account')
    await visitor.post('/account', {
      fullName: ' Ana Souza ',
      locale: 'en',
      timeZone: 'America/Lima',
      isPlatformAdmin: 'true',
      is_platform_admin: '1',
      email: 'other@example.com',
    })
    const { fullName, locale, timeZone, isPlatformAdmin, email } = await user.refresh()
    assert.deepEqual([fullName, locale, timeZone], ['Ana Souza', 'en', 'America/Lima'])
    assert.isFalse(isPlatformAdmin)
    assert.equal(email, user.email)
  })

  test('says what is wrong and keeps what was typed', async ({ assert }) => {
    const user = await givenUser()
    const visitor = await loggedIn(user)
    await visitor.get('/account')
    await visitor.post('/account', { fullName: 'A', locale: 'pt-BR', timeZone: 'Mars/Olympus' })
    const { text } = await visitor.get('/account')
    assert.include(text, 'value="A"')
    assert.include(text, 'Use pelo menos 2 caracteres.')
    assert.include(text, 'Escolha uma das opções.')
  })
})
