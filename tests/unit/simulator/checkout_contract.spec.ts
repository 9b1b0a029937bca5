import { test } from '@japa/runner'
import {
  AFTER,
  asSeller,
  kindsOf,
  ordersOf,
  payIn,
  prefer,
  type Kinds,
} from './checkout_support.js'
import { bodyOf, startTestSimulator, type TestSimulator } from './support.js'

/** Everything that the official samples send. */
const WHOLE_REQUEST = () => ({
  additional_info: 'Discount: 12.00',
  auto_return: 'all',
  binary_mode: true,
  date_of_expiration: AFTER.days(10),
  expiration_date_from: '2022-01-10T10:10:10.000Z',
  expiration_date_to: '2022-02-10T10:10:10.000Z',
  expires: false,
  items: [
    {
      id: '1234',
      title: 'Games',
      description: 'Console',
      picture_url: 'http://picture.com/console',
      category_id: 'games',
      quantity: 2,
      unit_price: 4000,
      currency_id: 'BRL',
      warranty: false,
    },
  ],
  marketplace: 'marketplace',
  marketplace_fee: 5,
  notification_url: 'http://127.0.0.1:1/news',
  operation_type: 'regular_payment',
  payer: {
    name: 'Test',
    surname: 'User',
    email: 'test_user_64585784@testuser.com',
    is_prime_user: false,
    is_first_purchase_online: false,
    phone: { area_code: '11', number: '4444-4444' },
    identification: { type: 'CPF', number: '19119119100' },
    address: { zip_code: '06233200', street_name: 'Street', street_number: '123' },
  },
  payment_methods: {
    excluded_payment_methods: [{ id: '' }],
    excluded_payment_types: [{ id: 'ticket' }],
    default_payment_method_id: 'master',
    installments: 5,
    default_installments: 1,
  },
  shipments: {
    mode: 'custom',
    local_pickup: false,
    dimensions: '10x10x20,500',
    cost: 10,
    receiver_address: {
      zip_code: '06000000',
      street_name: 'Street',
      street_number: '123',
      floor: '12',
      apartment: '120A',
    },
  },
  statement_descriptor: 'Test Store',
})

/** Name and type of each field of the official sample of a created preference. */
const CREATED: Kinds = {
  'additional_info': 'string',
  'auto_return': 'string',
  'back_urls.failure': 'string',
  'back_urls.pending': 'string',
  'back_urls.success': 'string',
  'binary_mode': 'boolean',
  'client_id': 'string',
  'collector_id': 'number',
  'coupon_code': 'null',
  'coupon_labels': 'null',
  'date_created': 'time',
  'date_of_expiration': 'time',
  'expiration_date_from': 'time',
  'expiration_date_to': 'time',
  'expires': 'boolean',
  'external_reference': 'string',
  'id': 'string',
  'init_point': 'string',
  'internal_metadata': 'null',
  'items.0.id': 'string',
  'items.0.category_id': 'string',
  'items.0.currency_id': 'string',
  'items.0.description': 'string',
  'items.0.picture_url': 'string',
  'items.0.title': 'string',
  'items.0.quantity': 'number',
  'items.0.unit_price': 'number',
  'live_mode': 'boolean',
  'marketplace': 'string',
  'marketplace_fee': 'number',
  'metadata': 'object',
  'notification_url': 'string',
  'operation_type': 'string',
  'payer.phone.area_code': 'string',
  'payer.phone.number': 'string',
  'payer.address.zip_code': 'string',
  'payer.address.street_name': 'string',
  'payer.address.street_number': 'string',
  'payer.email': 'string',
  'payer.identification.number': 'string',
  'payer.identification.type': 'string',
  'payer.name': 'string',
  'payer.surname': 'string',
  'payer.date_created': 'null',
  'payer.last_purchase': 'null',
  'payment_methods.default_card_id': 'null',
  'payment_methods.default_payment_method_id': 'string',
  'payment_methods.excluded_payment_methods.0.id': 'string',
  'payment_methods.excluded_payment_types.0.id': 'string',
  'payment_methods.installments': 'number',
  'payment_methods.default_installments': 'number',
  'processing_modes': 'null',
  'product_id': 'null',
  'redirect_urls.failure': 'string',
  'redirect_urls.pending': 'string',
  'redirect_urls.success': 'string',
  'sandbox_init_point': 'string',
  'site_id': 'string',
  'shipments.mode': 'string',
  'shipments.default_shipping_method': 'null',
  'shipments.cost': 'number',
  'shipments.receiver_address.zip_code': 'string',
  'shipments.receiver_address.street_name': 'string',
  'shipments.receiver_address.street_number': 'string',
  'shipments.receiver_address.floor': 'string',
  'shipments.receiver_address.apartment': 'string',
  'shipments.receiver_address.city_name': 'null',
  'shipments.receiver_address.state_name': 'null',
  'shipments.receiver_address.country_name': 'null',
  'statement_descriptor': 'string',
  'total_amount': 'null',
  'last_updated': 'null',
}

/** What the sample of a changed one has besides, or otherwise. */
const CHANGED: Kinds = {
  ...CREATED,
  'collector.tags.0': 'string',
  'collector.operator_id': 'null',
  'headers': 'array',
  'purpose': 'string',
  'total_amount': 'number',
  'last_updated': 'time',
}

const ELEMENT: Kinds = {
  'id': 'string',
  'client_id': 'string',
  'collector_id': 'number',
  'concept_id': 'null',
  'corporation_id': 'string',
  'date_created': 'time',
  'expiration_date_from': 'time',
  'expiration_date_to': 'time',
  'expires': 'boolean',
  'external_reference': 'string',
  'integrator_id': 'string',
  'items.0': 'string',
  'last_updated': 'time',
  'live_mode': 'boolean',
  'marketplace': 'string',
  'operation_type': 'string',
  'payer_email': 'string',
  'payer_id': 'null',
  'platform_id': 'string',
  'processing_modes': 'null',
  'product_id': 'string',
  'purpose': 'string',
  'site_id': 'string',
  'sponsor_id': 'number',
  'shipping_mode': 'string',
}

/** The official sample of an order that was made for a preference and not paid yet. */
const OPENED: Kinds = {
  'id': 'number',
  'status': 'string',
  'external_reference': 'null',
  'preference_id': 'string',
  'payments': 'array',
  'shipments': 'array',
  'payouts': 'array',
  'collector.id': 'number',
  'collector.email': 'string',
  'collector.nickname': 'string',
  'marketplace': 'string',
  'notification_url': 'null',
  'date_created': 'time',
  'last_updated': 'time',
  'sponsor_id': 'null',
  'shipping_cost': 'number',
  'total_amount': 'number',
  'site_id': 'string',
  'paid_amount': 'number',
  'refunded_amount': 'number',
  'payer': 'null',
  'cancelled': 'boolean',
  'additional_info': 'null',
  'order_status': 'string',
}

/** What the documentation shows of a paid one. */
const PAID: Kinds = {
  ...OPENED,
  'external_reference': 'string',
  'payments': undefined,
  'payments.0.id': 'number',
  'payments.0.transaction_amount': 'number',
  'payments.0.total_paid_amount': 'number',
  'payments.0.shipping_cost': 'number',
  'payments.0.currency_id': 'string',
  'payments.0.status': 'string',
  'payments.0.status_detail': 'string',
  'payments.0.operation_type': 'string',
  'payments.0.date_approved': 'time',
  'payments.0.date_created': 'time',
  'payments.0.last_modified': 'time',
  'payments.0.amount_refunded': 'number',
  'payer': undefined,
  'payer.id': 'number',
  'payer.email': 'string',
  'payer.nickname': 'string',
  'items.0.id': 'string',
  'items.0.category_id': 'string',
  'items.0.currency_id': 'string',
  'items.0.description': 'string',
  'items.0.picture_url': 'string',
  'items.0.title': 'string',
  'items.0.quantity': 'number',
  'items.0.unit_price': 'number',
}

test.group('Simulator | the checkout API and its samples', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  test('agree on a created, a changed and a listed preference', async ({ assert }) => {
    const seller = await asSeller(simulator)
    const made = await prefer(simulator, WHOLE_REQUEST(), seller)
    assert.containSubset(kindsOf(made), CREATED)
    const path = `/checkout/preferences/${made.id}`
    const updated = { statement_descriptor: 'Updated Store' }
    const { body: changed } = await simulator.call('PUT', path, updated, seller)
    assert.containSubset(kindsOf(changed), CHANGED)
    assert.equal(changed.total_amount, 8010)
    const read = await simulator.call('GET', path, undefined, seller)
    assert.deepEqual(read.body, changed)
    const search = '/checkout/preferences/search'
    const { body: found } = await simulator.call('GET', search, undefined, seller)
    assert.deepEqual(kindsOf(found.elements[0]), {
      ...ELEMENT,
      'items.0': 'string',
      'date_of_expiration': 'time',
    })
  })

  test('agree on what is answered where nothing was sent', async ({ assert }) => {
    const { body } = await simulator.call('POST', '/checkout/preferences', {
      items: [{ title: 'Soap', quantity: 1, unit_price: 10 }],
    })
    assert.containSubset(body, {
      additional_info: '',
      auto_return: '',
      back_urls: { success: '', pending: '', failure: '' },
      expiration_date_from: null,
      expiration_date_to: null,
      expires: false,
      external_reference: '',
      items: [{ id: '', picture_url: '', description: '', category_id: '', currency_id: 'BRL' }],
      marketplace: 'NONE',
      marketplace_fee: 0,
      notification_url: null,
      operation_type: 'regular_payment',
      payer: {
        name: '',
        surname: '',
        email: '',
        phone: { area_code: '', number: '' },
        identification: { type: '', number: '' },
        address: { street_name: '', street_number: null, zip_code: '' },
      },
      payment_methods: {
        excluded_payment_methods: [{ id: '' }],
        excluded_payment_types: [{ id: '' }],
        installments: null,
        default_payment_method_id: null,
        default_installments: null,
      },
      shipments: {
        receiver_address: {
          zip_code: '',
          street_number: null,
          street_name: '',
          floor: '',
          apartment: '',
        },
      },
    })
  })

  test('agree on an order, opened and paid', async ({ assert }) => {
    const bare = await prefer(simulator, { external_reference: null })
    const { status, body } = await simulator.call('POST', '/merchant_orders', {
      preference_id: bare.id,
    })
    assert.equal(status, 201)
    assert.containSubset(kindsOf(body), OPENED)

    const sold = await prefer(simulator)
    await payIn(simulator, sold.id)
    const [paid] = await ordersOf(simulator, sold.id)
    assert.containSubset(kindsOf(paid), PAID)
    assert.deepEqual(await bodyOf(simulator.get(`/merchant_orders/${paid.id}`)), paid)
  })
})
