import { test } from '@japa/runner'
import {
  ARGENTINE_ACCOUNT_ID,
  FOREIGN_ACCOUNT_ID,
  PLATFORM_ACCOUNT_ID,
  SELLER_TOKENS,
} from '../../../app/simulator/main.js'
import { postPreference, prefer, preferenceRequest } from './checkout_support.js'
import { bearer } from './oauth_support.js'
import { startTestSimulator, statusOf, type TestSimulator } from './support.js'

const item = (change: Record<string, unknown>) => ({
  items: [{ title: 'Soap', quantity: 1, unit_price: 10, ...change }],
})
const methods = (value: unknown) => ({ payment_methods: value })
const shipments = (value: unknown) => ({ shipments: value })
const ids = (...names: string[]) => names.map((id) => ({ id }))
const long = (length: number) => 'x'.repeat(length)
const EVERY_METHOD = [
  ...['bolbradesco', 'pix', 'pec', 'elo', 'hipercard', 'amex', 'visa', 'master'],
  ...['debvisa', 'debmaster'],
]

/** What is wrong, the symbolic code, and the documented words or how they begin. */
const REFUSALS: [name: string, change: object, error: string, message: string][] = [
  ['no items', { items: null }, 'invalid_items', 'items needed.'],
  ['an empty list', { items: [] }, 'invalid_items', 'items needed.'],
  ['items that are no list', { items: {} }, 'invalid_items', 'items must be a array'],
  ['an item that is no object', { items: [1] }, 'invalid_items', 'items invalid.'],
  ['an item without a title', item({ title: ' ' }), 'invalid_items', 'title needed.'],
  ['a long title', item({ title: long(257) }), 'invalid_items', 'title invalid. Max length 256'],
  ['a title that is no text', item({ title: 1 }), 'invalid_items', 'title invalid.'],
  ['a long picture', item({ picture_url: long(601) }), 'invalid_items', 'picture_url invalid.'],
  ['no quantity', item({ quantity: null }), 'invalid_items', 'quantity needed.'],
  ['half an item', item({ quantity: 0.5 }), 'invalid_items', 'items.0.quantity must be a integer.'],
  ['a quantity of 0', item({ quantity: 0 }), 'invalid_items', 'items.0.quantity must be'],
  ['a quantity in words', item({ quantity: '1' }), 'invalid_items', 'items.0.quantity must be'],
  ['no price', item({ unit_price: null }), 'invalid_items', 'unit_price needed.'],
  ['a price in words', item({ unit_price: '10' }), 'invalid_items', 'unit_price must be a number.'],
  ['a price of 0', item({ unit_price: 0 }), 'invalid_items', 'unit_price invalid.'],
  ['a price below 0', item({ unit_price: -1 }), 'invalid_items', 'unit_price invalid.'],
  ['a third decimal', item({ unit_price: 1.001 }), 'invalid_items', 'unit_price invalid.'],
  ['another currency', item({ currency_id: 'ARS' }), 'invalid_items', 'currency_id invalid.'],
  [
    'more than anybody can pay',
    item({ unit_price: 1_000_000.01 }),
    'invalid_items',
    'amount cannot be paid with Mercado Pago.',
  ],
  [
    'so many that no number holds it',
    item({ quantity: 2 ** 53 - 1, unit_price: 1_000_000 }),
    'invalid_items',
    'amount cannot be paid with Mercado Pago.',
  ],
  ['a foreign collector', { collector_id: 1 }, 'invalid_collector_id', 'collector_id invalid.'],
  [
    'a collector in words',
    { collector_id: String(PLATFORM_ACCOUNT_ID) },
    'invalid_collector_id',
    'collector_id must be a number.',
  ],
  ['an unknown sponsor', { sponsor_id: 5 }, 'invalid_sponsor_id', 'sponsor_id not found.'],
  [
    'a sponsor in words',
    { sponsor_id: '5' },
    'invalid_sponsor_id',
    'invalid type (string) for field sponsor_id',
  ],
  [
    'itself as sponsor',
    { sponsor_id: PLATFORM_ACCOUNT_ID },
    'invalid_sponsor_id',
    'sponsor_id should be different than collector_id.',
  ],
  [
    'a sponsor abroad',
    { sponsor_id: ARGENTINE_ACCOUNT_ID },
    'invalid_sponsor_id',
    'sponsor_id site must be the same as collector_id.',
  ],
  ['a payer that is none', { payer: 'Ana' }, 'invalid_payer', 'payer invalid. Wrong format'],
  [
    'a long name',
    { payer: { name: long(101) } },
    'invalid_payer',
    'payer name invalid. Max length 100',
  ],
  [
    'a long surname',
    { payer: { surname: long(101) } },
    'invalid_payer',
    'payer surname invalid. Max length 100',
  ],
  [
    'a long email',
    { payer: { email: `${long(150)}@example.com` } },
    'invalid_payer',
    'payer email invalid. Max length 150',
  ],
  ['no email', { payer: { email: 'ana' } }, 'invalid_payer', 'payer email invalid.'],
  ['a phone in words', { payer: { phone: '1' } }, 'invalid_payer', 'payer phone invalid.'],
  [
    'addresses that are none',
    { back_urls: 'http://x/' },
    'invalid_back_urls',
    'back_urls invalid. Wrong format',
  ],
  [
    'a relative address',
    { back_urls: { success: '/paid' } },
    'invalid_back_urls',
    'back_urls invalid. Wrong format',
  ],
  [
    'a script as address',
    { back_urls: { failure: ' javascript:alert(1)' } },
    'invalid_back_urls',
    'back_urls invalid. Wrong format',
  ],
  [
    'a long address',
    { back_urls: { pending: `http://x/${long(600)}` } },
    'invalid_back_urls',
    'back_urls invalid. Wrong format',
  ],
  [
    'a return to nowhere',
    { auto_return: 'approved', back_urls: { failure: 'http://x/' } },
    'invalid_auto_return',
    'auto_return invalid. back_url.success must be defined',
  ],
  ['another return', { auto_return: 'never' }, 'invalid_auto_return', 'auto_return invalid.'],
  [
    'methods that are none',
    methods([]),
    'invalid_payment_methods',
    'payment_methods invalid. Wrong format',
  ],
  [
    'methods as text',
    methods({ excluded_payment_methods: 'visa' }),
    'invalid_payment_methods',
    'excluded_payment_methods invalid. Wrong format.',
  ],
  [
    'a method without an id',
    methods({ excluded_payment_methods: [{}] }),
    'invalid_payment_methods',
    'id needed.',
  ],
  [
    'types as text',
    methods({ excluded_payment_types: ['ticket'] }),
    'invalid_payment_methods',
    'excluded_payment_types invalid. Wrong format.',
  ],
  [
    'no account money',
    methods({ excluded_payment_methods: ids('account_money') }),
    'invalid_payment_methods',
    'account_money cannot be excluded.',
  ],
  [
    'no method at all',
    methods({ excluded_payment_methods: ids(...EVERY_METHOD) }),
    'invalid_payment_methods',
    'cannot exclude all payments methods.',
  ],
  [
    'no type at all',
    methods({
      excluded_payment_types: ids('ticket', 'bank_transfer', 'credit_card', 'debit_card'),
    }),
    'invalid_payment_methods',
    'cannot exclude all payments types.',
  ],
  [
    'nothing between the two',
    methods({
      excluded_payment_methods: ids('pix'),
      excluded_payment_types: ids('ticket', 'credit_card', 'debit_card'),
    }),
    'invalid_payment_methods',
    'the combination of payment methods and payment types cannot exclude all payment methods',
  ],
  [
    'nothing that takes the amount',
    { ...item({ unit_price: 0.1 }), ...methods({ excluded_payment_methods: ids('pix') }) },
    'invalid_payment_methods',
    'amount cannot be paid with MercadoPago.',
  ],
  [
    '37 instalments',
    methods({ installments: 37 }),
    'invalid_payment_methods',
    'installments invalid. Should be a number between 1 and 36.',
  ],
  [
    'no instalment',
    methods({ default_installments: 0 }),
    'invalid_payment_methods',
    'default_installments invalid. Should be a number between 1 and 36.',
  ],
  ['shipping that is none', shipments('x'), 'invalid_shipments', 'invalid_shipments'],
  ['another shipping', shipments({ mode: 'x' }), 'invalid_shipments', 'invalid shipment mode'],
  [
    'Mercado Envíos',
    shipments({ mode: 'me2' }),
    'invalid_shipments',
    "collector doesn't have me2 active.",
  ],
  [
    'a cost in words',
    shipments({ cost: '5' }),
    'invalid_shipments',
    'invalid type (string) for field shipments.cost.',
  ],
  ['a cost below 0', shipments({ cost: -1 }), 'invalid_shipments', 'shipments.cost invalid'],
  [
    'a pickup in words',
    shipments({ local_pickup: 'yes' }),
    'invalid_shipments',
    'invalid type (string) for field shipments.local_pickup.',
  ],
  [
    'free shipping in numbers',
    shipments({ free_shipping: 1 }),
    'invalid_shipments',
    'invalid type (number) for field shipments.free_shipping.',
  ],
  [
    'dimensions in numbers',
    shipments({ dimensions: 1 }),
    'invalid_shipments',
    'invalid type (number) for field shipments.dimensions.',
  ],
  [
    'dimensions without a weight',
    shipments({ dimensions: '1x2x3' }),
    'invalid_shipments',
    'Invalid dimensions format',
  ],
  [
    'dimensions of nothing',
    shipments({ dimensions: '1x0x3,4' }),
    'invalid_shipments',
    'Invalid dimension values',
  ],
  [
    'a method in words',
    shipments({ default_shipping_method: '1' }),
    'invalid_shipments',
    'invalid type (string) for field shipments.default_shipping_method.',
  ],
  [
    'half a method',
    shipments({ default_shipping_method: 0.5 }),
    'invalid_shipments',
    'invalid shipments.default_shipping_method',
  ],
  [
    'free methods without ids',
    shipments({ free_methods: [{ id: 'x' }] }),
    'invalid_shipments',
    'invalid free_methods',
  ],
  [
    'binary in words',
    { binary_mode: 'yes' },
    'invalid_binary_mode',
    'binary_mode must be boolean.',
  ],
  ['expiry in words', { expires: 'true' }, 'invalid_expires', 'expires value is not boolean'],
  [
    'a beginning without a zone',
    { expiration_date_from: '2026-01-01' },
    'invalid_expiration_date_from',
    'expiration_date_from invalid.',
  ],
  [
    'an end that is none',
    { expiration_date_to: 'soon' },
    'invalid_expiration_date_to',
    'expiration_date_to invalid.',
  ],
  [
    'an end before the beginning',
    {
      expiration_date_from: '2026-01-02T00:00:00.000-04:00',
      expiration_date_to: '2026-01-01T00:00:00.000-04:00',
    },
    'invalid_expiration_date_to',
    'expiration_date_to invalid.',
  ],
  ['a boleto date that is none', { date_of_expiration: 1 }, 'invalid_date', 'invalid date of'],
  [
    'a boleto of the past',
    { date_of_expiration: '2020-01-01T00:00:00.000-04:00' },
    'invalid_date',
    'invalid date of expiration.',
  ],
  [
    'another operation',
    { operation_type: 'gift' },
    'invalid_operation_type',
    'operation_type invalid.',
  ],
  ['another purpose', { purpose: 'gift' }, 'invalid_purpose', 'purpose invalid.'],
  [
    'a long reference',
    { external_reference: long(65) },
    'invalid_external_reference',
    'external_reference invalid.',
  ],
  [
    'a reference with a space',
    { external_reference: 'cart 7' },
    'invalid_external_reference',
    'external_reference invalid.',
  ],
  [
    'an address for news that is none',
    { notification_url: 'shop' },
    'invalid_notification_url',
    'notification_url must be url valid',
  ],
  [
    'a long address for news',
    { notification_url: `http://x/${long(240)}` },
    'invalid_notification_url',
    'notification_url invalid. Max length 248',
  ],
  [
    'a long descriptor',
    { statement_descriptor: long(17) },
    'invalid_statement_descriptor',
    'statement_descriptor invalid. Max length 16',
  ],
  [
    'long additional words',
    { additional_info: long(601) },
    'invalid_additional_info',
    'additional_info invalid. Max length 600',
  ],
  ['metadata as a list', { metadata: [] }, 'invalid_metadata', 'metadata invalid. Wrong format'],
  ['an unknown track', { tracks: [{ type: 'x' }] }, 'invalid_tracks', 'tracks invalid.'],
]

test.group('Simulator | preferences are refused', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  test('for {0}')
    .with(REFUSALS)
    .run(async ({ assert }, [, change, error, message]) => {
      const { status, body } = await postPreference(simulator, change as Record<string, unknown>)
      assert.equal(status, 400)
      assert.equal(body.error, error)
      assert.isTrue(body.message.startsWith(message), body.message)
      assert.equal(body.status, 400)
      assert.isNull(body.cause)
    })

  test('for names that are not known, at any depth', async ({ assert }) => {
    const wrong: [Record<string, unknown>, string][] = [
      [{ amount: 1 }, '[amount]'],
      [item({ price: 1 }), '[items.price]'],
      [{ payer: { first_name: 'Ana' } }, '[payer.first_name]'],
      [methods({ excluded_payment_types: [{ name: 'x' }] }), '[payment_methods.'],
      [{ excluded_payment_methods: [] }, '[excluded_payment_methods]'],
      [{ id: 'x' }, '[id]'],
    ]
    for (const [change, path] of wrong) {
      const { status, body } = await postPreference(simulator, change)
      assert.equal(status, 400)
      assert.equal(body.cause[0].code, 8)
      assert.include(body.message, path)
    }
  })

  test('when they are no JSON object', async ({ assert }) => {
    for (const body of [[], 'x', 1, null]) {
      const answer = await simulator.call('POST', '/checkout/preferences', body)
      assert.equal(answer.status, 400)
    }
    const response = await fetch(`${simulator.url}/checkout/preferences`, {
      method: 'POST',
      headers: bearer(simulator.accounts[0].access_token),
      body: '{"items":',
    })
    assert.equal(response.status, 400)
  })

  test('with decimals only where the currency has none', async ({ assert }) => {
    const post = (site: 'MLC' | 'MCO', price: number) =>
      simulator.call(
        'POST',
        '/checkout/preferences',
        { items: [{ title: 'Soap', quantity: 1, unit_price: price }] },
        bearer(SELLER_TOKENS[site])
      )
    assert.equal(await statusOf(post('MLC', 1000)), 201)
    assert.equal(await statusOf(post('MLC', 1000.5)), 400)
    assert.equal(await statusOf(post('MCO', 10_000)), 201)
    assert.equal(await statusOf(post('MCO', 10_000.5)), 400)
  })

  test('but not at the edge of what is allowed', async ({ assert }) => {
    const allowed: Record<string, unknown>[] = [
      { external_reference: `${long(62)}-_` },
      { statement_descriptor: long(16) },
      { additional_info: long(600) },
      { notification_url: `http://x.co/${long(236)}` },
      item({ title: long(256), unit_price: 1_000_000 }),
      item({ unit_price: 0.01 }),
      item({ id: null, description: null, currency_id: '' }),
      methods({ installments: 36, default_installments: 1 }),
      methods({ excluded_payment_methods: ids('', 'redlink') }),
      shipments({ mode: 'not_specified', cost: null, dimensions: '10 x 10 x 20, 500' }),
      { auto_return: 'all' },
      { back_urls: { success: 'shopapp://paid' } },
      { payer: {}, metadata: {}, tracks: [{ type: 'google_ad', values: {} }] },
      { sponsor_id: FOREIGN_ACCOUNT_ID, collector_id: PLATFORM_ACCOUNT_ID },
      { expiration_date_from: '2022-01-10T10:10:10.000Z', expires: false },
      { marketplace: 'marketplace', differential_pricing: { id: 1 }, purpose: 'wallet_purchase' },
    ]
    for (const change of allowed) {
      const { status, body } = await postPreference(simulator, change)
      assert.equal(status, 201, JSON.stringify(body))
    }
  })

  test('when a change makes them wrong', async ({ assert }) => {
    const { id } = await prefer(simulator)
    const path = `/checkout/preferences/${id}`
    for (const [, change, error] of REFUSALS) {
      if ('collector_id' in change) continue
      const { status, body } = await simulator.call('PUT', path, change)
      assert.deepEqual([status, body.error], [400, error])
    }
    assert.equal(await statusOf(simulator.call('PUT', path, preferenceRequest())), 200)
  })
})
