import { test } from '@japa/runner'
import { manifestOf, signatureOf } from '../../../app/simulator/notifications/signature.js'

const VECTOR = {
  secret: 'f2b1c0d9e8a7465544332211ffeeddcc00112233445566778899aabbccddeeff',
  requestId: 'bb56a2f1-6aae-46ac-982e-9dcd3581d08e',
  ts: '1763640000',
}

const HASHES: [string, string][] = [
  ['1234567890', '2ac09db0a529df18a930911d6d1a3c2c477ed3cf7d5098ddc8412c264dddd142'],
  [
    'ORD01JQ4S4KTTK9X6RZ9FM6RN4WCS',
    '132cad0f012ca1e3df362652f8354ef2478206a3ff4c1013053c82b8bb19669e',
  ],
  [
    'ord01jq4s4kttk9x6rz9fm6rn4wcs',
    'b7861d1e5b98d18986e905aa87d0dcba97255b77ed72a7414f9de9487113300b',
  ],
  [
    '2c938084726fca480172750000000000',
    'a883003480b5a73e9d09bdf1fd3b86b1a8193223bfc1478847f73a8356027f07',
  ],
]

test.group('Simulator | signatures', () => {
  test('signs {0} as the published vectors do')
    .with(HASHES)
    .run(({ assert }, [dataId, hash]) => {
      assert.equal(signatureOf(VECTOR.secret, { dataId, ...VECTOR }), `ts=1763640000,v1=${hash}`)
    })

  test('leave a missing part out together with its semicolon', ({ assert }) => {
    assert.equal(manifestOf('1', 'r', '2'), 'id:1;request-id:r;ts:2;')
    assert.equal(manifestOf('1', '', '2'), 'id:1;ts:2;')
  })
})
