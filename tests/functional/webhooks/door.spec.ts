import { test } from '@japa/runner'
import WebhookEvent from '#app/webhooks/models/webhook_event'
import { givenPlatformAccount } from '#tests/support/posted_money'
import { givenCharge, givenReceivable } from '#tests/support/money'
import { givenTenant } from '#tests/support/given'
import { givenWebhookSecrets, notify, WEBHOOK_SECRET } from '#tests/support/webhooks'

const events = () => WebhookEvent.query().orderBy('id')

test.group('The door for notifications', (group) => {
  let userId: string
  group.each.setup(async () => {
    await givenWebhookSecrets(WEBHOOK_SECRET)
    const account = await givenPlatformAccount()
    userId = account.collectorId
  })

  test('a signed notification is stored and answered with 200', async ({ assert }) => {
    const { status, body } = await notify({ userId, dataId: '77', notificationId: 5 })
    assert.deepEqual({ status, body }, { status: 200, body: { status: 'ok' } })
    const [event] = await events()
    assert.containsSubset(event.$attributes, {
      topic: 'payment',
      action: 'payment.updated',
      resourceId: '77',
      notificationId: '5',
      mpUserId: userId,
      signature: 'valid',
      state: 'received',
      reason: null,
      query: 'data.id=77&type=payment',
    })
    assert.equal(JSON.parse(event.body!).data.id, '77')
  })
})
