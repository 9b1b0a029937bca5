import type { Shape } from './contract.js'

type Fields = { [field: string]: Shape }

const nameless: Fields = { type: 'null', number: 'null' }
const identification: Fields = { type: 'string', number: 'string' }
const address: Fields = {
  zip_code: 'string',
  street_name: 'string',
  street_number: 'string',
  neighborhood: 'string',
  city: 'string',
  federal_unit: 'string',
}

const payer: Fields = {
  id: 'string',
  type: 'null',
  email: 'string',
  first_name: 'null',
  last_name: 'null',
  entity_type: 'null',
  identification: nameless,
  phone: { area_code: 'null', number: 'null', extension: 'null' },
  address: 'object',
  operator_id: 'null',
}

const details: Fields = {
  net_received_amount: 'number',
  total_paid_amount: 'number',
  overpaid_amount: 'number',
  external_resource_url: 'null',
  installment_amount: 'number',
  financial_institution: 'null',
  payment_method_reference_id: 'null',
  acquirer_reference: 'null',
  verification_code: 'null',
  digitable_line: 'null',
  bank_transfer_id: 'null',
  transaction_id: 'null',
  payable_deferral_period: 'null',
}

/** Those that the answers of every method share. */
const common: Fields = {
  id: 'number',
  date_created: 'time',
  date_approved: 'null',
  date_last_updated: 'time',
  date_of_expiration: 'time',
  money_release_date: 'null',
  money_release_status: 'null',
  money_release_schema: 'null',
  operation_type: 'string',
  issuer_id: 'null',
  payment_method_id: 'string',
  payment_type_id: 'string',
  payment_method: { id: 'string', type: 'string', issuer_id: 'null' },
  status: 'string',
  status_detail: 'string',
  currency_id: 'string',
  live_mode: 'boolean',
  authorization_code: 'null',
  collector_id: 'number',
  payer,
  marketplace_owner: 'null',
  description: 'null',
  statement_descriptor: 'null',
  callback_url: 'null',
  binary_mode: 'boolean',
  sponsor_id: 'null',
  metadata: 'object',
  additional_info: {
    available_balance: 'null',
    nsu_processadora: 'null',
    authentication_code: 'null',
  },
  platform_id: 'null',
  integrator_id: 'null',
  corporation_id: 'null',
  order: 'object',
  external_reference: 'string',
  transaction_amount: 'number',
  transaction_amount_refunded: 'number',
  coupon_amount: 'number',
  shipping_amount: 'number',
  taxes_amount: 'number',
  fee_details: 'array',
  charges_details: 'array',
  refunds: 'array',
  installments: 'number',
  transaction_details: details,
  captured: 'boolean',
  call_for_authorize_id: 'null',
  card: 'object',
  notification_url: 'null',
  processing_mode: 'string',
  merchant_account_id: 'null',
  merchant_number: 'null',
  acquirer_reconciliation: 'array',
  point_of_interaction: {
    type: 'string',
    business_info: { unit: 'string', sub_unit: 'string' },
  },
  differential_pricing_id: 'null',
  deduction_schema: 'null',
  counter_currency: 'null',
  brand_id: 'null',
  financing_group: 'null',
  pos_id: 'null',
  store_id: 'null',
  build_version: 'string',
}

export const REFUND: Fields = {
  id: 'number',
  payment_id: 'number',
  amount: 'number',
  metadata: 'object',
  source: { id: 'string', name: 'string', type: 'string' },
  date_created: 'time',
  unique_sequence_number: 'null',
  refund_mode: 'string',
  adjustment_amount: 'number',
  status: 'string',
  reason: 'null',
  labels: 'array',
  partition_details: 'array',
  amount_refunded_to_payer: 'number',
  additional_data: 'null',
  expiration_date: 'null',
}

/** What an approval fills. */
const approved: Fields = {
  date_approved: 'time',
  money_release_date: 'time',
  money_release_status: 'string',
  fee_details: [{ type: 'string', amount: 'number', fee_payer: 'string' }],
  charges_details: [
    {
      id: 'string',
      name: 'string',
      type: 'string',
      accounts: { from: 'string', to: 'string' },
      client_id: 'number',
      date_created: 'time',
      last_updated: 'time',
      amounts: { original: 'number', refunded: 'number' },
      metadata: 'object',
      reserve_id: 'null',
      refund_charges: 'array',
    },
  ],
}

const barcode: Fields = { content: 'string' }

/** A boleto that nobody paid yet. */
export const BOLETO: Fields = {
  ...common,
  description: 'string',
  payer: {
    ...payer,
    first_name: 'string',
    last_name: 'string',
    entity_type: 'string',
    identification,
    address,
  },
  payment_method: {
    id: 'string',
    type: 'string',
    issuer_id: 'null',
    forward_data: { ticket_number: 'string', agreement_number: 'string' },
  },
  transaction_details: {
    ...details,
    external_resource_url: 'string',
    financial_institution: 'string',
    payment_method_reference_id: 'string',
    verification_code: 'string',
    digitable_line: 'string',
    barcode,
  },
  barcode,
}

/** One that was asked for with everything that may be told of it, paid and refunded in part. */
export const FULL_BOLETO: Fields = {
  ...BOLETO,
  ...approved,
  refunds: [REFUND],
  notification_url: 'string',
  statement_descriptor: 'string',
  callback_url: 'string',
  sponsor_id: 'number',
  platform_id: 'string',
  integrator_id: 'string',
  corporation_id: 'string',
  metadata: { order_number: 'string' },
  additional_info: {
    available_balance: 'null',
    nsu_processadora: 'null',
    authentication_code: 'null',
    ip_address: 'string',
    items: [
      {
        id: 'string',
        title: 'string',
        description: 'string',
        picture_url: 'string',
        category_id: 'string',
        quantity: 'string',
        unit_price: 'string',
      },
    ],
    payer: {
      phone: { area_code: 'string', number: 'string' },
      address: { zip_code: 'string', street_name: 'string', street_number: 'string' },
      first_name: 'string',
      last_name: 'string',
      registration_date: 'string',
    },
    shipments: {
      receiver_address: {
        zip_code: 'string',
        street_name: 'string',
        street_number: 'string',
        floor: 'string',
        apartment: 'string',
      },
    },
  },
  payment_method: {
    ...(BOLETO.payment_method as Fields),
    data: {
      rules: {
        discounts: [{ type: 'string', value: 'number', limit_date: 'string' }],
        fine: { type: 'string', value: 'number' },
        interest: { type: 'string', value: 'number' },
      },
    },
  },
}

export const PIX: Fields = {
  ...common,
  point_of_interaction: {
    type: 'string',
    linked_to: 'string',
    business_info: { unit: 'string', sub_unit: 'string' },
    application_data: { name: 'null', version: 'null' },
    location: { state_id: 'null', source: 'null' },
    transaction_data: {
      qr_code: 'string',
      qr_code_base64: 'string',
      ticket_url: 'string',
      transaction_id: 'null',
      e2e_id: 'null',
      bank_transfer_id: 'null',
      financial_institution: 'null',
      bank_info: {
        payer: { account_id: 'null', long_name: 'null', external_account_id: 'null', id: 'null' },
        collector: {
          account_id: 'null',
          long_name: 'null',
          account_holder_name: 'string',
          transfer_account_id: 'null',
        },
        is_same_bank_account_owner: 'null',
        origin_bank_id: 'null',
        origin_wallet_id: 'null',
      },
    },
  },
}

/** A code for the cashier of a shop in Argentina. */
export const CASH: Fields = {
  ...common,
  external_reference: 'null',
  transaction_details: {
    ...details,
    external_resource_url: 'string',
    payment_method_reference_id: 'string',
    verification_code: 'string',
    barcode,
  },
  barcode,
}

/** A transfer in Colombia, whose answers have fields of their own. */
export const PSE: Fields = {
  ...common,
  description: 'string',
  external_reference: 'null',
  notification_url: 'string',
  callback_url: 'string',
  payer: { ...payer, entity_type: 'string', identification },
  additional_info: { ...(common.additional_info as Fields), ip_address: 'string' },
  transaction_details: {
    ...details,
    external_resource_url: 'string',
    financial_institution: 'string',
    bank_transfer_id: 'number',
    transaction_id: 'string',
  },
  net_amount: 'null',
  taxes: [{ value: 'null', type: 'string' }],
  tags: 'null',
}

/** A card that was rejected: nothing more will be known of it. */
export const REJECTED_CARD: Fields = {
  ...common,
  date_of_expiration: 'null',
  issuer_id: 'string',
  payment_method: { id: 'string', type: 'string', issuer_id: 'string' },
  card: {
    id: 'null',
    first_six_digits: 'string',
    last_four_digits: 'string',
    bin: 'string',
    expiration_month: 'number',
    expiration_year: 'number',
    date_created: 'time',
    date_last_updated: 'time',
    cardholder: { name: 'string', identification },
  },
}

export const AUTHORIZED_CARD: Fields = { ...REJECTED_CARD, authorization_code: 'string' }

export const APPROVED_CARD: Fields = { ...AUTHORIZED_CARD, ...approved }

export const CHALLENGED_CARD: Fields = {
  ...REJECTED_CARD,
  three_ds_info: { external_resource_url: 'string', creq: 'string' },
}
