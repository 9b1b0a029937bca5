import { test } from '@japa/runner'
import {
  FOREIGN_ACCESS_TOKEN,
  FOREIGN_ACCOUNT_ID,
  PLATFORM_PUBLIC_KEY,
} from '../../../app/simulator/main.js'
import { AMEX, VISA, cardInput, cardRequest, chargeCard, tokenize } from './card_support.js'
import { bearer, connect } from './oauth_support.js'
import { bodyOf, startTestSimulator, type TestSimulator } from './support.js'

const OUTCOMES: [string, string, string][] = [
  ['APRO', 'approved', 'accredited'],
  ['Maria da Silva', 'approved', 'accredited'],
  ['CARDOSO', 'approved', 'accredited'],
  ['constructor', 'approved', 'accredited'],
  ['OTHE', 'rejected', 'cc_rejected_other_reason'],
  ['CONT', 'in_process', 'pending_contingency'],
  ['CALL', 'rejected', 'cc_rejected_call_for_authorize'],
  ['FUND', 'rejected', 'cc_rejected_insufficient_amount'],
  ['SECU', 'rejected', 'cc_rejected_bad_filled_security_code'],
  ['EXPI', 'rejected', 'cc_rejected_bad_filled_date'],
  ['FORM', 'rejected', 'cc_rejected_bad_filled_other'],
  ...[
    'cc_rejected_bad_filled_card_number',
    'cc_rejected_blacklist',
    'cc_rejected_card_disabled',
    'cc_rejected_card_error',
    'cc_rejected_card_type_not_allowed',
    'cc_rejected_duplicated_payment',
    'cc_rejected_high_risk',
    'cc_rejected_invalid_installments',
    'cc_rejected_max_attempts',
    'cc_rejected_time_out',
    'cc_rejected_3ds_challenge',
    'cc_rejected_3ds_mandatory',
    'cc_amount_rate_limit_exceeded',
    'insufficient_amount',
    'bank_rejected',
    'bank_error',
    'rejected_by_bank',
    'rejected_by_regulations',
    'rejected_high_risk',
    'rejected_insufficient_data',
    'collector_unavailable',
    'payer_unavailable',
  ].map((detail): [string, string, string] => [detail, 'rejected', detail]),
  ['pending_review_manual', 'in_process', 'pending_review_manual'],
  ['offline_process', 'in_process', 'offline_process'],
  ['pending_challenge', 'pending', 'pending_challenge'],
  ['pending_provider_response', 'pending', 'pending_provider_response'],
]

const DNI = { type: 'DNI', number: '12345678' }
const OTHER = { type: 'Otro', number: '123456789' }

/** As the documentation lists them: Mastercard, Visa and, where there is one, American Express. */
const SITES_CARDS: [
  siteId: string,
  document: { type: string; number: string } | undefined,
  numbers: Record<string, string>,
][] = [
  [
    'MLB',
    { type: 'CPF', number: '12345678909' },
    { master: '5031433215406351', visa: '4235647728025682', amex: '375365153556885' },
  ],
  ['MLA', DNI, { master: '5031755734530604', visa: '4509953566233704', amex: '371180303257522' }],
  ['MLM', undefined, { master: '5474925432670366', visa: '4075595716483764' }],
  ['MLC', OTHER, { master: '5416752602582580', visa: '4168818844447115', amex: '375778174461804' }],
  ['MCO', OTHER, { master: '5254133674403564', visa: '4013540682746260', amex: '374378187755283' }],
  ['MPE', OTHER, { master: '5031755734530604', visa: '4009175332806176', amex: '371180303257522' }],
  ['MLU', OTHER, { master: '5031755734530604', visa: '4509953566233704' }],
]

test.group('Simulator | card payments', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  test('of {0} are {1}, {2}')
    .with(OUTCOMES)
    .run(async ({ assert }, [name, status, detail]) => {
      const { status: code, body } = await simulator.post(
        '/v1/payments',
        await cardRequest(simulator, name)
      )
      assert.equal(code, 201)
      assert.deepEqual([body.status, body.status_detail], [status, detail])
      assert.equal(body.date_approved !== null, status === 'approved')
      assert.equal(body.transaction_details.net_received_amount > 0, status === 'approved')
      assert.deepEqual(await simulator.payment(body.id), body)
    })

  test('documented for {0} pay there, known by their number')
    .with(SITES_CARDS)
    .run(async ({ assert }, [siteId, document, numbers]) => {
      const { body: seller } = await simulator.control('/accounts', { site_id: siteId })
      for (const [method, number] of Object.entries(numbers)) {
        const token = await bodyOf(
          tokenize(
            simulator,
            cardInput('APRO', {
              card_number: number,
              security_code: number.length === 15 ? '1234' : '123',
              cardholder: { name: 'APRO', identification: document },
            }),
            seller.public_key
          )
        )
        const paid = await simulator.call(
          'POST',
          '/v1/payments',
          {
            token: token.id,
            installments: 1,
            transaction_amount: 5000,
            payer: { email: 'ana@example.com', identification: document },
          },
          { 'authorization': `Bearer ${seller.access_token}`, 'x-idempotency-key': number }
        )
        assert.deepInclude(paid.body, { payment_method_id: method, status: 'approved' }, siteId)
      }
    })

  test('answer an approved one as documented', async ({ assert }) => {
    const body = await chargeCard(simulator)
    assert.deepEqual(body.fee_details, [
      { type: 'mercadopago_fee', amount: 0.62, fee_payer: 'collector' },
    ])
    const { net_received_amount: net, total_paid_amount: total } = body.transaction_details
    assert.deepEqual([net, total], [11.72, 12.34])
    assert.equal(body.transaction_details.installment_amount, 12.34)
    assert.deepInclude(body, {
      status: 'approved',
      status_detail: 'accredited',
      issuer_id: '24',
      payment_method_id: 'master',
      payment_type_id: 'credit_card',
      captured: true,
      live_mode: true,
      installments: 1,
      date_of_expiration: null,
    })
    assert.match(body.authorization_code, /^\d{6}$/)
    const { date_created: created, date_last_updated: updated, ...card } = body.card
    assert.match(created, /-04:00$/)
    assert.equal(updated, created)
    assert.deepEqual(card, {
      id: null,
      first_six_digits: '503143',
      last_four_digits: '6351',
      bin: '503143',
      expiration_month: 11,
      expiration_year: new Date().getUTCFullYear() + 4,
      cardholder: { name: 'APRO', identification: { type: 'CPF', number: '12345678909' } },
    })
    assert.equal(body.payment_method.issuer_id, '24')
  })

  test('take instalments, another issuer, and the brand from the number', async ({ assert }) => {
    const { body: token } = await tokenize(simulator, cardInput('APRO', { card_number: VISA }))
    const request = await cardRequest(simulator, 'APRO', {
      token: token.id,
      payment_method_id: undefined,
      transaction_amount: 100,
      installments: 3,
      issuer_id: 310,
    })
    const { body } = await simulator.post('/v1/payments', request)
    assert.deepInclude(body, { payment_method_id: 'visa', installments: 3, issuer_id: '310' })
    assert.equal(body.transaction_details.installment_amount, 33.33)
  })

  const refusedOf = async (
    change: Record<string, unknown>,
    card: Record<string, unknown> = {},
    name: string | null = 'APRO'
  ) => {
    const { body: token } = await tokenize(simulator, cardInput(name, card))
    const request = await cardRequest(simulator, 'APRO', { token: token.id, ...change })
    const { body } = await simulator.post('/v1/payments', request)
    return body.cause?.[0].code
  }

  test('are refused for what is wrong with the card', async ({ assert }) => {
    assert.equal(await refusedOf({ token: undefined }), 4000)
    assert.equal(await refusedOf({ token: 'f'.repeat(32) }), 2006)
    assert.equal(await refusedOf({ installments: undefined }), 4004)
    assert.equal(await refusedOf({ installments: '1' }), 4005)
    assert.equal(await refusedOf({ installments: 13 }), 4033)
    assert.equal(await refusedOf({ installments: 1.5 }), 4033)
    assert.equal(await refusedOf({ payment_method_id: 'visa' }), 3028)
    assert.equal(await refusedOf({ payment_method_id: 'debmaster', capture: false }), 2077)
    assert.equal(await refusedOf({}, {}, null), 3000)
    assert.equal(await refusedOf({}, { security_code: '1234' }), 3012)
    const amex = { card_number: AMEX, security_code: '123' }
    assert.equal(await refusedOf({ payment_method_id: 'amex' }, amex), 3012)
    assert.equal(await refusedOf({ transaction_amount: 0.49 }), 4037)
  })

  test('use a token once, within its week, and of this seller', async ({ assert }) => {
    const request = await cardRequest(simulator)
    await simulator.post('/v1/payments', request)
    const again = await simulator.post('/v1/payments', request)
    assert.equal(again.body.cause[0].code, 2062)
    const used = await simulator.get(`/v1/card_tokens/${request.token}`)
    assert.equal(used.body.status, 'used')

    const foreign = await cardRequest(simulator)
    const headers = { ...bearer(FOREIGN_ACCESS_TOKEN), 'x-idempotency-key': 'k' }
    const refused = await simulator.call('POST', '/v1/payments', foreign, headers)
    assert.equal(refused.body.cause[0].code, 2006)

    await simulator.control('/clock', { advance_days: 7 })
    const late = await simulator.post('/v1/payments', foreign)
    assert.equal(late.body.cause[0].code, 2062)
    await simulator.control('/clock', { reset: true })
  })

  test('keep the token when they are refused', async ({ assert }) => {
    const request = await cardRequest(simulator)
    await simulator.post('/v1/payments', { ...request, installments: 99 })
    const { status } = await simulator.post('/v1/payments', request)
    assert.equal(status, 201)
  })

  test('answer the first result to a key again', async ({ assert }) => {
    const request = await cardRequest(simulator)
    const one = await simulator.post('/v1/payments', request, 'card-key')
    const two = await simulator.post('/v1/payments', request, 'card-key')
    assert.deepEqual(two.body, one.body)
  })

  test('of an application carry its fee, with a token of either key', async ({ assert }) => {
    const granted = await connect(simulator)
    for (const [index, key] of [granted.public_key, PLATFORM_PUBLIC_KEY].entries()) {
      const { body: token } = await tokenize(simulator, cardInput(), key)
      const request = await cardRequest(simulator, 'APRO', { token: token.id, application_fee: 1 })
      const headers = { ...bearer(granted.access_token), 'x-idempotency-key': `fee${index}` }
      const { body } = await simulator.call('POST', '/v1/payments', request, headers)
      assert.equal(body.collector_id, FOREIGN_ACCOUNT_ID)
      assert.equal(body.transaction_details.net_received_amount, 10.72)
    }
  })

  test('never stay open when they are binary', async ({ assert }) => {
    const body = await chargeCard(simulator, 'CONT', { binary_mode: true })
    assert.deepEqual([body.status, body.status_detail], ['rejected', 'cc_rejected_other_reason'])
    const approved = await chargeCard(simulator, 'APRO', { binary_mode: true })
    assert.equal(approved.status, 'approved')
  })
})

test.group('Simulator | authorized cards', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const authorize = (name = 'APRO') =>
    chargeCard(simulator, name, { capture: false, transaction_amount: 100 })
  const put = (id: number, body: Record<string, unknown>) =>
    simulator.call('PUT', `/v1/payments/${id}`, body)

  test('hold the money and take no charge yet', async ({ assert }) => {
    const body = await authorize()
    assert.deepInclude(body, {
      status: 'authorized',
      status_detail: 'pending_capture',
      captured: false,
      fee_details: [],
      charges_details: [],
      date_approved: null,
      money_release_date: null,
    })
    assert.match(body.authorization_code, /^\d{6}$/)
    const { body: balance } = await simulator.get(
      `/_simulator/accounts/${body.collector_id}/balance`
    )
    assert.equal(balance.pending, 0)
  })

  test('are captured whole or in part, once', async ({ assert }) => {
    const { id } = await authorize()
    const { status, body } = await put(id, { capture: true })
    assert.equal(status, 200)
    assert.deepInclude(body, { status: 'approved', status_detail: 'accredited', captured: true })
    assert.equal(body.transaction_details.net_received_amount, 95.01)
    const again = await put(id, { capture: true })
    assert.equal(again.body.cause[0].code, 2063)

    const { id: other } = await authorize()
    const part = await put(other, { capture: true, transaction_amount: 40.5 })
    assert.equal(part.body.transaction_amount, 40.5)
    assert.equal(part.body.transaction_details.total_paid_amount, 40.5)
    assert.equal(part.body.transaction_details.overpaid_amount, 0)
    assert.equal(part.body.fee_details[0].amount, 2.02)
  })

  test('are captured for no more, and for no nonsense', async ({ assert }) => {
    const { id } = await authorize()
    const codes = []
    for (const amount of [100.01, 0, -1, '40', 1.234]) {
      const { body } = await put(id, { capture: true, transaction_amount: amount })
      codes.push(body.cause[0].code)
    }
    assert.deepEqual(codes, [4037, 4037, 4037, 4003, 2072])
    for (const change of [{ capture: false }, { transaction_amount: 5 }, { status: 'approved' }]) {
      const { body } = await put(id, change)
      assert.equal(body.cause[0].code, 1)
    }
  })

  test('are let go when cancelled, or when nobody captures for five days', async ({ assert }) => {
    const { id } = await authorize()
    const cancelled = await put(id, { status: 'cancelled' })
    assert.deepInclude(cancelled.body, { status: 'cancelled', status_detail: 'by_collector' })
    const { id: forgotten } = await authorize()
    await simulator.control('/clock', { advance_days: 4 })
    const held = await simulator.payment(forgotten)
    assert.equal(held.status, 'authorized')
    await simulator.control('/clock', { advance_days: 1 })
    const gone = await simulator.payment(forgotten)
    assert.deepInclude(gone, { status: 'cancelled', status_detail: 'expired' })
    const late = await put(forgotten, { capture: true })
    assert.equal(late.body.cause[0].code, 2063)
    const paid = await simulator.control(`/payments/${forgotten}/pay`)
    assert.equal(paid.status, 409)
  })

  test('come out of a review authorized, not paid', async ({ assert }) => {
    const { id } = await authorize('CONT')
    const { body } = await simulator.control(`/payments/${id}/approve`)
    assert.equal(body.status, 'authorized')
    const captured = await put(id, { capture: true })
    assert.equal(captured.body.status, 'approved')
  })

  test('change their metadata without anything else', async ({ assert }) => {
    const { id } = await authorize()
    const { body } = await put(id, { metadata: { orderId: 7 } })
    assert.deepEqual(body.metadata, { order_id: 7 })
    assert.equal(body.status, 'authorized')
    const unknown = await put(id, { payer: {} })
    assert.equal(unknown.body.cause[0].code, 8)
    const text = await put(id, { metadata: 'x' })
    assert.equal(text.body.cause[0].code, 4022)
  })
})

test.group('Simulator | reviewed cards', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  const form = (path: string, fields: Record<string, string> = {}) =>
    fetch(simulator.url + path, { method: 'POST', body: new URLSearchParams(fields) })

  test('are approved, or rejected for a reason', async ({ assert }) => {
    const { id } = await chargeCard(simulator, 'CONT')
    const approved = await simulator.control(`/payments/${id}/approve`)
    assert.deepInclude(approved.body, { status: 'approved', status_detail: 'accredited' })
    const twice = await simulator.control(`/payments/${id}/approve`)
    assert.equal(twice.status, 409)

    const { id: other } = await chargeCard(simulator, 'pending_challenge')
    const detail = 'cc_rejected_3ds_challenge'
    const rejected = await simulator.control(`/payments/${other}/reject`, { status_detail: detail })
    assert.deepInclude(rejected.body, { status: 'rejected', status_detail: detail })
    const unheard = await simulator.control(`/payments/${other}/reject`, { status_detail: 'x' })
    assert.equal(unheard.status, 400)
  })

  test('are not paid like a boleto, but cancelled like one', async ({ assert }) => {
    const { id } = await chargeCard(simulator, 'CONT')
    const paid = await simulator.control(`/payments/${id}/pay`)
    assert.equal(paid.status, 409)
    const { body } = await simulator.call('PUT', `/v1/payments/${id}`, { status: 'cancelled' })
    assert.deepInclude(body, { status: 'cancelled', status_detail: 'by_collector' })
  })

  test('wait on a page, which decides them', async ({ assert }) => {
    const one = await chargeCard(simulator, 'CONT')
    const two = await chargeCard(simulator, 'pending_review_manual')
    const before = await fetch(`${simulator.url}/review`)
    const html = await before.text()
    assert.include(html, String(one.id))
    assert.include(html, String(two.id))
    await form(`/review/${one.id}/approval`)
    await form(`/payments/${two.id}/rejection`, { status_detail: 'cc_rejected_high_risk' })
    const { status } = await simulator.payment(one.id)
    const { status_detail: detail } = await simulator.payment(two.id)
    assert.deepEqual([status, detail], ['approved', 'cc_rejected_high_risk'])
    const after = await fetch(`${simulator.url}/review`)
    assert.include(await after.text(), 'Nothing waits')
  })

  test('are confirmed by the payer where a challenge leads', async ({ assert }) => {
    const body = await chargeCard(simulator, 'pending_challenge')
    const url = new URL(body.three_ds_info.external_resource_url)
    const page = await fetch(url)
    assert.include(await page.text(), 'Confirm this payment')
    await form(url.pathname, { hash: url.searchParams.get('hash')! })
    const confirmed = await simulator.payment(body.id)
    assert.equal(confirmed.status, 'approved')
    assert.notProperty(confirmed, 'three_ds_info')
  })

  test('let a bank refuse a transfer, too', async ({ assert }) => {
    const { id } = await simulator.charge()
    const { body } = await simulator.control(`/payments/${id}/reject`)
    assert.deepInclude(body, { status: 'rejected', status_detail: 'rejected_by_bank' })
    const effects = await simulator.journal('payment.rejected')
    assert.lengthOf(effects, 1)
  })
})
