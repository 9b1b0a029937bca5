import { test } from '@japa/runner'
import { ARGENTINE_ACCESS_TOKEN, PLATFORM_ACCOUNT_ID } from '../../../app/simulator/main.js'
import { chargeCard } from './card_support.js'
import { boletoRequest, pixRequest, startTestSimulator, type TestSimulator } from './support.js'

const WIRE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}-04:00$/

/** Name and type of each documented field of a boleto that nobody paid yet. */
const PENDING_BOLETO: Record<string, string> = {
  'id': 'number',
  'date_created': 'time',
  'date_approved': 'null',
  'date_last_updated': 'time',
  'date_of_expiration': 'time',
  'money_release_date': 'null',
  'money_release_status': 'null',
  'money_release_schema': 'null',
  'operation_type': 'string',
  'issuer_id': 'null',
  'payment_method_id': 'string',
  'payment_type_id': 'string',
  'payment_method.id': 'string',
  'payment_method.type': 'string',
  'status': 'string',
  'status_detail': 'string',
  'currency_id': 'string',
  'description': 'string',
  'live_mode': 'boolean',
  'sponsor_id': 'null',
  'authorization_code': 'null',
  'taxes_amount': 'number',
  'shipping_amount': 'number',
  'collector_id': 'number',
  'payer.id': 'string',
  'payer.email': 'string',
  'payer.first_name': 'string',
  'payer.last_name': 'string',
  'payer.identification.type': 'string',
  'payer.identification.number': 'string',
  'marketplace_owner': 'null',
  'metadata': 'object',
  'additional_info': 'object',
  'order': 'object',
  'external_reference': 'string',
  'transaction_amount': 'number',
  'transaction_amount_refunded': 'number',
  'coupon_amount': 'number',
  'installments': 'number',
  'transaction_details.net_received_amount': 'number',
  'transaction_details.total_paid_amount': 'number',
  'transaction_details.overpaid_amount': 'number',
  'transaction_details.external_resource_url': 'string',
  'transaction_details.installment_amount': 'number',
  'transaction_details.financial_institution': 'string',
  'transaction_details.payment_method_reference_id': 'string',
  'transaction_details.acquirer_reference': 'null',
  'transaction_details.verification_code': 'string',
  'transaction_details.digitable_line': 'string',
  'transaction_details.barcode.content': 'string',
  'transaction_details.bank_transfer_id': 'null',
  'transaction_details.transaction_id': 'null',
  'transaction_details.payable_deferral_period': 'null',
  'fee_details': 'array',
  'charges_details': 'array',
  'captured': 'boolean',
  'binary_mode': 'boolean',
  'call_for_authorize_id': 'null',
  'statement_descriptor': 'null',
  'card': 'object',
  'barcode.content': 'string',
  'notification_url': 'null',
  'callback_url': 'null',
  'refunds': 'array',
  'processing_mode': 'string',
  'merchant_account_id': 'null',
  'acquirer_reconciliation': 'array',
  'point_of_interaction.type': 'string',
  'point_of_interaction.business_info.unit': 'string',
  'pos_id': 'null',
  'store_id': 'null',
  'integrator_id': 'null',
  'platform_id': 'null',
  'corporation_id': 'null',
  'build_version': 'string',
}

/** The same of a card that paid: what differs, and what there is not. */
const APPROVED_CARD: Record<string, string> = {
  ...PENDING_BOLETO,
  'date_approved': 'time',
  'date_of_expiration': 'null',
  'money_release_date': 'time',
  'money_release_status': 'string',
  'issuer_id': 'string',
  'description': 'null',
  'authorization_code': 'string',
  'payer.first_name': 'null',
  'payer.last_name': 'null',
  'payer.identification.type': 'null',
  'payer.identification.number': 'null',
  'transaction_details.external_resource_url': 'null',
  'transaction_details.financial_institution': 'null',
  'transaction_details.payment_method_reference_id': 'null',
  'transaction_details.verification_code': 'null',
  'transaction_details.digitable_line': 'null',
  'transaction_details.barcode.content': 'undefined',
  'barcode.content': 'undefined',
  'fee_details.0.type': 'string',
  'fee_details.0.amount': 'number',
  'fee_details.0.fee_payer': 'string',
  'charges_details.0.id': 'string',
  'charges_details.0.name': 'string',
  'charges_details.0.type': 'string',
  'charges_details.0.accounts.from': 'string',
  'charges_details.0.accounts.to': 'string',
  'charges_details.0.client_id': 'number',
  'charges_details.0.date_created': 'time',
  'charges_details.0.last_updated': 'time',
  'charges_details.0.amounts.original': 'number',
  'charges_details.0.amounts.refunded': 'number',
  'charges_details.0.refund_charges': 'array',
  'card.id': 'null',
  'card.first_six_digits': 'string',
  'card.last_four_digits': 'string',
  'card.expiration_month': 'number',
  'card.expiration_year': 'number',
  'card.date_created': 'time',
  'card.date_last_updated': 'time',
  'card.cardholder.name': 'string',
  'card.cardholder.identification.type': 'string',
  'card.cardholder.identification.number': 'string',
}

function at(value: any, path: string): unknown {
  return path.split('.').reduce((inner, name) => inner?.[name], value)
}

function kind(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'string' && WIRE_TIME.test(value) ? 'time' : typeof value
}

test.group('Simulator | the API', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  test('answers a created boleto with 201 and every documented field', async ({ assert }) => {
    const { status, body } = await simulator.post('/v1/payments', boletoRequest())
    assert.equal(status, 201)
    for (const [path, expected] of Object.entries(PENDING_BOLETO)) {
      assert.equal(kind(at(body, path)), expected, path)
    }
    assert.equal(body.status_detail, 'pending_waiting_payment')
    assert.equal(body.payment_type_id, 'ticket')
    assert.equal(body.collector_id, PLATFORM_ACCOUNT_ID)
    assert.equal(body.transaction_details.net_received_amount, 0)
    assert.equal(body.barcode.content, body.transaction_details.barcode.content)
  })

  test('answers an approved card with every documented field', async ({ assert }) => {
    const body = await chargeCard(simulator)
    for (const [path, expected] of Object.entries(APPROVED_CARD)) {
      assert.equal(kind(at(body, path)), expected, path)
    }
  })

  test('reads back what it created, with and without a trailing slash', async ({ assert }) => {
    const created = await simulator.charge({ metadata: { tenantId: 7 } })
    const plain = await simulator.get(`/v1/payments/${created.id}`)
    const slashed = await simulator.get(`/v1/payments/${created.id}/`)
    assert.deepEqual(plain.body, created)
    assert.deepEqual(slashed.body, created)
    assert.deepEqual(created.metadata, { tenant_id: 7 })
  })

  test('gives a boleto three days until the end of the day in Brazil', async ({ assert }) => {
    const created = await simulator.charge()
    assert.match(created.date_of_expiration, /T22:59:59\.000-04:00$/)
    const days = (Date.parse(created.date_of_expiration) - Date.now()) / 86_400_000
    assert.isTrue(days >= 3 && days < 4, `${days} days`)
  })

  test('gives a Pix a day, a code, an image and no barcode', async ({ assert }) => {
    const { body } = await simulator.post('/v1/payments', pixRequest())
    const data = body.point_of_interaction.transaction_data
    assert.equal(body.payment_type_id, 'bank_transfer')
    assert.equal(body.status_detail, 'pending_waiting_transfer')
    assert.match(data.qr_code, /^000201.*6304[0-9A-F]{4}$/)
    assert.equal(Buffer.from(data.qr_code_base64, 'base64').toString('latin1', 1, 4), 'PNG')
    assert.isString(data.ticket_url)
    assert.isNull(data.e2e_id)
    assert.isUndefined(body.barcode)
    const hours = (Date.parse(body.date_of_expiration) - Date.parse(body.date_created)) / 3_600_000
    assert.equal(hours, 24)
  })

  test('returns item quantities and prices as text', async ({ assert }) => {
    const items = [{ id: '1', title: 'Fee', quantity: 1, unit_price: 100 }]
    const created = await simulator.charge({ additional_info: { items } })
    assert.deepInclude(created.additional_info.items[0], { quantity: '1', unit_price: '100.0' })
  })

  test('tells who a token belongs to', async ({ assert }) => {
    const { body } = await simulator.get('/users/me')
    assert.deepInclude(body, { id: PLATFORM_ACCOUNT_ID, site_id: 'MLB', country_id: 'BR' })
    assert.include(body.tags, 'test_user')
    const argentine = await simulator.call('GET', '/users/me/', undefined, {
      authorization: `Bearer ${ARGENTINE_ACCESS_TOKEN}`,
    })
    assert.deepInclude(argentine.body, { site_id: 'MLA', country_id: 'AR' })
  })

  test('lists payment methods and identification types of the site', async ({ assert }) => {
    const { body: methods } = await simulator.get('/v1/payment_methods')
    assert.includeMembers(
      methods.map((method: any) => method.id),
      ['bolbradesco', 'pix', 'pec', 'visa', 'master', 'elo']
    )
    assert.equal(methods[0].min_allowed_amount, 4)
    const { body: types } = await simulator.get('/v1/identification_types')
    assert.deepEqual(
      types.map((type: any) => type.id),
      ['CPF', 'CNPJ']
    )
  })

  test('replays the first answer to a key, whatever is asked the second time', async ({
    assert,
  }) => {
    const first = await simulator.post('/v1/payments', boletoRequest(), 'same-key')
    const changed = { ...boletoRequest(), transaction_amount: 999 }
    const second = await simulator.post('/v1/payments', changed, 'same-key')
    assert.equal(second.status, 201)
    assert.deepEqual(second.body, first.body)
  })

  test('does not keep a refusal under its key', async ({ assert }) => {
    const refused = await simulator.post('/v1/payments', { payment_method_id: 'pix' }, 'retried')
    const accepted = await simulator.post('/v1/payments', boletoRequest(), 'retried')
    assert.equal(refused.status, 400)
    assert.equal(accepted.status, 201)
  })

  test('makes one payment of fifty calls at once with one key', async ({ assert }) => {
    const calls = Array.from({ length: 50 }, () =>
      simulator.post('/v1/payments', boletoRequest(), 'at-once')
    )
    const answers = await Promise.all(calls)
    const ids = new Set(answers.map(({ body }) => body.id))
    assert.equal(ids.size, 1)
  })

  test('cancels what is pending and nothing else', async ({ assert }) => {
    const created = await simulator.charge()
    const path = `/v1/payments/${created.id}`
    const cancelled = await simulator.call('PUT', path, { status: 'cancelled' })
    assert.deepInclude(cancelled.body, { status: 'cancelled', status_detail: 'by_collector' })
    const again = await simulator.call('PUT', path, { status: 'cancelled' })
    assert.equal(again.body.cause[0].code, 2063)
  })
})
