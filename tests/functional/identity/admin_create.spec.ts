import { spawnSync } from 'node:child_process'
import { test } from '@japa/runner'
import User from '#app/identity/models/user'
import { givenUser, PASSWORD } from '#tests/support/given'

const create = (input: string, ...flags: string[]) =>
  spawnSync(process.execPath, ['bin/ace.mjs', 'admin:create', '--password-stdin', ...flags], {
    input,
    encoding: 'utf8',
  })

test.group('admin:create', () => {
  test('makes the first platform admin, who can log in', async ({ assert, client }) => {
    const flags = ['--email', 'Ana@Example.com', '--name', 'Ana Lima', '--json']
    const { status, stdout, stderr } = create(`${PASSWORD}\n`, ...flags)
    assert.equal(status, 0, stderr)
    assert.include(JSON.parse(stdout), { email: 'ana@example.com', isNew: true })

    const form = { email: 'ana@example.com', password: PASSWORD }
    const response = await client.post('/login').form(form).withCsrfToken().redirects(0)
    response.assertHeader('location', '/')
  })

  test('makes a known user an admin and keeps the password', async ({ assert }) => {
    const { id, email } = await givenUser()
    assert.equal(create('another password', '--email', email, '--name', 'Somebody').status, 0)
    const user = await User.findOrFail(id)
    assert.isTrue(user.isPlatformAdmin)
    assert.isTrue(await user.verifyPassword(PASSWORD))
  })

  test('says what is wrong and exits with 2', async ({ assert }) => {
    const { status, stderr } = create('short', '--email', 'ana@example.com', '--name', 'Ana')
    assert.equal(status, 2)
    assert.include(stderr, 'at least 12 characters')
    const long = create('x'.repeat(257), '--email', 'ana@example.com', '--name', 'Ana')
    assert.equal(long.status, 2)
    assert.include(long.stderr, 'at most 256 characters')
    assert.isNull(await User.findBy('email', 'ana@example.com'))
  })
})
