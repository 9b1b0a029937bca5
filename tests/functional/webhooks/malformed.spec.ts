import { test } from '@japa/runner'
import fc from 'fast-check'
import WebhookEvent from '#app/webhooks/models/webhook_event'
import { givenPlatformAccount } from '#tests/support/posted_money'
import { isLong } from '#tests/support/property'
import { givenWebhookSecrets, notificationOf, WEBHOOK_SECRET } from '#tests/support/webhooks'

const INPUTS = isLong ? 100_000 : 10_000
const AT_ONCE = 50

const text = fc.string({ unit: 'binary', maxLength: 80 })
const idLike = fc.oneof(text, fc.bigInt().map(String), fc.constant('1'), fc.uuid())
const bodies = fc.oneof(
  text,
  fc.json({ maxDepth: 4 }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .record(
      {
        id: fc.anything(),
        type: fc.oneof(text, fc.constant('payment')),
        user_id: fc.anything(),
        action: fc.anything(),
        data: fc.oneof(fc.anything(), fc.record({ id: fc.anything() })),
        resource: fc.anything(),
      },
      { requiredKeys: [] }
    )
    .map((value) => {
      try {
        return JSON.stringify(value)
      } catch {
        return '{}'
      }
    })
)
const queries = fc.oneof(
  text.map(encodeURIComponent),
  fc.tuple(idLike, text).map(([id, topic]) => {
    const name = topic.length % 2 ? 'data.id' : 'id'
    return `${name}=${encodeURIComponent(id)}&type=${encodeURIComponent(topic)}&topic=payment`
  }),
  fc.constant('%E0%A4%A&data.id=%'),
  fc.constant('data.id=1&type=payment')
)
/** Header values are Latin-1 without control characters. */
const header = fc.string({
  unit: fc.integer({ min: 0x20, max: 0xff }).map((c) => String.fromCharCode(c === 0x7f ? 0x20 : c)),
  maxLength: 90,
})
const input = fc.record({
  query: queries,
  body: bodies,
  secret: fc.constantFrom(WEBHOOK_SECRET, null, 'guessed'),
  signature: fc.option(header),
  requestId: fc.option(header),
})

test('malformed notifications get no 5xx, and the door still works', async ({ assert }) => {
  await givenWebhookSecrets(WEBHOOK_SECRET)
  const { collectorId } = await givenPlatformAccount()
  const seed = Number(process.env.SEED) || Date.now() % 2 ** 31
  // Parts are made once and combined: making them is what takes the time.
  const samples = fc.sample(input, { seed, numRuns: INPUTS / 10 })
  const inputs = Array.from({ length: INPUTS }, (_, index) => ({
    ...samples[index % samples.length],
    query: samples[(index * 7 + Math.trunc(index / samples.length)) % samples.length].query,
  }))
  const seen: Record<number, number> = {}

  const post = async ({ query, body, secret, signature, requestId }: (typeof inputs)[number]) => {
    const posted = notificationOf({ query, body, secret })
    const headers = { ...posted.headers }
    if (signature) headers['x-signature'] = signature
    if (requestId) headers['x-request-id'] = requestId
    const url = `${process.env.APP_URL}/webhooks/mercadopago?${posted.query}`
    const { status, body: answer } = await fetch(url, {
      method: 'POST',
      headers,
      body: posted.body,
    })
    await answer?.cancel()
    seen[status] = (seen[status] ?? 0) + 1
    assert.isBelow(status, 500, `SEED=${seed} ${url} ${JSON.stringify(headers)}`)
  }
  const lane = async () => {
    for (let next = inputs.pop(); next; next = inputs.pop()) await post(next)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))

  assert.isAbove(seen[200], 0)
  assert.isAbove(seen[401], 0)
  const genuine = notificationOf({ userId: collectorId, dataId: '4711' })
  const url = `${process.env.APP_URL}/webhooks/mercadopago?${genuine.query}`
  const { status } = await fetch(url, { method: 'POST', ...genuine })
  assert.equal(status, 200)
  assert.isNotNull(await WebhookEvent.findBy({ resourceId: '4711', signature: 'valid' }))
}).timeout(isLong ? 1_200_000 : 120_000)
