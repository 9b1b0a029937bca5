import { DURATION } from './duration.js'
import { anything, oneOf, text, upTo, type Schema } from './schema.js'

/** The documented maximum; the structure could hold more. */
export const MAX_TRANSACTIONS = 1

/** Two decimals or none. */
export const amount: Schema = { type: 'string', pattern: /^\d{1,15}(\.\d{2})?$/ }
export const installments: Schema = { type: 'integer', minimum: 1, maximum: 36 }
export const duration: Schema = { type: 'string', pattern: DURATION }

export const security: Schema = {
  type: 'object',
  properties: {
    validation: oneOf('always', 'on_fraud_risk', 'never'),
    liability_shift: oneOf('required', 'preferred'),
  },
}

const methodProperties = {
  id: text,
  type: oneOf('credit_card', 'debit_card', 'ticket', 'bank_transfer', 'atm'),
  token: { type: 'string', minLength: 32, maxLength: 33 },
  installments,
  statement_descriptor: upTo(50),
  transaction_security: security,
  financial_institution: text,
} as const satisfies Record<string, Schema>

const payment: Schema = {
  type: 'object',
  required: ['amount', 'payment_method'],
  properties: {
    amount,
    payment_method: { type: 'object', required: ['id', 'type'], properties: methodProperties },
    expiration_time: duration,
    date_of_expiration: text,
    automatic_payments: anything,
    stored_credential: anything,
    subscription_data: anything,
  },
}

export const payments: Schema = {
  type: 'array',
  items: payment,
  minItems: 1,
  maxItems: MAX_TRANSACTIONS,
}

/** `POST /v1/orders/:id/transactions`. */
export const NEW_TRANSACTIONS: Schema = {
  type: 'object',
  required: ['payments'],
  properties: { payments },
}

/** `PUT /v1/orders/:id/transactions/:transactionId`: whatever of it is to change. */
export const TRANSACTION_CHANGE: Schema = {
  type: 'object',
  minProperties: 1,
  properties: {
    amount,
    payment_method: { type: 'object', minProperties: 1, properties: methodProperties },
  },
}

/** `POST /v1/orders/:id/refund`: all of it, or a part of a transaction. */
export const ORDER_REFUND: Schema = {
  type: 'object',
  properties: {
    transactions: {
      type: 'array',
      minItems: 1,
      maxItems: MAX_TRANSACTIONS,
      items: { type: 'object', required: ['id'], properties: { id: text, amount } },
    },
  },
}
