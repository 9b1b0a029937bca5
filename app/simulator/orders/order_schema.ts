import { CAPTURE_MODES, PROCESSING_MODES } from './order.js'
import { anything, flag, listOf, oneOf, text, upTo, type Schema } from './schema.js'
import { amount, duration, installments, payments, security } from './transaction_schema.js'

const address = {
  zip_code: text,
  street_name: text,
  street_number: text,
  neighborhood: text,
  city: text,
  state: text,
  complement: text,
  country: text,
} as const

const payer: Schema = {
  type: 'object',
  properties: {
    customer_id: text,
    email: upTo(254),
    first_name: text,
    last_name: text,
    entity_type: oneOf('individual', 'association'),
    identification: { type: 'object', properties: { type: text, number: text } },
    phone: { type: 'object', properties: { area_code: text, number: text } },
    address: { type: 'object', properties: address },
  },
}

const item: Schema = {
  type: 'object',
  required: ['title', 'unit_price', 'quantity'],
  properties: {
    title: upTo(150),
    unit_price: amount,
    quantity: { type: 'integer', minimum: 1, maximum: 1_000_000 },
    description: upTo(256),
    external_code: upTo(30),
    picture_url: text,
    category_id: text,
    type: text,
    warranty: flag,
    event_date: text,
  },
}

const shipment: Schema = {
  type: 'object',
  properties: {
    mode: oneOf('me2', 'custom', 'not_specified'),
    local_pickup: flag,
    cost: amount,
    free_shipping: flag,
    free_methods: listOf(anything),
    address: { type: 'object', properties: { ...address, floor: text, apartment: text } },
  },
}

const config: Schema = {
  type: 'object',
  properties: {
    statement_descriptor: text,
    default_payment_due_date: duration,
    online: {
      type: 'object',
      properties: {
        callback_url: text,
        success_url: text,
        failure_url: text,
        pending_url: text,
        auto_return: oneOf('approved', 'all'),
        available_from: text,
        allowed_user_type: oneOf('account_only'),
        tracks: listOf(anything),
        retries: { type: 'object', properties: { allowed: flag } },
        transaction_security: security,
      },
    },
    payment_method: {
      type: 'object',
      properties: {
        max_installments: installments,
        not_allowed_ids: listOf(text),
        not_allowed_types: listOf(text),
        installments: anything,
      },
    },
  },
}

/** `POST /v1/orders` of type `online`. The type itself is read before. */
export const ONLINE_ORDER: Schema = {
  type: 'object',
  required: ['type', 'total_amount', 'payer'],
  properties: {
    type: text,
    external_reference: { type: 'string', maxLength: 64, pattern: /^[A-Za-z0-9_-]*$/ },
    total_amount: amount,
    capture_mode: oneOf(...CAPTURE_MODES),
    processing_mode: oneOf(...PROCESSING_MODES),
    description: text,
    marketplace: text,
    marketplace_fee: amount,
    expiration_time: duration,
    checkout_available_at: text,
    currency: text,
    payer,
    transactions: { type: 'object', properties: { payments } },
    items: { type: 'array', items: item, minItems: 1 },
    config,
    shipment,
    additional_info: anything,
    integration_data: {
      type: 'object',
      properties: {
        integrator_id: text,
        platform_id: text,
        corporation_id: text,
        sponsor: { type: 'object', properties: { id: text } },
      },
    },
  },
}
