import { createHmac, createSecretKey } from 'node:crypto'
import { test } from '@japa/runner'
import { isSignedBy, signedAt } from '#app/webhooks/door/signature'

/** Computed apart from this code, and accepted by Mercado Pago's own package. */
const SECRET = 'f2b1c0d9e8a7465544332211ffeeddcc00112233445566778899aabbccddeeff'
const requestId = 'bb56a2f1-6aae-46ac-982e-9dcd3581d08e'
const key = (secret: string) => createSecretKey(secret, 'utf8')
const secrets = [key(SECRET)]

const vectors = {
  '1234567890': '2ac09db0a529df18a930911d6d1a3c2c477ed3cf7d5098ddc8412c264dddd142',
  'ORD01JQ4S4KTTK9X6RZ9FM6RN4WCS':
    '132cad0f012ca1e3df362652f8354ef2478206a3ff4c1013053c82b8bb19669e',
  'ord01jq4s4kttk9x6rz9fm6rn4wcs':
    'b7861d1e5b98d18986e905aa87d0dcba97255b77ed72a7414f9de9487113300b',
  '2c938084726fca480172750000000000':
    'a883003480b5a73e9d09bdf1fd3b86b1a8193223bfc1478847f73a8356027f07',
}

const header = (v1: string, ts = '1763640000') => `ts=${ts},v1=${v1}`
const sign = (manifest: string, secret = SECRET) =>
  createHmac('sha256', secret).update(manifest).digest('hex')

test.group('Signature of a notification', () => {
  for (const [dataId, v1] of Object.entries(vectors)) {
    test(`the official signature of ${dataId} verifies`, ({ assert }) => {
      assert.isTrue(isSignedBy(secrets, { dataId, requestId, signature: header(v1) }))
    })
  }

  test('an id signed in lower case verifies, whichever way it is spelled', ({ assert }) => {
    const signature = header(vectors.ord01jq4s4kttk9x6rz9fm6rn4wcs)
    const dataId = 'ORD01JQ4S4KTTK9X6RZ9FM6RN4WCS'
    assert.isTrue(isSignedBy(secrets, { dataId, requestId, signature }))
  })

  test('another id, request, time, secret or a cut hash does not verify', ({ assert }) => {
    const v1 = vectors['1234567890']
    const genuine = { dataId: '1234567890', requestId, signature: header(v1) }
    assert.isTrue(isSignedBy(secrets, genuine))
    const wrong = [
      { ...genuine, dataId: '1234567891' },
      { ...genuine, dataId: null },
      { ...genuine, requestId: undefined },
      { ...genuine, requestId: 'bb56a2f1-6aae-46ac-982e-9dcd3581d08f' },
      { ...genuine, signature: header(v1, '1763640001') },
      { ...genuine, signature: header(v1.slice(0, 62)) },
      { ...genuine, signature: header(`${v1}00`) },
      { ...genuine, signature: `ts=1763640000` },
      { ...genuine, signature: v1 },
      { ...genuine, signature: 'v1=,ts=' },
      { ...genuine, signature: '' },
    ]
    for (const signed of wrong) assert.isFalse(isSignedBy(secrets, signed), JSON.stringify(signed))
    assert.isFalse(isSignedBy([key('another')], genuine))
    assert.isFalse(isSignedBy([], genuine))
  })

  test('one of several secrets suffices', ({ assert }) => {
    const both = [key('old'), key(SECRET)]
    const signature = header(vectors['1234567890'])
    assert.isTrue(isSignedBy(both, { dataId: '1234567890', requestId, signature }))
  })

  test('a part that is missing is left out of what is signed', ({ assert }) => {
    const onlyTime = header(sign('ts:1763640000;'))
    assert.isTrue(isSignedBy(secrets, { dataId: null, requestId: undefined, signature: onlyTime }))
    const noTime = `v1=${sign(`id:7;request-id:${requestId};`)}`
    assert.isTrue(isSignedBy(secrets, { dataId: '7', requestId, signature: noTime }))
  })

  test('spaces, order and capitals of the header do not matter', ({ assert }) => {
    const signature = ` V1=${vectors['1234567890'].toUpperCase()} , TS=1763640000`
    assert.isTrue(isSignedBy(secrets, { dataId: '1234567890', requestId, signature }))
  })

  test('its time is read from seconds and from milliseconds', ({ assert }) => {
    const at = (ts: string) => signedAt(header('', ts))?.toISO() ?? null
    assert.equal(at('1763640000'), '2025-11-20T12:00:00.000Z')
    assert.equal(at('1763640000123'), '2025-11-20T12:00:00.123Z')
    for (const ts of ['', '1', 'x', '-1763640000', '99999999999999999']) assert.isNull(at(ts))
  })
})
