import { test } from '@japa/runner'
import mercadopago from 'mercadopago'
import {
  PLATFORM_ACCOUNT_ID,
  PLATFORM_CLIENT_ID,
  PLATFORM_WEBHOOK_SECRET,
} from '../../../app/simulator/main.js'
import { signatureOf } from '../../../app/simulator/notifications/signature.js'
import { boletoOrder, cardOrder, paymentIdOf, pixOrder, place } from './orders_support.js'
import { startReceiver, startTestSimulator, type Received } from './support.js'

const { WebhookSignatureValidator } = mercadopago

const dataId = ({ url }: Received) => url.searchParams.get('data.id')!

/** Whether the signature is that of the id as it is spelled here. */
function isSigned({ headers }: Received, id: string): boolean {
  const signature = String(headers['x-signature'])
  const ts = /^ts=(\d+),/.exec(signature)![1]
  const signed = { dataId: id, requestId: String(headers['x-request-id']), ts }
  return signatureOf(PLATFORM_WEBHOOK_SECRET, signed) === signature
}

test.group('Simulator | notifications of orders', () => {
  async function start(cleanup: (handler: () => Promise<void>) => void) {
    const receiver = await startReceiver()
    const simulator = await startTestSimulator({ appUrl: receiver.url })
    cleanup(async () => {
      await simulator.close()
      await receiver.close()
    })
    const ofOrders = async () => {
      await simulator.control('/deliveries/flush')
      return receiver.received.filter(({ body }) => body.type === 'order')
    }
    const actions = async () => {
      const told = await ofOrders()
      return told.map(({ body }) => body.action)
    }
    return { receiver, simulator, ofOrders, actions }
  }

  test('say all that is documented', async ({ assert, cleanup }) => {
    const { simulator, ofOrders } = await start(cleanup)
    const order = await place(simulator, await cardOrder(simulator))
    const paymentId = await paymentIdOf(simulator, order.id)
    const told = await ofOrders()
    const { date_created: at, ...body } = told.at(-1)!.body
    assert.match(at, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
    assert.deepEqual(body, {
      action: 'order.processed',
      api_version: 'v1',
      application_id: PLATFORM_CLIENT_ID,
      live_mode: true,
      type: 'order',
      user_id: String(PLATFORM_ACCOUNT_ID),
      data: {
        id: order.id,
        external_reference: 'c-order',
        status: 'processed',
        status_detail: 'accredited',
        total_amount: '12.34',
        total_paid_amount: '12.34',
        type: 'online',
        version: 2,
        transactions: {
          payments: [
            {
              id: order.transactions.payments[0].id,
              amount: '12.34',
              paid_amount: '12.34',
              status: 'processed',
              status_detail: 'accredited',
              reference: { id: String(paymentId) },
              payment_method: { id: 'master', type: 'credit_card', installments: 1 },
            },
          ],
        },
      },
    })
  })

  test('carry the id in capitals and sign it in small letters', async ({ assert, cleanup }) => {
    const { simulator, ofOrders } = await start(cleanup)
    const { id } = await place(simulator, boletoOrder())
    const [told] = await ofOrders()
    assert.equal(dataId(told), id)
    assert.equal(told.url.searchParams.get('type'), 'order')
    assert.isTrue(isSigned(told, id.toLowerCase()))
    assert.isFalse(isSigned(told, id))
    // The package leaves it to its caller to write the id small.
    WebhookSignatureValidator.validate({
      xSignature: told.headers['x-signature'],
      xRequestId: told.headers['x-request-id'],
      dataId: dataId(told).toLowerCase(),
      secret: PLATFORM_WEBHOOK_SECRET,
    })
  })

  test('sign it as it is written on request', async ({ assert, cleanup }) => {
    const { simulator, ofOrders } = await start(cleanup)
    await simulator.control('/faults', { kind: 'original_case', times: 1 })
    const { id } = await place(simulator, boletoOrder())
    const [told, after] = await ofOrders()
    assert.isTrue(isSigned(told, id))
    assert.isTrue(isSigned(after, id.toLowerCase()))
  })

  test('tell of each step, while the payments tell of theirs', async ({ assert, cleanup }) => {
    const { receiver, simulator, actions } = await start(cleanup)
    const { id } = await place(simulator, pixOrder())
    await simulator.control(`/payments/${await paymentIdOf(simulator, id)}/pay`)
    await simulator.post(`/v1/orders/${id}/refund`, undefined)
    assert.deepEqual(await actions(), [
      'order.created',
      'order.action_required',
      'order.processed',
      'order.refunded',
    ])
    const payments = receiver.received.filter(({ body }) => body.type === 'payment')
    assert.deepEqual(
      payments.map(({ body }) => body.action),
      ['payment.created', 'payment.updated', 'payment.updated']
    )
    const versions = receiver.received.flatMap(({ body }) => body.data.version ?? [])
    assert.deepEqual(versions, [1, 2, 3, 4])
  })

  test('tell of parts that are given back, of disputes and of failures', async ({
    assert,
    cleanup,
  }) => {
    const { simulator, ofOrders } = await start(cleanup)
    const card = await place(simulator, await cardOrder(simulator))
    const [{ id: transactionId }] = card.transactions.payments
    const part = { transactions: [{ id: transactionId, amount: '2.00' }] }
    await simulator.post(`/v1/orders/${card.id}/refund`, part)
    await simulator.control(`/payments/${transactionId}/chargebacks`)
    await place(simulator, await cardOrder(simulator, 'FUND'))
    await place(simulator, await cardOrder(simulator, 'CONT'))
    const told = await ofOrders()
    assert.sameMembers(
      told.map(({ body }) => `${body.action} ${body.data.status_detail}`),
      [
        ...['order.created created', 'order.created created', 'order.created created'],
        'order.processed accredited',
        'order.refunded partially_refunded',
        'order.charged_back in_process',
        'order.failed failed',
        'order.processing in_process',
      ]
    )
    const disputed = told.find(({ body }) => body.action === 'order.charged_back')!.body.data
    assert.deepInclude(disputed.transactions.refunds[0], { amount: '2.00', status: 'processed' })
    assert.deepInclude(disputed.transactions.chargebacks[0], { status: 'in_process' })
  })

  test('tell of an end that nobody asked for, and of one that somebody did', async ({
    assert,
    cleanup,
  }) => {
    const { simulator, actions } = await start(cleanup)
    await place(simulator, pixOrder())
    await simulator.control('/clock', { advance_days: 2 })
    const { id } = await place(simulator, pixOrder())
    await simulator.post(`/v1/orders/${id}/cancel`, undefined)
    const told = await actions()
    assert.deepEqual([told[2], told.at(-1)], ['order.expired', 'order.canceled'])
  })

  test('stay away while transactions are only written down', async ({ assert, cleanup }) => {
    const { simulator, actions } = await start(cleanup)
    const { id, transactions } = await place(simulator, pixOrder({ processing_mode: 'manual' }))
    await simulator.call('DELETE', `/v1/orders/${id}/transactions/${transactions.payments[0].id}`)
    assert.deepEqual(await actions(), ['order.created'])
  })

  test('go nowhere without an address', async ({ assert, cleanup }) => {
    const { simulator, actions } = await start(cleanup)
    const path = `/_simulator/applications/${PLATFORM_CLIENT_ID}`
    await simulator.call('PATCH', path, { webhook_url: null })
    await place(simulator, pixOrder())
    assert.deepEqual(await actions(), [])
  })

  test('find the order that they tell of, unless it is asked to hide', async ({
    assert,
    cleanup,
  }) => {
    const { simulator } = await start(cleanup)
    const { id } = await place(simulator, pixOrder())
    const route = 'GET /v1/orders/:id'
    await simulator.control('/faults', { kind: 'unreadable', route, ms: 60_000 })
    const hidden = await simulator.get(`/v1/orders/${id}`)
    assert.deepEqual([hidden.status, hidden.body.errors[0].code], [404, 'order_not_found'])
    await simulator.control('/clock', { advance_seconds: 61 })
    const { status } = await simulator.get(`/v1/orders/${id}`)
    assert.equal(status, 200)
  })
})
