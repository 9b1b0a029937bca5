import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { newId } from '#app/core/ids'
import type PlatformAccount from '#app/gateway/models/platform_account'
import { Door } from '#app/webhooks/door/door'
import WebhookEvent from '#app/webhooks/models/webhook_event'
import webhooks from '#start/webhooks'
import { givenTenant } from '#tests/support/given'
import { givenCharge, givenReceivable } from '#tests/support/money'
import { givenPlatformAccount } from '#tests/support/posted_money'
import {
  givenWebhookSecrets,
  notificationOf,
  notify,
  WEBHOOK_SECRET,
  type Posted,
} from '#tests/support/webhooks'

const events = () => WebhookEvent.query().orderBy('id')
const onlyEvent = async () => {
  const rows = await events()
  if (rows.length !== 1) throw new Error(`${rows.length} events`)
  return rows[0]
}

const onlyValues = async () => {
  const { $attributes } = await onlyEvent()
  return $attributes
}
const statusOf = async (posted: Posted) => {
  const { status } = await notify(posted)
  return status
}

let account: PlatformAccount
let userId: string

async function ready() {
  await givenWebhookSecrets(WEBHOOK_SECRET)
  account = await givenPlatformAccount()
  userId = account.collectorId
}

test.group('A signed notification', (group) => {
  group.each.setup(ready)

  test('is stored and answered with 200', async ({ assert }) => {
    const { status, body } = await notify({ userId, dataId: '77', notificationId: 5 })
    assert.deepEqual({ status, body }, { status: 200, body: { status: 'ok' } })
    const event = await onlyEvent()
    assert.containsSubset(event.$attributes, {
      topic: 'payment',
      action: 'payment.updated',
      resourceId: '77',
      notificationId: '5',
      mpUserId: userId,
      signature: 'valid',
      state: 'received',
      reason: null,
      lane: userId,
      query: 'data.id=77&type=payment',
    })
    assert.equal(JSON.parse(event.body!).data.id, '77')
  })

  test('is stored once, sent five times and twice at once', async ({ assert }) => {
    const same = { userId, notificationId: 5 }
    const statuses = []
    for (let time = 0; time < 3; time++) statuses.push(await statusOf(same))
    const atOnce = await Promise.all([notify(same), notify(same)])
    assert.deepEqual([...statuses, ...atOnce.map(({ status }) => status)], Array(5).fill(200))
    await onlyEvent()
  })

  test('that differs in topic, resource, action or id is another one', async ({ assert }) => {
    const first = { userId, notificationId: 5, dataId: '1', action: 'payment.created' }
    const others = [
      { ...first, notificationId: 6 },
      { ...first, dataId: '2' },
      { ...first, action: 'payment.updated' },
      { ...first, topic: 'order' },
    ]
    for (const posted of [first, ...others]) await notify(posted)
    assert.lengthOf(await events(), 5)
  })

  test('without an id of its own is told apart by what it says', async ({ assert }) => {
    const body = JSON.stringify({ type: 'payment', data: { id: '1' } })
    await notify({ dataId: '1', body })
    await notify({ dataId: '1', body })
    await notify({ dataId: '1', body: body.replace('{', '{"live_mode":true,') })
    assert.lengthOf(await events(), 2)
  })

  test('keeps ids beyond 2^53', async ({ assert }) => {
    const body = `{"id":9007199254740993,"type":"payment","user_id":${userId},"data":{"id":"1"}}`
    await notify({ dataId: '217000061680734601', body })
    const event = await onlyEvent()
    assert.equal(event.notificationId, '9007199254740993')
    assert.equal(event.resourceId, '217000061680734601')
  })

  test('is believed in both spellings of its id, and with an old or a ms time', async ({
    assert,
  }) => {
    const dataId = 'ORD01JQ4S4KTTK9X6RZ9FM6RN4WCS'
    const old = '1763640000'
    await notify({ userId, dataId, signedId: dataId.toLowerCase(), ts: old })
    await notify({ userId, dataId, ts: `${old}123` })
    const rows = await events()
    assert.deepEqual(
      rows.map(({ signature, signedAt }) => [signature, signedAt!.toMillis()]),
      [
        ['valid', 1763640000000],
        ['valid', 1763640000123],
      ]
    )
  })

  test('may be signed with any of several secrets, and a new one counts at once', async ({
    assert,
  }) => {
    assert.equal(await statusOf({ userId, secret: 'the next secret' }), 401)
    await givenWebhookSecrets(WEBHOOK_SECRET, 'the next secret')
    assert.equal(await statusOf({ userId, secret: 'the next secret' }), 200)
    assert.equal(await statusOf({ userId }), 200)
    await givenWebhookSecrets('the next secret')
    // One that was taken back may count a second longer.
    await sleep(1100)
    assert.equal(await statusOf({ userId }), 401)
  })

  test('of a topic that nobody handles is stored as ignored', async ({ assert }) => {
    const { status } = await notify({ userId, topic: 'topic_card_id_wh' })
    assert.equal(status, 200)
    assert.containsSubset(await onlyValues(), {
      state: 'ignored',
      reason: 'unknown_topic',
      topic: 'topic_card_id_wh',
    })
  })

  test('of a user that we do not know is stored and refused', async ({ assert }) => {
    const posted = { userId: 424242, notificationId: 5 }
    const answer = { status: 400, body: { status: 'invalid_tenant' } }
    assert.deepEqual(await notify(posted), answer)
    assert.deepEqual(await notify(posted), answer)
    assert.containsSubset(await onlyValues(), {
      state: 'rejected',
      reason: 'invalid_tenant',
      signature: 'valid',
    })
  })

  test('that was refused is taken when it comes again and the account is known', async ({
    assert,
  }) => {
    const posted = { userId: Number(userId) + 1, notificationId: 5 }
    assert.equal(await statusOf(posted), 400)
    await account.merge({ collectorId: String(posted.userId) }).save()
    assert.equal(await statusOf(posted), 200)
    const [refused, taken] = await events()
    assert.deepEqual([refused.state, taken.state], ['rejected', 'received'])
  })

  test('of another account than the one its charge was issued on is refused', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const charge = await givenCharge(await givenReceivable(tenant), account)
    await charge.merge({ providerPaymentId: '555' }).save()
    const other = await givenPlatformAccount('ARS')

    const foreign = await notify({ userId: other.collectorId, dataId: '555' })
    assert.deepEqual(foreign, { status: 400, body: { status: 'invalid_tenant' } })
    assert.equal(await statusOf({ userId, dataId: '555' }), 200)
    const [refused, taken] = await events()
    assert.containsSubset(refused.$attributes, { state: 'rejected', reason: 'invalid_tenant' })
    assert.containsSubset(taken.$attributes, { state: 'received', lane: tenant.id })
  })

  test('that comes with others in another order holds nobody up', async ({ assert }) => {
    for (let round = 0; round < 20; round++) {
      const door = new Door(webhooks)
      const raws = Array.from({ length: 100 }, (_, at) => {
        const { query, body, headers } = notificationOf({ userId, dataId: `${round}0${at}` })
        const signed = { signature: headers['x-signature'], requestId: headers['x-request-id'] }
        return { query, body: String(body), sender: '::1', ...signed }
      })
      const answers = await Promise.all(
        [...raws, ...raws.toReversed()].map((raw) => door.knock(raw))
      )
      assert.deepEqual(new Set(answers), new Set(['ok']))
    }
    assert.lengthOf(await events(), 20 * 100)
  })

  test('that cannot be stored is answered with 503, to be sent again', async ({ assert }) => {
    await db.rawQuery('alter table webhook_events rename to webhook_events_away')
    try {
      assert.equal(await statusOf({ userId }), 503)
    } finally {
      await db.rawQuery('alter table webhook_events_away rename to webhook_events')
    }
    assert.equal(await statusOf({ userId }), 200)
  })

  test('leaves no session behind and gets no cookie', async ({ assert, client }) => {
    await notify({ userId })
    assert.lengthOf(await db.from('sessions'), 0)
    const response = await client.post('/webhooks/mercadopago')
    assert.isUndefined(response.header('set-cookie'))
    const other = await client.get('/webhooks/mercadopago')
    other.assertStatus(404)
  })
})

test.group('A notification that is not signed', (group) => {
  group.each.setup(ready)

  test('is a hint: 200, and one row per topic and resource an hour', async ({ assert }) => {
    for (let time = 0; time < 3; time++) {
      assert.equal(await statusOf({ userId, dataId: '1', secret: null }), 200)
    }
    await notify({ userId, dataId: '2', secret: null })
    const rows = await events()
    assert.deepEqual(
      rows.map(({ resourceId, signature, lane }) => [resourceId, signature, lane]),
      [
        ['1', 'missing', 'hints'],
        ['2', 'missing', 'hints'],
      ]
    )
  })

  test('in the older form is a hint too, whatever it carries as a signature', async ({
    assert,
  }) => {
    const body = JSON.stringify({ resource: '42', topic: 'payment' })
    const { status } = await notify({ query: 'topic=payment&id=42', body, secret: 'unknown' })
    assert.equal(status, 200)
    assert.containsSubset(await onlyValues(), {
      topic: 'payment',
      resourceId: '42',
      signature: 'missing',
      state: 'received',
    })
  })

  test('never takes the place of a signed one', async ({ assert }) => {
    await notify({ userId, notificationId: 5, secret: null })
    await notify({ userId, notificationId: 5 })
    const [hint, signed] = await events()
    assert.deepEqual([hint.signature, signed.signature], ['missing', 'valid'])
  })

  test('at nothing is answered with 200 and not stored', async ({ assert }) => {
    for (const body of ['', '{}', 'null', '{', '"x"', '{"data":{"id":null}}']) {
      assert.equal(await statusOf({ query: '', body, secret: null }), 200)
    }
    assert.lengthOf(await events(), 0)
  })

  test('of an unknown user is still only a hint', async ({ assert }) => {
    assert.equal(await statusOf({ userId: 424242, secret: null }), 200)
  })
})

test.group('A notification with a wrong signature', (group) => {
  group.each.setup(ready)

  test('is refused, and what is kept of it is bounded', async ({ assert }) => {
    for (let time = 0; time < 40; time++) {
      const forged = await notify({
        userId,
        secret: 'guessed',
        dataId: String(time),
        sender: '203.0.113.7',
      })
      assert.deepEqual(forged, { status: 401, body: { status: 'bad_signature' } })
    }
    const rows = await events()
    assert.lengthOf(rows, 20)
    for (const { state, reason, signature } of rows) {
      assert.deepEqual([state, reason, signature], ['rejected', 'bad_signature', 'invalid'])
    }
  })

  test('is refused too while no secret is known at all', async ({ assert }) => {
    await givenWebhookSecrets()
    await sleep(1100)
    assert.equal(await statusOf({ userId }), 401)
  })
})

/** What a client without manners sends. @returns the status of the answer. */
function rawRequest(text: string): Promise<number> {
  const { port, hostname } = new URL(process.env.APP_URL!)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
      if (!answer.includes('\r\n\r\n')) return
      resolve(Number(answer.split(' ', 2)[1]))
      socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('closed without an answer')))
  })
}

const head = (path: string, headers: string[]) =>
  [`POST ${path} HTTP/1.1`, 'host: localhost', ...headers, '', ''].join('\r\n')

test.group('Bad input at the door', (group) => {
  group.each.setup(ready)

  test('a body over 64 kB is refused, announced or not', async ({ assert }) => {
    const { status } = await notify({ userId, body: 'x'.repeat(70_000) })
    assert.equal(status, 413)
    const chunk = `${(70_000).toString(16)}\r\n${'x'.repeat(70_000)}\r\n0\r\n\r\n`
    const chunked = head('/webhooks/mercadopago', ['transfer-encoding: chunked']) + chunk
    assert.equal(await rawRequest(chunked), 413)
    assert.lengthOf(await events(), 0)
    assert.equal(await statusOf({ userId, body: 'x'.repeat(60_000) }), 200)
  })

  test('NUL, broken UTF-8, deep and huge JSON are stored or dropped, never a 5xx', async ({
    assert,
  }) => {
    const bodies: (string | Buffer)[] = [
      '{"data":{"id":"1"},"type":"pay\\u0000ment"}',
      '\0\0\0',
      Buffer.from([0xff, 0xfe, 0x80, 0x7b]),
      '['.repeat(30_000),
      `{"id":${'9'.repeat(5000)}}`,
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
      `{"type":"${'é'.repeat(9000)}"}`,
    ]
    for (const body of bodies) {
      for (const secret of [WEBHOOK_SECRET, null]) {
        const { status } = await notify({ userId, dataId: newId(), body, secret })
        assert.equal(status, 200)
      }
    }
    assert.notProperty({}, 'polluted')
  })

  test('strange addresses and headers are no 5xx', async ({ assert }) => {
    const queries = [
      '?data.id=%E0%A4%A&type=payment',
      '?data.id=1&data.id=2&type=payment',
      '?data[id]=1&type[]=payment',
      `?data.id=${'1'.repeat(4000)}&type=payment`,
      '?%00=%00',
      '?',
      '?data.id=%F0%9F%92%B8&type=payment',
    ]
    const signatures = ['ts=,v1=', 'v1', ',,,,', `ts=1,v1=${'f'.repeat(64)}`, '='.repeat(5000)]
    for (const query of queries) {
      for (const signature of signatures) {
        const request = head(`/webhooks/mercadopago${query}`, [
          `x-signature: ${signature}`,
          'x-request-id: \xe9',
          'content-length: 0',
        ])
        assert.isBelow(await rawRequest(request), 500, `${query} ${signature}`)
      }
    }
  })
})
