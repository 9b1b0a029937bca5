import { test } from '@japa/runner'
import { PLATFORM_ACCOUNT_ID, PLATFORM_CLIENT_ID } from '../../../app/simulator/main.js'
import {
  boletoOrder,
  boletoPayer,
  cardMethod,
  cardOrder,
  pixOrder,
  place,
  show,
} from './orders_support.js'
import { bodyOf, startTestSimulator, type TestSimulator } from './support.js'

/** Every field of an answer: a pattern for text, or the value itself. */
type Documented = { [name: string]: RegExp | string | number | Documented | Documented[] }

const ORDER = /^ORD[0-9A-HJKMNP-TV-Z]{26}$/
const PAYMENT = /^PAY[0-9A-HJKMNP-TV-Z]{26}$/
const REFUND = /^REF[0-9A-HJKMNP-TV-Z]{26}$/
const CHARGEBACK = /^CBK[0-9A-HJKMNP-TV-Z]{26}$/
const REFERENCE = /^[0-9a-z]{10}$/
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const OFFSET_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}\+00:00$/
const URL = /^https?:\/\/\S+$/
const TOKEN = /^[0-9a-f]{32}$/

/** Paths that are missing, not documented, or hold something else. */
function differences(documented: unknown, answered: any, path = '$'): string[] {
  if (documented instanceof RegExp) {
    return typeof answered === 'string' && documented.test(answered) ? [] : [path]
  }
  if (typeof documented !== 'object' || documented === null) {
    return answered === documented ? [] : [path]
  }
  if (typeof answered !== 'object' || answered === null) return [path]
  if (Array.isArray(documented) !== Array.isArray(answered)) return [path]
  const names = new Set([...Object.keys(documented), ...Object.keys(answered)])
  return [...names].flatMap((name) =>
    name in documented && name in answered
      ? differences((documented as any)[name], answered[name], `${path}.${name}`)
      : [`${path}.${name}`]
  )
}

function documentedOrder(state: [string, string], payment: Documented, more: Documented = {}) {
  const [status, detail] = state
  return {
    id: ORDER,
    type: 'online',
    processing_mode: 'automatic',
    external_reference: 'c-order',
    total_amount: /^\d+\.\d{2}$/,
    total_paid_amount: '0.00',
    country_code: 'BRA',
    user_id: String(PLATFORM_ACCOUNT_ID),
    status,
    status_detail: detail,
    capture_mode: 'automatic_async',
    currency: 'BRL',
    created_date: TIME,
    last_updated_date: TIME,
    integration_data: { application_id: PLATFORM_CLIENT_ID },
    transactions: { payments: [{ id: PAYMENT, amount: /^\d+\.\d{2}$/, ...payment }] },
    ...more,
  }
}

const BOLETO: Documented = {
  reference_id: REFERENCE,
  status: 'action_required',
  status_detail: 'waiting_payment',
  date_of_expiration: OFFSET_TIME,
  payment_method: {
    id: 'boleto',
    type: 'ticket',
    ticket_url: URL,
    barcode_content: /^\d{44}$/,
    reference: /^\d+$/,
    verification_code: /^\d+$/,
    financial_institution: 'bradesco',
    digitable_line: /^\d{47}$/,
  },
}

const PIX_METHOD: Documented = {
  id: 'pix',
  type: 'bank_transfer',
  ticket_url: URL,
  qr_code: /^000201.*6304[0-9A-F]{4}$/,
  qr_code_base64: /^iVBORw0KGgo/,
}

const PIX: Documented = {
  reference_id: REFERENCE,
  status: 'action_required',
  status_detail: 'waiting_transfer',
  date_of_expiration: OFFSET_TIME,
  payment_method: PIX_METHOD,
}

const CARD_METHOD: Documented = {
  id: 'master',
  type: 'credit_card',
  token: TOKEN,
  installments: 3,
  installment_amount: '4.11',
  transaction_security: { validation: 'never' },
}

const CARD: Documented = {
  paid_amount: '12.33',
  reference_id: REFERENCE,
  status: 'processed',
  status_detail: 'accredited',
  payment_method: CARD_METHOD,
}

test.group('Simulator | the contract of orders', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  async function cardInThree(change: Record<string, unknown> = {}) {
    const body = await cardOrder(simulator, 'APRO', change, '12.33')
    body.transactions.payments[0].payment_method.installments = 3
    return body
  }

  test('answers a boleto with every documented field and no other', async ({ assert }) => {
    const { status, body } = await simulator.post('/v1/orders', boletoOrder())
    assert.equal(status, 201)
    const documented = documentedOrder(['action_required', 'waiting_payment'], BOLETO)
    assert.deepEqual(differences(documented, body), [])
    assert.match(body.transactions.payments[0].date_of_expiration, /T02:59:59\.000\+00:00$/)
    assert.deepEqual(await show(simulator, body.id), body)
  })

  test('answers a Pix so, before and after it was paid and given back', async ({ assert }) => {
    const body = await place(simulator, pixOrder())
    const documented = documentedOrder(['action_required', 'waiting_transfer'], PIX)
    assert.deepEqual(differences(documented, body), [])
    const [{ id: transactionId }] = body.transactions.payments
    await simulator.control(`/payments/${transactionId}/pay`)
    const paid = { paid_amount: '100.00', reference_id: REFERENCE, date_of_expiration: OFFSET_TIME }
    const method = { ...PIX_METHOD, e2e_id: /^E\d{8}[0-9A-Za-z]{23}$/ }
    const accredited = { status: 'processed', status_detail: 'accredited', payment_method: method }
    assert.deepEqual(
      differences(
        documentedOrder(
          ['processed', 'accredited'],
          { ...paid, ...accredited },
          { total_paid_amount: '100.00' }
        ),
        await show(simulator, body.id)
      ),
      []
    )
    const refund = await simulator.post(`/v1/orders/${body.id}/refund`, undefined)
    assert.equal(refund.status, 201)
    const documentedRefund = {
      id: body.id,
      status: 'refunded',
      status_detail: 'refunded',
      transactions: {
        refunds: [
          {
            id: REFUND,
            transaction_id: transactionId,
            reference_id: REFERENCE,
            amount: '100.00',
            status: 'processed',
            e2e_id: /^PIXE\d{8}/,
          },
        ],
      },
    }
    assert.deepEqual(differences(documentedRefund, refund.body), [])
    const read = await show(simulator, body.id)
    assert.equal(read.transactions.payments[0].refunded_amount, '100.00')
    assert.deepEqual(read.transactions.refunds, refund.body.transactions.refunds)
  })

  test('answers a card so, and what else was said of the order', async ({ assert }) => {
    const said = {
      items: [{ title: 'Fee', unit_price: '4.11', quantity: 3, external_code: 'x' }],
      description: 'Monthly fee',
      expiration_time: 'P2D',
      marketplace: 'NONE',
      shipment: { mode: 'custom', address: { city: 'São Paulo' } },
      config: { statement_descriptor: 'FEE' },
      integration_data: { integrator_id: 'dev_1', sponsor: { id: String(PLATFORM_ACCOUNT_ID) } },
    }
    const body = await place(simulator, await cardInThree(said))
    const { integration_data: told, ...others } = said
    const documented = documentedOrder(['processed', 'accredited'], CARD, {
      total_paid_amount: '12.33',
      ...(others as unknown as Documented),
      integration_data: { application_id: PLATFORM_CLIENT_ID, ...told } as Documented,
    })
    assert.deepEqual(differences(documented, body), [])
    assert.notProperty(body, 'payer')
  })

  test('answers a card that was refused with 402, a reason and the order', async ({ assert }) => {
    const { status, body } = await simulator.post('/v1/orders', await cardOrder(simulator, 'FUND'))
    assert.equal(status, 402)
    const [{ id }] = body.data.transactions.payments
    assert.deepEqual(body.errors, [
      {
        code: 'failed',
        message: 'The following transactions failed',
        details: [`${id}: insufficient_amount`],
      },
    ])
    const failed = {
      reference_id: REFERENCE,
      status: 'failed',
      status_detail: 'insufficient_amount',
      payment_method: { ...CARD_METHOD, installments: 1, installment_amount: '12.34' },
    }
    assert.deepEqual(differences(documentedOrder(['failed', 'failed'], failed), body.data), [])
    assert.deepEqual(await show(simulator, body.data.id), body.data)
  })

  test('answers a capture and a part that is given back in few words', async ({ assert }) => {
    const body = await cardInThree({ capture_mode: 'manual' })
    const { id, status_detail: detail, transactions } = await place(simulator, body)
    assert.equal(detail, 'waiting_capture')
    const captured = await simulator.post(`/v1/orders/${id}/capture`, undefined)
    assert.equal(captured.status, 200)
    const payments = [
      {
        id: transactions.payments[0].id,
        amount: '12.33',
        status: 'processed',
        status_detail: 'accredited',
        reference_id: REFERENCE,
      },
    ]
    const inFew = {
      id,
      status: 'processed',
      status_detail: 'accredited',
      transactions: { payments },
    }
    assert.deepEqual(differences(inFew, captured.body), [])
    const part = { transactions: [{ id: transactions.payments[0].id, amount: '2.33' }] }
    const { body: refunded } = await simulator.post(`/v1/orders/${id}/refund`, part)
    const refund = {
      id: REFUND,
      transaction_id: transactions.payments[0].id,
      reference_id: REFERENCE,
      amount: '2.33',
      status: 'processed',
    }
    const state = { id, status: 'processed', status_detail: 'partially_refunded' }
    assert.deepEqual(differences({ ...state, transactions: { refunds: [refund] } }, refunded), [])
  })

  test('answers a cancelation with the whole order', async ({ assert }) => {
    const { id } = await place(simulator, boletoOrder())
    const { status, body } = await simulator.post(`/v1/orders/${id}/cancel`, undefined)
    assert.equal(status, 200)
    const canceled = { ...BOLETO, status: 'canceled', status_detail: 'canceled_transaction' }
    const documented = documentedOrder(['canceled', 'canceled'], canceled)
    assert.deepEqual(differences(documented, body), [])
  })

  test('names a chargeback with its case', async ({ assert }) => {
    const { id, transactions } = await place(simulator, await cardInThree())
    const [{ id: transactionId }] = transactions.payments
    await simulator.control(`/payments/${transactionId}/chargebacks`)
    const documented = (status: string) => ({
      id: CHARGEBACK,
      transaction_id: transactionId,
      case_id: /^\d{18}$/,
      status,
      references: [],
    })
    const opened = await show(simulator, id)
    assert.deepEqual(differences([documented('in_process')], opened.transactions.chargebacks), [])
    await simulator.control(`/payments/${transactionId}/chargebacks/reimburse`)
    const closed = await show(simulator, id)
    assert.deepEqual(differences([documented('reimbursed')], closed.transactions.chargebacks), [])
  })

  test('answers what is added to an order that waits, and what is changed', async ({ assert }) => {
    const order = await place(simulator, {
      type: 'online',
      processing_mode: 'manual',
      total_amount: '12.33',
      payer: boletoPayer(),
    })
    assert.deepEqual(order.transactions, { payments: [] })
    assert.equal(order.status_detail, 'created')
    assert.notProperty(order, 'external_reference')
    const payment = {
      amount: '12.33',
      expiration_time: 'P5D',
      payment_method: { id: 'boleto', type: 'ticket' },
    }
    const path = `/v1/orders/${order.id}/transactions`
    const added = await simulator.post(path, { payments: [payment] })
    assert.equal(added.status, 201)
    const created = { id: PAYMENT, status: 'created', status_detail: 'created', ...payment }
    assert.deepEqual(differences({ payments: [created] }, added.body), [])
    const method = { ...(await cardMethod(simulator)), installments: 3 }
    const changed = await simulator.call(
      'PUT',
      `${path}/${added.body.payments[0].id}`,
      { payment_method: method },
      { 'x-idempotency-key': 'change' }
    )
    assert.equal(changed.status, 200)
    const documented = { payment_method: { ...method, installment_amount: '4.11' } }
    assert.deepEqual(differences(documented, changed.body), [])
    const gone = await simulator.call('DELETE', `${path}/${added.body.payments[0].id}`)
    assert.deepEqual([gone.status, gone.body], [204, ''])
  })

  test('answers a search with whole orders, and numbers as text', async ({ assert }) => {
    const body = await place(simulator, boletoOrder({ external_reference: 'c-alone' }))
    const range = 'begin_date=2020-01-01T00:00:00Z&end_date=2100-01-01T00:00:00Z'
    const found = await bodyOf(
      simulator.get(`/v1/orders?${range}&external_reference=c-alone&page_size=5`)
    )
    assert.deepEqual(found, {
      data: [body],
      paging: { total: '1', total_pages: '1', offset: '0', limit: '5' },
    })
  })
})
