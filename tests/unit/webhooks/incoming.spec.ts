import { test } from '@japa/runner'
import { readNotification } from '#app/webhooks/door/incoming'

const read = (query: string, body: unknown = '') => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return readNotification({
    query,
    body: text,
    signature: undefined,
    requestId: undefined,
    sender: '127.0.0.1',
  })
}

test.group('Reading a notification', () => {
  test('a webhook says where to look', ({ assert }) => {
    const incoming = read('data.id=999999999&type=payment', {
      id: 12345,
      type: 'payment',
      user_id: 44444,
      action: 'payment.created',
      data: { id: '999999999' },
    })
    assert.containsSubset(incoming, {
      topic: 'payment',
      action: 'payment.created',
      notificationId: '12345',
      resourceId: '999999999',
      mpUserId: '44444',
      signedId: '999999999',
      isIpn: false,
    })
  })

  test('ids beyond 2^53 keep their digits', ({ assert }) => {
    const body =
      '{"id":9007199254740993,"type":"payment","user_id":90071992547409931,"data":{"id":217000061680734601}}'
    const incoming = read('type=topic_chargebacks_wh', body)
    assert.equal(incoming.notificationId, '9007199254740993')
    assert.equal(incoming.mpUserId, '90071992547409931')
    assert.equal(incoming.resourceId, '217000061680734601')
  })

  test('the older form is read, and its signature is not relied on', ({ assert }) => {
    const incoming = read('topic=payment&id=42', { resource: '42', topic: 'payment' })
    assert.containsSubset(incoming, { topic: 'payment', resourceId: '42', isIpn: true })
    assert.isNull(incoming.signedId)
    const order = read('', {
      resource: 'https://api.mercadolibre.com/merchant_orders/4018801790',
      topic: 'merchant_order',
    })
    assert.containsSubset(order, { topic: 'merchant_order', resourceId: '4018801790' })
  })

  test('the query, which is signed, wins over the body', ({ assert }) => {
    const incoming = read('data.id=1&type=payment', { type: 'order', data: { id: '2' } })
    assert.containsSubset(incoming, { topic: 'payment', resourceId: '1' })
  })

  test('what does not look like an id or a topic is nothing', ({ assert }) => {
    const bodies = ['', '{', 'null', '[]', '"x"', '1', '{"data":null}', '{"data":"x","id":{}}']
    for (const body of bodies) assert.isNull(read('', body).resourceId, body)
    const strange = ['a'.repeat(65), '../x', 'é', '1 or 1=1', '\0', '']
    for (const id of strange) {
      assert.isNull(read(`data.id=${encodeURIComponent(id)}&type=payment`).resourceId, id)
      assert.isNull(read(`data.id=1&type=${encodeURIComponent(id)}`).topic, id)
    }
    assert.isNull(read('', { user_id: '12a' }).mpUserId)
  })

  test('keys of the prototype are no notification', ({ assert }) => {
    const incoming = read('', '{"__proto__":{"data":{"id":"1"},"type":"payment"}}')
    assert.isNull(incoming.resourceId)
    assert.isNull(incoming.topic)
  })
})
