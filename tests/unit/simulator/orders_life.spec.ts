import { test } from '@japa/runner'
import { PLATFORM_ACCOUNT_ID } from '../../../app/simulator/main.js'
import {
  boletoOrder,
  cardMethod,
  cardOrder,
  paymentIdOf,
  pixOrder,
  place,
  show,
  stateOf,
} from './orders_support.js'
import { bodyOf, startTestSimulator, statusOf, type TestSimulator } from './support.js'

test.group("Simulator | an order's life", (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const state = async (id: string) => stateOf(await show(simulator, id))
  const transactionState = async (id: string) => {
    const { transactions } = await show(simulator, id)
    return stateOf(transactions.payments[0])
  }
  const act = (id: string, action: string, body?: unknown) =>
    simulator.post(`/v1/orders/${id}/${action}`, body)
  const happen = async (id: string, what: string, body: unknown = {}) =>
    simulator.control(`/payments/${await paymentIdOf(simulator, id)}/${what}`, body)
  const submit = (path: string, fields: Record<string, string>) =>
    fetch(new URL(path, simulator.url), { method: 'POST', body: new URLSearchParams(fields) })
  const advance = (days: number) => simulator.control('/clock', { advance_days: days })
  const card = async (name: string, change: Record<string, unknown> = {}) =>
    place(simulator, await cardOrder(simulator, name, change))

  test('is over when its boleto is paid on the ticket', async ({ assert }) => {
    const { id, transactions } = await place(simulator, boletoOrder())
    const ticket = new URL(transactions.payments[0].payment_method.ticket_url)
    await submit(ticket.pathname, { hash: ticket.searchParams.get('hash')! })
    assert.equal(await state(id), 'processed/accredited')
    assert.equal(await transactionState(id), 'processed/accredited')
    const { body } = await simulator.get(`/_simulator/accounts/${PLATFORM_ACCOUNT_ID}/balance`)
    assert.equal(body.pending, 146.51)
  })

  test('is over when its boleto or Pix is paid at the bank', async ({ assert }) => {
    const boleto = await place(simulator, boletoOrder())
    const pix = await place(simulator, pixOrder())
    const methods = [boleto, pix].map(({ transactions }) => transactions.payments[0].payment_method)
    await submit('/bank', { code: methods[0].digitable_line })
    await submit('/bank', { code: methods[1].qr_code })
    assert.equal(await state(boleto.id), 'processed/accredited')
    assert.equal(await state(pix.id), 'processed/accredited')
  })

  test('tells what was really paid', async ({ assert }) => {
    const { id } = await place(simulator, boletoOrder())
    await happen(id, 'pay', { amount: 152.5 })
    const { transactions, ...order } = await show(simulator, id)
    assert.deepInclude(order, { total_amount: '150.00', total_paid_amount: '152.50' })
    assert.deepInclude(transactions.payments[0], { amount: '150.00', paid_amount: '152.50' })
  })

  test('expires with its payment, whose late money goes back', async ({ assert }) => {
    const { id } = await place(simulator, boletoOrder())
    await advance(5)
    assert.equal(await state(id), 'expired/expired')
    assert.equal(await transactionState(id), 'expired/expired')
    await happen(id, 'pay')
    assert.equal(await state(id), 'refunded/refunded')
  })

  test('is paid late where the account accepts it', async ({ assert }) => {
    const { id } = await place(simulator, pixOrder())
    await advance(5)
    const path = `/_simulator/accounts/${PLATFORM_ACCOUNT_ID}`
    await simulator.call('PATCH', path, { late_payments: 'accepted' })
    await happen(id, 'pay')
    assert.equal(await state(id), 'processed/accredited')
  })

  test('ends when the payment was said to end', async ({ assert }) => {
    const withPayment = (change: Record<string, unknown>, order: Record<string, any>) => {
      Object.assign(order.transactions.payments[0], change)
      return place(simulator, order)
    }
    const pix = await withPayment({ expiration_time: 'PT30M' }, pixOrder())
    const boleto = await withPayment({ expiration_time: 'P10D' }, boletoOrder())
    const at = new Date(Date.now() + 2 * 3_600_000).toISOString()
    const dated = await withPayment({ date_of_expiration: at, expiration_time: 'P3D' }, pixOrder())
    const ends = [pix, boleto, dated].map(({ created_date: from, transactions }) => {
      const [{ date_of_expiration: to }] = transactions.payments
      return (Date.parse(to) - Date.parse(from)) / 3_600_000
    })
    assert.approximately(ends[0], 0.5, 0.001)
    assert.isTrue(ends[1] >= 240 && ends[1] < 264, `${ends[1]} hours`)
    assert.approximately(ends[2], 2, 0.001)
  })

  test('waits to be processed for as long as it says', async ({ assert }) => {
    const waiting = { processing_mode: 'manual', expiration_time: 'P2D' }
    const { id } = await place(simulator, pixOrder(waiting))
    const other = await place(simulator, pixOrder(waiting))
    await act(other.id, 'process')
    await advance(1.9)
    assert.equal(await state(id), 'created/created')
    await advance(0.2)
    assert.equal(await state(id), 'expired/expired')
    assert.equal(await transactionState(id), 'expired/expired')
    const { status, body } = await act(id, 'process')
    assert.deepEqual([status, body.errors[0].code], [409, 'operation_not_supported'])
    const effects = await simulator.journal('order.')
    const [created, expired] = effects.filter((effect) => effect.order_id === id)
    assert.equal(Date.parse(expired.at) - Date.parse(created.at), 2 * 86_400_000)
    assert.equal(await state(other.id), 'expired/expired')
  })

  test('waits for a review, and for whoever looks at it by hand', async ({ assert }) => {
    const { id } = await card('CONT')
    const byHand = await card('pending_review_manual')
    assert.equal(await state(id), 'processing/in_process')
    assert.equal(await state(byHand.id), 'processing/in_review')
    assert.equal(await transactionState(byHand.id), 'processing/pending_review_manual')
    await happen(id, 'approve')
    await happen(byHand.id, 'reject', { status_detail: 'cc_rejected_high_risk' })
    assert.equal(await state(id), 'processed/accredited')
    assert.equal(await state(byHand.id), 'failed/failed')
    assert.equal(await transactionState(byHand.id), 'failed/high_risk')
  })

  test('decides at once when it is captured automatically', async ({ assert }) => {
    const body = await cardOrder(simulator, 'CONT', { capture_mode: 'automatic' })
    const { status, body: answer } = await simulator.post('/v1/orders', body)
    assert.equal(status, 402)
    assert.equal(stateOf(answer.data), 'failed/failed')
  })

  test('leads the payer to its bank, and goes on from there', async ({ assert }) => {
    const config = { online: { transaction_security: { validation: 'always' } } }
    const { id, transactions } = await card('pending_challenge', { config })
    assert.equal(await state(id), 'action_required/pending_challenge')
    const { transaction_security: security } = transactions.payments[0].payment_method
    assert.deepInclude(security, { validation: 'always', type: 'three_ds', status: 'CHALLENGE' })
    const { pathname, searchParams } = new URL(security.url)
    await submit(pathname, { hash: searchParams.get('hash')! })
    assert.equal(await state(id), 'processed/accredited')
    const { transactions: after } = await show(simulator, id)
    assert.deepEqual(after.payments[0].payment_method.transaction_security, {
      validation: 'always',
    })
  })

  test('fails for what is wrong with the card, without a payment', async ({ assert }) => {
    const method = await cardMethod(simulator)
    const order = await cardOrder(simulator)
    order.transactions.payments[0].payment_method = { ...method, token: 'f'.repeat(32) }
    const { status, body } = await simulator.post('/v1/orders', order)
    assert.equal(status, 402)
    const [transaction] = body.data.transactions.payments
    assert.equal(stateOf(transaction), 'failed/invalid_card_token')
    assert.notProperty(transaction, 'reference_id')
    assert.lengthOf(await simulator.journal('payment.'), 0)
  })

  for (const [name, reason] of [
    ['OTHE', 'rejected_by_issuer'],
    ['CALL', 'required_call_for_authorize'],
    ['FUND', 'insufficient_amount'],
    ['SECU', 'bad_filled_card_data'],
    ['EXPI', 'bad_filled_card_data'],
    ['FORM', 'bad_filled_card_data'],
  ]) {
    test(`fails with ${reason} for a card of ${name}`, async ({ assert }) => {
      const { data } = await card(name)
      assert.equal(stateOf(data.transactions.payments[0]), `failed/${reason}`)
    })
  }

  test('is captured once, or let go', async ({ assert }) => {
    const reserved = { capture_mode: 'manual' }
    const one = await card('APRO', reserved)
    const other = await card('APRO', reserved)
    const forgotten = await card('APRO', reserved)
    assert.equal(stateOf(one), 'action_required/waiting_capture')
    await act(one.id, 'capture')
    assert.equal(await state(one.id), 'processed/accredited')
    const { status, body } = await act(one.id, 'capture')
    assert.deepEqual([status, body.errors[0].code], [409, 'cannot_capture_order'])
    await act(other.id, 'cancel')
    assert.equal(await state(other.id), 'canceled/canceled')
    await advance(6)
    assert.equal(await state(forgotten.id), 'expired/expired')
    const { total_paid_amount: paid } = await show(simulator, other.id)
    assert.equal(paid, '0.00')
  })

  test('loses and wins chargebacks, by protection too', async ({ assert }) => {
    const ends: [string, string, unknown][] = [
      ['settle', 'charged_back/settled', {}],
      ['settle', 'charged_back/settled', { covered: 5 }],
      ['reimburse', 'charged_back/reimbursed', {}],
      ['reimburse', 'charged_back/reimbursed', { protected: true }],
    ]
    for (const [end, expected, input] of ends) {
      const { id } = await card('APRO')
      await happen(id, 'chargebacks')
      assert.equal(await state(id), 'charged_back/in_process')
      const { status, body } = await act(id, 'refund')
      assert.deepEqual([status, body.errors[0].code], [409, 'cannot_refund_order'])
      await happen(id, `chargebacks/${end}`, input)
      assert.equal(await state(id), expected)
    }
  })

  test('stays processed in a mediation, and is refunded when that is lost', async ({ assert }) => {
    const { id } = await card('APRO')
    const part = await card('APRO')
    for (const one of [id, part.id]) {
      await happen(one, 'mediations')
      assert.equal(await state(one), 'processed/accredited')
      assert.equal(await statusOf(act(one, 'refund')), 409)
    }
    await happen(id, 'mediations/lose')
    await happen(part.id, 'mediations/lose', { amount: 2 })
    assert.equal(await state(id), 'refunded/refunded')
    assert.equal(await state(part.id), 'processed/partially_refunded')
    const { transactions } = await show(simulator, part.id)
    assert.deepInclude(transactions.refunds[0], { amount: '2.00', status: 'processed' })
  })

  test('shows what was done to its payment by the payments API', async ({ assert }) => {
    const { id } = await card('APRO')
    const paymentId = await paymentIdOf(simulator, id)
    await simulator.post(`/v1/payments/${paymentId}/refunds`, { amount: 2.34 })
    assert.equal(await state(id), 'processed/partially_refunded')
    const { transactions } = await show(simulator, id)
    assert.equal(transactions.refunds[0].amount, '2.34')
    await act(id, 'refund')
    const { body: payment } = await simulator.get(`/v1/payments/${paymentId}`)
    assert.deepEqual(
      payment.refunds.map(({ amount }: any) => amount),
      [2.34, 10]
    )
    const waiting = await place(simulator, pixOrder())
    const waitingId = await paymentIdOf(simulator, waiting.id)
    await simulator.call('PUT', `/v1/payments/${waitingId}`, { status: 'cancelled' })
    assert.equal(await state(waiting.id), 'canceled/canceled')
  })

  test('waits for a refund whose bank cannot be reached', async ({ assert }) => {
    const { id } = await card('APRO')
    const route = 'POST /v1/orders/:id/refund'
    await simulator.control('/faults', { kind: 'refund_in_process', route, times: 1 })
    const { status, body } = await act(id, 'refund')
    assert.equal(status, 201)
    assert.equal(stateOf(body), 'processed/accredited')
    assert.equal(body.transactions.refunds[0].status, 'processing')
    const again = await act(id, 'refund')
    assert.deepEqual([again.status, again.body.errors[0].code], [400, 'refund_amount_exceeds'])
    const payment = await simulator.payment(await paymentIdOf(simulator, id))
    const refunds = await bodyOf(
      simulator.call('GET', `/v1/payments/${payment.id}/refunds`, undefined, {
        'x-render-in-process-refunds': 'true',
      })
    )
    await happen(id, `refunds/${refunds[0].id}/reject`)
    const rejected = await show(simulator, id)
    assert.equal(rejected.transactions.refunds[0].status, 'failed')
    assert.equal(stateOf(rejected), 'processed/accredited')
    await act(id, 'refund')
    assert.equal(await state(id), 'refunded/refunded')
  })

  test('can be refunded for half a year', async ({ assert }) => {
    const { id } = await card('APRO')
    const { body } = await simulator.get(`/_simulator/payments/${await paymentIdOf(simulator, id)}`)
    assert.equal(body.status, 'approved')
    await advance(181)
    const late = await act(id, 'refund')
    assert.deepEqual([late.status, late.body.errors[0].code], [409, 'cannot_refund_order'])
  })

  test('is changed step by step before it is processed, and never after', async ({ assert }) => {
    const order = await cardOrder(simulator, 'APRO', { processing_mode: 'manual' })
    const { id, transactions } = await place(simulator, order)
    const path = `/v1/orders/${id}/transactions/${transactions.payments[0].id}`
    const change = (body: unknown) =>
      simulator.call('PUT', path, body, { 'x-idempotency-key': String(Math.random()) })
    await change({ payment_method: { installments: 2 } })
    const { payment_method: kept } = await bodyOf(change({ amount: '10.00' }))
    assert.deepInclude(kept, { id: 'master', installments: 2, installment_amount: '5.00' })
    const { body } = await act(id, 'process')
    assert.equal(body.errors[0].code, 'invalid_total_amount')
    await change({ amount: '12.34' })
    const processed = await act(id, 'process')
    assert.equal(processed.status, 200)
    assert.equal(stateOf(processed.body), 'processed/accredited')
    const late = [
      await change({ amount: '12.34' }),
      await simulator.call('DELETE', path),
      await act(id, 'process'),
      await act(id, 'transactions', { payments: order.transactions.payments }),
    ]
    assert.deepEqual(
      late.map(({ status, body: refused }) => `${status} ${refused.errors[0].code}`),
      Array.from({ length: 4 }, () => '409 operation_not_supported')
    )
  })
})
