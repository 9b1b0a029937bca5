import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { PurgeWebhookBodies } from '#app/webhooks/actions/purge_webhook_bodies'
import { ReplayWebhookEvents, type ReplayInput } from '#app/webhooks/actions/replay_webhook_events'
import WebhookEvent from '#app/webhooks/models/webhook_event'
import { PAGE_SIZE, webhookEventList } from '#app/webhooks/queries/webhook_event_list'
import { aceProcess } from '#tests/support/ace_process'
import { givenEvent } from '#tests/support/webhooks'

const replay = (input: Partial<ReplayInput>) =>
  new ReplayWebhookEvents().handle({ actor: { kind: 'command' }, ...input })
const failed = (values = {}) =>
  givenEvent({ state: 'failed', attempts: 15, lastError: 'x', finishedAt: clock.now(), ...values })
const givenCopies = (event: WebhookEvent, count: number) =>
  WebhookEvent.createMany(
    Array.from({ length: count }, () => ({
      ...event.$attributes,
      id: newId(),
      dedupeKey: newId(),
    }))
  )
const states = async () => {
  const rows = await WebhookEvent.query().orderBy('id')
  return rows.map(({ state }) => state)
}

test.group('Replaying notifications', () => {
  test('what failed is put back as if it had just come, and the audit log says so', async ({
    assert,
  }) => {
    const { id } = await failed()
    await givenEvent({ state: 'processed' })
    const replayed = await replay({})
    assert.deepEqual(
      replayed.map((event) => [event.id, event.state]),
      [[id, 'failed']]
    )
    const event = await WebhookEvent.findOrFail(id)
    assert.containsSubset(event.$attributes, {
      state: 'received',
      attempts: 0,
      lastError: null,
      finishedAt: null,
    })
    const entry = await db.from('audit_entries').first()
    assert.equal(entry.action, 'webhook_events.replayed')
  })

  test('by id, state, time and number', async ({ assert }) => {
    const old = clock.now().minus({ days: 3 })
    // Ids of one millisecond come in any order.
    const [firstId, secondId, thirdId] = [newId(), newId(), newId()].sort()
    const first = await failed({ id: firstId, receivedAt: old })
    const second = await failed({ id: secondId })
    const third = await givenEvent({ id: thirdId, state: 'ignored' })
    const ids = async (input: Partial<ReplayInput>) => {
      const events = await replay({ ...input, dryRun: true })
      return events.map(({ id }) => id)
    }
    assert.deepEqual(await ids({}), [first.id, second.id])
    assert.deepEqual(await ids({ limit: 1 }), [first.id])
    assert.deepEqual(await ids({ since: old.plus({ days: 1 }) }), [second.id])
    assert.deepEqual(await ids({ state: 'ignored' }), [third.id])
    assert.deepEqual(await ids({ ids: [third.id, newId()] }), [third.id])
    assert.deepEqual(await states(), ['failed', 'failed', 'ignored'])
  })

  test('what was forged, points at nothing or is at work is left alone', async ({ assert }) => {
    await failed({ signature: 'invalid' })
    await failed({ resourceId: '' })
    await givenEvent({ leaseToken: 'x', leasedUntil: clock.now().plus({ minutes: 1 }) })
    assert.lengthOf(await replay({}), 0)
    assert.lengthOf(await replay({ state: 'received' }), 0)
  })

  test('more than fit into one transaction', async ({ assert }) => {
    await givenCopies(await failed(), 600)
    assert.lengthOf(await replay({}), 601)
    assert.deepEqual(new Set(await states()), new Set(['received']))
  })

  test('the command says what it did', async ({ assert }) => {
    const { id } = await failed()
    const dry = await aceProcess('webhooks:replay', '--dry-run', '--json').ended
    assert.equal(dry.exitCode, 0, dry.stderr)
    assert.containsSubset(JSON.parse(dry.stdout), { dryRun: true, events: [{ id }] })
    assert.deepEqual(await states(), ['failed'])

    const [one, missing, wrong] = await Promise.all([
      aceProcess('webhooks:replay', `--id=${id}`).ended,
      aceProcess('webhooks:replay', `--id=${newId()}`).ended,
      aceProcess('webhooks:replay', '--state=lost').ended,
    ])
    assert.deepEqual([one.exitCode, missing.exitCode, wrong.exitCode], [0, 1, 2])
    assert.deepEqual(await states(), ['received'])
  })
})

test.group('Purging notifications', () => {
  test('bodies and queries go after ninety days, the rest stays', async ({ assert }) => {
    const old = await givenEvent({
      receivedAt: clock.now().minus({ days: 91 }),
      state: 'processed',
    })
    const young = await givenEvent({ receivedAt: clock.now().minus({ days: 89 }) })
    assert.equal(await new PurgeWebhookBodies().handle(), 1)
    assert.equal(await new PurgeWebhookBodies().handle(), 0)
    await old.refresh()
    await young.refresh()
    assert.deepEqual([old.body, old.query, old.state], [null, null, 'processed'])
    assert.equal(young.body, '{}')
  })

  test('more than are purged at once', async ({ assert }) => {
    const receivedAt = clock.now().minus({ days: 91 })
    await givenCopies(await givenEvent({ receivedAt }), 1000)
    assert.equal(await new PurgeWebhookBodies().handle(), 1001)
  })
})

test.group('The list of notifications', () => {
  test('pages through them, the newest first, none twice', async ({ assert }) => {
    for (let count = 0; count < PAGE_SIZE + 5; count++) await givenEvent()
    const first = await webhookEventList({})
    assert.lengthOf(first.events, PAGE_SIZE)
    await givenEvent()
    const second = await webhookEventList({ after: first.next! })
    assert.lengthOf(second.events, 5)
    assert.isNull(second.next)
    const ids = [...first.events, ...second.events].map(({ id }) => id)
    assert.deepEqual(ids, [...ids].sort().reverse())
  })

  test('shows those of a state, a reason, a topic', async ({ assert }) => {
    const rejected = await givenEvent({ state: 'rejected', reason: 'invalid_tenant' })
    const ignored = await givenEvent({ state: 'ignored', reason: 'unknown_topic', topic: 'order' })
    const ids = async (input: Parameters<typeof webhookEventList>[0]) => {
      const { events } = await webhookEventList(input)
      return events.map(({ id }) => id)
    }
    assert.deepEqual(await ids({ states: ['rejected'] }), [rejected.id])
    assert.deepEqual(await ids({ reason: 'unknown_topic' }), [ignored.id])
    assert.deepEqual(await ids({ topic: 'payment' }), [rejected.id])
    assert.deepEqual(await ids({ states: ['rejected', 'ignored'], topic: 'order' }), [ignored.id])
  })
})
