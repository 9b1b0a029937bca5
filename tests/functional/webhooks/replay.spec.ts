import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { PurgeWebhookBodies } from '#app/webhooks/actions/purge_webhook_bodies'
import { ReplayWebhookEvents, type ReplayInput } from '#app/webhooks/actions/replay_webhook_events'
import WebhookEvent from '#app/webhooks/models/webhook_event'
import { PAGE_SIZE, webhookEventList } from '#app/webhooks/queries/webhook_event_list'
import { aceProcess } from '#tests/support/ace_process'
import { replayOutcome } from '#app/webhooks/queries/webhook_replays'
import { givenPlatformAdmin, givenTenant } from '#tests/support/given'
import { givenEvent } from '#tests/support/webhooks'

const replay = async (input: Partial<ReplayInput>) => {
  const { events } = await new ReplayWebhookEvents().handle({
    actor: { kind: 'command' },
    ...input,
  })
  return events
}
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

  test('what it was before stays with it, and what was looked at is looked at anew', async ({
    assert,
  }) => {
    const { id: reviewedBy } = await givenPlatformAdmin()
    const event = await givenEvent({
      ...{ state: 'rejected', reason: 'invalid_tenant' },
      ...{ reviewedAt: clock.now(), reviewedBy, reviewNote: 'Not ours' },
    })
    const failedOne = await failed()
    const { replayId } = await new ReplayWebhookEvents().handle({
      ids: [event.id, failedOne.id],
      actor: { kind: 'command' },
    })
    await event.refresh()
    assert.containsSubset(event.$attributes, {
      ...{ state: 'received', reason: null, replayId },
      ...{ replayedState: 'rejected', replayedReason: 'invalid_tenant' },
      ...{ reviewedAt: null, reviewedBy: null, reviewNote: null },
    })
    const outcome = await replayOutcome(replayId!)
    assert.equal(outcome!.replay.eventCount, 2)
    assert.deepEqual(outcome!.groups, [{ state: 'received', reason: null, count: 2 }])
    assert.equal(outcome!.waiting, 2)
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
    assert.deepEqual(await ids({ states: ['ignored'] }), [third.id])
    assert.deepEqual(await ids({ ids: [third.id, newId()] }), [third.id])
    assert.deepEqual(await states(), ['failed', 'failed', 'ignored'])
  })

  test('what was forged, points at nothing or is at work is left alone', async ({ assert }) => {
    await failed({ signature: 'invalid' })
    await failed({ resourceId: '' })
    await givenEvent({ leaseToken: 'x', leasedUntil: clock.now().plus({ minutes: 1 }) })
    assert.lengthOf(await replay({}), 0)
    assert.lengthOf(await replay({ states: ['received'] }), 0)
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

    const [one, missing, ...wrong] = await Promise.all([
      aceProcess('webhooks:replay', `--id=${id}`).ended,
      aceProcess('webhooks:replay', `--id=${newId()}`).ended,
      aceProcess('webhooks:replay', '--state=lost').ended,
      aceProcess('webhooks:replay', '--account=x').ended,
      aceProcess('webhooks:replay', '--tenant=nobody').ended,
      aceProcess('webhooks:replay', '--until=tomorrow').ended,
    ])
    assert.deepEqual([one.exitCode, missing.exitCode], [0, 1])
    assert.deepEqual(
      wrong.map(({ exitCode }) => exitCode),
      [2, 2, 2, 2]
    )
    assert.deepEqual(await states(), ['received'])
  })

  test('the command knows the filters of the page', async ({ assert }) => {
    const tenant = await givenTenant()
    const old = clock.now().minus({ days: 3 })
    const event = await givenEvent({
      ...{ state: 'rejected', reason: 'invalid_tenant', topic: 'merchant_order' },
      ...{ resourceId: '777', notificationId: '888', mpUserId: '42', tenantId: tenant.id },
    })
    await givenEvent({ state: 'rejected', reason: 'other', receivedAt: old })
    const found = async (...flags: string[]) => {
      const { stdout, stderr } = await aceProcess(
        'webhooks:replay',
        '--dry-run',
        '--json',
        ...flags
      ).ended
      assert.equal(stderr, '')
      return JSON.parse(stdout).events.map((one: { id: string }) => one.id)
    }
    const all = '--state=any'
    const results = await Promise.all([
      found(),
      found('--state=rejected', '--reason=invalid_tenant'),
      found(all, '--topic=merchant_order', '--account=42'),
      found(all, `--tenant=${tenant.slug}`),
      found(all, '--about=888'),
      found(all, `--since=${old.plus({ days: 1 }).toISO()}`),
      found(all, '--about=777', `--until=${old.toISO()}`),
      found(all),
    ])
    assert.deepEqual(results.slice(0, 7), [[], ...Array(5).fill([event.id]), []])
    assert.lengthOf(results[7], 2)
  }).timeout(60_000)

  test('its help names exit codes and examples', async ({ assert }) => {
    const { stdout, exitCode } = await aceProcess('webhooks:replay', '--help').ended
    assert.equal(exitCode, 0)
    assert.include(stdout, 'Exit code: 0 done, 1 an --id was not put back, 2 wrong use.')
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
