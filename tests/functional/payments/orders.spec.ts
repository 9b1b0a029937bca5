import { test } from '@japa/runner'
import Payment from '#app/payments/models/payment'
import { FOREIGN_ACCOUNT_ID, PLATFORM_CLIENT_ID } from '#app/simulator/main'
import WebhookEvent from '#app/webhooks/models/webhook_event'
import { tryToPay } from '#tests/support/checkout'
import { givenWebhookSecret, postings } from '#tests/support/money'
import { givenReceivable, givenSeller, issue } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

/** A link that was paid after a refused try, of which no payment's news arrived. */
async function givenUnheard() {
  const tenant = await givenSeller()
  const receivable = await givenReceivable(tenant)
  const charge = await issue(tenant, receivable, 'link')
  const fault = await simulator.fault({ kind: 'drop' })
  await tryToPay(charge, { cardholder_name: 'FUND' })
  const paid = await tryToPay(charge, { cardholder_name: 'APRO' })
  await simulator.control('DELETE', `/faults/${fault.id}`)
  const journal = await simulator.journal()
  const order = journal.findLast((entry) => entry.merchant_order_id)
  return { receivable, charge, paid, orderId: String(order!.merchant_order_id) }
}

const notify = (values: Record<string, unknown>) =>
  simulator.notify({ client_id: PLATFORM_CLIENT_ID, type: 'topic_merchant_order_wh', ...values })

const lastVerdict = async () => {
  const event = await WebhookEvent.query().orderBy('received_at', 'desc').firstOrFail()
  return event.reason ? `${event.state}: ${event.reason}` : event.state
}

test.group('News of a purchase at the checkout', (group) => {
  group.each.setup(givenWebhookSecret)

  test('is a hint at its payments, which are fetched and booked once', async ({ assert }) => {
    const { receivable, charge, paid, orderId } = await givenUnheard()
    const news = { user_id: Number(charge.collectorId), data_id: orderId }

    await notify(news)
    await drainWork()
    await notify(news)
    await drainWork()

    await receivable.refresh()
    assert.equal(receivable.state, 'paid')
    assert.lengthOf(await Payment.all(), 2)
    const booked = Object.keys(await postings())
    assert.include(booked, `payment:${paid.id}:approved`)
    assert.lengthOf(
      booked.filter((name) => name.endsWith(':approved')),
      1
    )
    assert.notInclude(await lastVerdict(), 'unknown')
  })

  test('that nobody signed is looked at all the same, and believed in nothing', async ({
    assert,
  }) => {
    const { receivable, charge, orderId } = await givenUnheard()
    const user = Number(charge.collectorId)
    await notify({ user_id: user, data_id: orderId, signing: 'unsigned' })
    await drainWork()

    await receivable.refresh()
    assert.equal(receivable.state, 'paid')
  })

  test('of another account, of no purchase, or without a user changes nothing', async ({
    assert,
  }) => {
    const { receivable, charge, orderId } = await givenUnheard()
    const user = Number(charge.collectorId)

    await notify({ user_id: FOREIGN_ACCOUNT_ID, data_id: orderId, signing: 'unsigned' })
    await drainWork()
    assert.equal(await lastVerdict(), 'rejected: invalid_tenant')
    await notify({ user_id: user, data_id: 'not-a-number', signing: 'unsigned' })
    await drainWork()
    assert.equal(await lastVerdict(), 'ignored: not_found')
    const answer = await fetch(
      `${process.env.APP_URL}/webhooks/mercadopago?topic=merchant_order&id=${orderId}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ resource: `/merchant_orders/${orderId}`, topic: 'merchant_order' }),
      }
    )
    assert.equal(answer.status, 200)
    await drainWork()
    assert.equal(await lastVerdict(), 'ignored: unknown_user')

    await receivable.refresh()
    assert.equal(receivable.state, 'open')
  })

  test('is asked for again when the provider is out of order', async ({ assert }) => {
    const { receivable, charge, orderId } = await givenUnheard()
    const route = 'GET /merchant_orders/:id'
    await simulator.fault({ kind: 'server_error', route, times: 1 })
    await notify({ user_id: Number(charge.collectorId), data_id: orderId })
    await drainWork()
    await receivable.refresh()
    assert.equal(receivable.state, 'open')

    await simulator.advance({ seconds: 900 })
    await drainWork()

    await receivable.refresh()
    assert.equal(receivable.state, 'paid')
  })
})
