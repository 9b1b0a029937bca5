import type { Violation } from './schema.js'

/** Codes that Mercado Pago documents for orders, with their statuses and words. */
const CODES = {
  json_syntax_error: [400, 'The body is not valid JSON'],
  required_properties: [400, 'Required properties are missing'],
  unsupported_properties: [400, 'Properties not supported'],
  minimum_properties: [400, 'The minimum number of properties was not sent'],
  property_type: [400, 'Wrong property type'],
  property_value: [400, 'Wrong property value'],
  minimum_items: [400, 'The minimum number of items was not sent'],
  maximum_items: [400, 'The maximum number of items was exceeded'],
  invalid_properties: [400, 'Properties are invalid'],
  empty_required_header: [400, 'Missing HTTP header: X-Idempotency-Key.'],
  invalid_idempotency_key_length: [400, 'X-Idempotency-Key length exceeds 128 characters'],
  invalid_path_param: [400, 'The order id in the path is not valid'],
  invalid_transaction_id: [400, 'The transaction id in the path is not valid'],
  invalid_order_type: [400, 'The order type is invalid or not supported'],
  invalid_order_mode_for_operation: [
    400,
    'This operation is not allowed in the processing mode of the order',
  ],
  invalid_total_amount: [400, 'total_amount is not equivalent to the sum of the transactions'],
  order_items_total_amount_mismatch: [
    400,
    'Order items total amount sum does not match order total amount',
  ],
  order_builder_without_transactions: [400, 'The order has no transaction'],
  exceeded_number_of_transactions: [400, 'The order accepts a maximum of one transaction'],
  order_invalid_sponsor_id: [400, 'Order sponsor id is invalid'],
  invalid_email_for_sandbox: [
    400,
    "Email format is invalid for sandbox environment, must contains '@testuser.com'.",
  ],
  refund_amount_exceeds: [400, 'The refund amount is greater than the available amount'],
  required_search_params: [400, 'begin_date and end_date are required'],
  invalid_search_params: [400, 'Search parameters are invalid'],
  failed: [402, 'The following transactions failed'],
  order_not_found: [404, 'Order not found'],
  transaction_not_found: [404, 'Transaction not found'],
  cannot_capture_order: [409, 'The status of the order does not allow its capture'],
  cannot_cancel_order: [409, 'The status of the order does not allow its cancelation'],
  cannot_refund_order: [409, 'The status of the order does not allow its refund'],
  order_already_canceled: [409, 'The order has already been canceled'],
  order_already_refunded: [409, 'Order already refunded'],
  operation_not_supported: [409, 'The operation is not supported for this order'],
  idempotency_key_already_used: [409, 'The X-Idempotency-Key has already been used'],
} as const satisfies Record<string, readonly [number, string]>

export type OrderRefusalCode = keyof typeof CODES

export function orderProblem(code: OrderRefusalCode, details: string[] = []) {
  return { code, message: CODES[code][1], details }
}

/** A refusal in the envelope of orders, which can name several problems at once. */
export class OrderRefusal extends Error {
  readonly status: number
  readonly errors: ReturnType<typeof orderProblem>[]

  constructor(code: OrderRefusalCode, details: string[] = []) {
    super(CODES[code][1])
    this.status = CODES[code][0]
    this.errors = [orderProblem(code, details)]
  }

  /** One problem for each code, with all of its details. */
  static of(violations: Violation[]): OrderRefusal {
    const [first, ...others] = [...Map.groupBy(violations, ({ code }) => code)].map(
      ([code, found]) =>
        new OrderRefusal(
          code,
          found.map(({ detail }) => detail)
        )
    )
    first.errors.push(...others.flatMap(({ errors }) => errors))
    return first
  }
}
