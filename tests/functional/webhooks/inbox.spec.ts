import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { transaction } from '#app/core/transaction'
import type { CompleteNotification, Notification, Verdict } from '#app/core/work/contracts'
import type { Job } from '#app/core/work/job'
import { Inbox } from '#app/webhooks/inbox'
import WebhookEvent from '#app/webhooks/models/webhook_event'
import { givenTenant } from '#tests/support/given'
import { endBackOff, expireLeases } from '#tests/support/outbox'
import { givenEvent } from '#tests/support/webhooks'

const asked: Notification[] = []
let verdict: Verdict = { state: 'processed' }
/** What happens inside the handler's transaction, before and after it completes. */
let inside: () => Promise<void> | void = () => {}

class Known {
  async handle(notification: Notification, complete: CompleteNotification) {
    asked.push(notification)
    await transaction(async (trx) => {
      await trx
        .from('webhook_events')
        .where('id', notification.eventId)
        .update({ action: 'applied' })
      await complete(trx, verdict)
      await inside()
    })
    return true
  }
}

class NotMine {
  async handle() {
    return false
  }
}

class Forgetful {
  async handle() {
    return true
  }
}

const newInbox = () => new Inbox({ payment: [NotMine, Known], order: [NotMine], odd: [Forgetful] })
const runAll = (jobs: Job[]) => Promise.all(jobs.map((job) => job.run()))
const drain = async (inbox = newInbox()) => runAll(await inbox.claim(10))
const event = (id: string) => WebhookEvent.findOrFail(id)

test.group('The inbox', (group) => {
  group.each.setup(() => {
    asked.length = 0
    verdict = { state: 'processed' }
    inside = () => {}
  })

  test('asks the handlers in order; one takes it and ends the row with its verdict', async ({
    assert,
  }) => {
    const { id } = await givenEvent({ resourceId: '7', mpUserId: '1' })
    const tenant = await givenTenant()
    verdict = { state: 'rejected', reason: 'invalid_tenant', tenantId: tenant.id }
    await drain()
    assert.deepEqual(asked, [
      { eventId: id, topic: 'payment', resourceId: '7', mpUserId: '1', signature: 'valid' },
    ])
    const ended = await event(id)
    assert.containsSubset(ended.$attributes, { ...verdict, leaseToken: null, leasedUntil: null })
    assert.isNotNull(ended.finishedAt)
  })

  test('ignores what nobody takes', async ({ assert }) => {
    const [order, unknown] = [
      await givenEvent({ topic: 'order' }),
      await givenEvent({ topic: 'x' }),
    ]
    await drain()
    for (const { id } of [order, unknown]) {
      const { state, reason } = await event(id)
      assert.deepEqual([state, reason], ['ignored', 'no_handler'])
    }
  })

  test('looks once for all waiting rows of one resource', async ({ assert }) => {
    for (let copy = 0; copy < 5; copy++) await givenEvent({ resourceId: '7' })
    await givenEvent({ resourceId: '8' })
    await drain()
    assert.sameMembers(
      asked.map(({ resourceId }) => resourceId),
      ['7', '8']
    )
    assert.lengthOf(await WebhookEvent.query().where('state', 'processed'), 6)
  })

  test('looks once even when its rows lie in different lanes or wait for a retry', async ({
    assert,
  }) => {
    await givenEvent({ resourceId: '7', lane: 'tenant' })
    await givenEvent({ resourceId: '7', lane: 'account' })
    await givenEvent({ resourceId: '7', runAt: DateTime.utc().plus({ hours: 1 }) })
    await runAll(await newInbox().claim(1))
    assert.lengthOf(asked, 1)
    assert.lengthOf(await WebhookEvent.query().where('state', 'processed'), 3)
  })

  test('does not take a hint or another user for the same news', async ({ assert }) => {
    await givenEvent({ resourceId: '7' })
    await givenEvent({ resourceId: '7', signature: 'missing' })
    await givenEvent({ resourceId: '7', mpUserId: '2' })
    await drain()
    assert.lengthOf(asked, 3)
  })

  test('looks again for news that came while it was looking', async ({ assert }) => {
    await givenEvent({ resourceId: '7' })
    const inbox = newInbox()
    const [job] = await inbox.claim(10)
    const { id } = await givenEvent({ resourceId: '7' })
    await job.run()
    const later = await event(id)
    assert.equal(later.state, 'received')
    await drain(inbox)
    assert.lengthOf(asked, 2)
  })

  test('ends nothing when the transaction of the handler rolls back', async ({ assert }) => {
    const { id } = await givenEvent()
    inside = () => {
      throw new Error('after complete')
    }
    const [outcome] = await drain()
    assert.equal(outcome.state, 'again')
    const again = await event(id)
    assert.containsSubset(again.$attributes, { state: 'received', action: null, attempts: 1 })
    inside = () => {}
    await endBackOff('webhook_events')
    await drain()
    const done = await event(id)
    assert.containsSubset(done.$attributes, { state: 'processed', action: 'applied' })
  })

  test('a handler whose lease was lost meanwhile rolls back with all it did', async ({
    assert,
  }) => {
    const { id } = await givenEvent()
    const [slow] = await newInbox().claim(10)
    await expireLeases('webhook_events')
    const [quick] = await newInbox().claim(10)
    assert.exists(quick)
    const outcome = await slow.run()
    assert.equal(outcome.state, 'lost')
    const held = await event(id)
    assert.containsSubset(held.$attributes, { state: 'received', action: null })
    const second = await quick.run()
    assert.equal(second.state, 'done')
    const done = await event(id)
    assert.containsSubset(done.$attributes, { state: 'processed', action: 'applied', attempts: 2 })
  })

  test('one of several rows taken by another worker rolls all of them back', async ({ assert }) => {
    const first = await givenEvent({ resourceId: '7' })
    await givenEvent({ resourceId: '7' })
    const [job] = await newInbox().claim(10)
    await WebhookEvent.query().where('id', first.id).update({ lease_token: 'another' })
    const outcome = await job.run()
    assert.equal(outcome.state, 'lost')
    assert.lengthOf(await WebhookEvent.query().where('state', 'received'), 2)
  })

  test('a handler that takes it and forgets to complete it is an error', async ({ assert }) => {
    const { id } = await givenEvent({ topic: 'odd' })
    const [outcome] = await drain()
    assert.equal(outcome.state, 'again')
    const { lastError } = await event(id)
    assert.include(lastError!, 'Forgetful')
  })
})
