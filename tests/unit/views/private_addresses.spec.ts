import { test } from '@japa/runner'
import { isPrivateAddress } from '#app/core/http/private_addresses'

test.group('Private addresses', () => {
  test('{$self} may name the address that it forwards for')
    .with([
      '127.0.0.1',
      '::1',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '::ffff:10.0.0.1',
      'fd00::1',
    ])
    .run(({ assert }, address) => {
      assert.isTrue(isPrivateAddress(address))
    })

  test('{$self} may not')
    .with(['8.8.8.8', '172.32.0.1', '2001:db8::1', '::ffff:8.8.8.8', 'nonsense', ''])
    .run(({ assert }, address) => {
      assert.isFalse(isPrivateAddress(address))
    })
})
