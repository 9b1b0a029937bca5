import { test } from '@japa/runner'
import encryption from '@adonisjs/core/services/encryption'
import { credentialKeys } from '#app/core/credential_keys'
import {
  Undecryptable,
  blindIndex,
  currentKeyId,
  keyIdOf,
  open,
  purposeOf,
  seal,
} from '#app/core/vault'

const PURPOSE = purposeOf('customers', 'tax_id', 'row-1', 'tenant-1')

test.group('The vault', () => {
  test('opens what it sealed', ({ assert }) => {
    assert.equal(open(seal('52998224725', PURPOSE), PURPOSE), '52998224725')
    assert.deepEqual(open(seal({ bank: '001' }, PURPOSE), PURPOSE), { bank: '001' })
  })

  test('never opens to an empty value', ({ assert }) => {
    assert.throws(() => open(seal('', PURPOSE), PURPOSE), Undecryptable as never)
  })

  test('seals a value differently each time, and not in clear', ({ assert }) => {
    const [one, other] = [seal('52998224725', PURPOSE), seal('52998224725', PURPOSE)]
    assert.notEqual(one, other)
    assert.notInclude(one + Buffer.from(one.split('.')[1] ?? '', 'base64url'), '52998224725')
  })

  test('does not open what was moved to another {0}')
    .with([
      ['tenant', purposeOf('customers', 'tax_id', 'row-1', 'tenant-2')],
      ['row', purposeOf('customers', 'tax_id', 'row-2', 'tenant-1')],
      ['column', purposeOf('customers', 'email', 'row-1', 'tenant-1')],
      ['table', purposeOf('tenants', 'tax_id', 'row-1', 'tenant-1')],
    ])
    .run(({ assert }, [, purpose]) => {
      assert.throws(() => open(seal('secret', PURPOSE), purpose), Undecryptable as never)
    })

  test('does not open what was damaged', ({ assert }) => {
    const sealed = seal('secret', PURPOSE)
    for (const damaged of ['', 'x', sealed.slice(0, -2), `${sealed}x`, sealed.replace('.', '.A')]) {
      assert.throws(() => open(damaged, PURPOSE), Undecryptable as never)
    }
  })

  test('does not open what another key sealed under a known name', ({ assert }) => {
    const sealed = seal('secret', PURPOSE)
    const renamed = sealed.replace(currentKeyId(), 'test1')
    assert.throws(() => open(renamed, PURPOSE), Undecryptable as never)
    assert.throws(
      () => open(sealed.replace(currentKeyId(), 'gone'), PURPOSE),
      Undecryptable as never
    )
    assert.throws(
      () => open(sealed.replace(currentKeyId(), 'app'), PURPOSE),
      Undecryptable as never
    )
  })

  test('opens what an older key sealed, and seals with the newest', ({ assert }) => {
    const old = encryption.use('test1' as never).encrypt('secret', { purpose: PURPOSE })
    assert.equal(keyIdOf(old), 'test1')
    assert.equal(open(old, PURPOSE), 'secret')
    assert.equal(keyIdOf(seal('secret', PURPOSE)), 'test2')
  })

  test("knows the framework's trap: a purpose in an object opens nothing", ({ assert }) => {
    const driver = encryption.use(currentKeyId() as never)
    assert.isNull(driver.decrypt(seal('secret', PURPOSE), { purpose: PURPOSE } as never))
  })

  test('an error names the place and never the value', ({ assert }) => {
    const sealed = seal('secret', PURPOSE)
    try {
      open(sealed, 'elsewhere')
      assert.fail('it opened')
    } catch (error) {
      assert.include((error as Error).message, 'elsewhere')
      assert.notInclude((error as Error).message, sealed)
    }
  })

  test('a fingerprint is the same for the same value and purpose only', ({ assert }) => {
    assert.equal(blindIndex('529', 'a'), blindIndex('529', 'a'))
    assert.notEqual(blindIndex('529', 'a'), blindIndex('529', 'b'))
    assert.notEqual(blindIndex('529', 'a'), blindIndex('530', 'a'))
    assert.match(blindIndex('529', 'a'), /^[0-9a-f]{64}$/)
  })
})

test.group('CREDENTIAL_KEYS', () => {
  const secret = 's'.repeat(32)

  test('lists keys, the first of them in use', ({ assert }) => {
    const keys = credentialKeys(`k2:${secret}, k1:${secret}`)
    assert.deepEqual(
      keys.map(({ id }) => id),
      ['k2', 'k1']
    )
  })

  test('refuses {$self}')
    .with(['', 'k1', `:${secret}`, 'k1:short', `app:${secret}`, `K1:${secret}`, `k1:${secret},`])
    .run(({ assert }, list) => {
      assert.throws(() => credentialKeys(list), /CREDENTIAL_KEYS/)
    })

  test('refuses an id that appears twice', ({ assert }) => {
    assert.throws(() => credentialKeys(`k1:${secret},k1:${secret}`), /twice/)
  })
})
