import { test } from '@japa/runner'
import { ARGENTINE_ACCESS_TOKEN, PLATFORM_ACCOUNT_ID } from '../../../app/simulator/main.js'
import { boletoRequest, pixRequest, startTestSimulator, type TestSimulator } from './support.js'

test.group('Simulator | the API', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  test('answers a created boleto with 201', async ({ assert }) => {
    const { status, body } = await simulator.post('/v1/payments', boletoRequest())
    assert.equal(status, 201)
    assert.equal(body.status_detail, 'pending_waiting_payment')
    assert.equal(body.payment_type_id, 'ticket')
    assert.equal(body.collector_id, PLATFORM_ACCOUNT_ID)
    assert.equal(body.transaction_details.net_received_amount, 0)
    assert.equal(body.barcode.content, body.transaction_details.barcode.content)
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

  test('postpones what is pending, and gives a boleto the code of its new date', async ({
    assert,
  }) => {
    const { id, barcode } = await simulator.charge()
    const date = new Date(Date.now() + 20 * 86_400_000).toISOString().replace('Z', '+00:00')
    const put = (body: unknown, of = id) => simulator.call('PUT', `/v1/payments/${of}`, body)
    const later = await put({ date_of_expiration: date })
    assert.equal(Date.parse(later.body.date_of_expiration), Date.parse(date))
    assert.notEqual(later.body.barcode.content, barcode.content)
    await simulator.control('/clock', { advance_days: 19 })
    const pending = await simulator.payment(id)
    assert.equal(pending.status, 'pending')
    const wrong = await put({ date_of_expiration: 'tomorrow' })
    assert.equal(wrong.body.cause[0].code, 23)
    await simulator.control(`/payments/${id}/pay`)
    const paid = await put({ date_of_expiration: date })
    assert.equal(paid.body.cause[0].code, 2063)
  })

  test('takes every field that the official package can send', async ({ assert }) => {
    const { status } = await simulator.post('/v1/payments', {
      ...boletoRequest(),
      forward_data: { sub_merchant: { mcc: '5462' } },
      payment_method: { type: 'ticket', data: { authentication: { eci: '05' } } },
      additional_info: {
        items: [{ id: '1', title: 'Fee', quantity: 1, unit_price: 150, currency_id: 'BRL' }],
      },
    })
    assert.equal(status, 201)
  })
})
