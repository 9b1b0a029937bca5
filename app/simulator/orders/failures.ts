import type { ApiError } from '../api/api_error.js'
import type { ErrorCode } from '../data/error_codes.js'
import { OrderRefusal, type OrderRefusalCode } from './order_refusal.js'

/** What orders call the rejections of a payment; the others keep their names. */
const REJECTIONS: Record<string, string> = {
  cc_rejected_bad_filled_card_number: 'bad_filled_card_data',
  cc_rejected_bad_filled_date: 'bad_filled_card_data',
  cc_rejected_bad_filled_security_code: 'bad_filled_card_data',
  cc_rejected_bad_filled_other: 'bad_filled_card_data',
  cc_rejected_blacklist: 'high_risk',
  cc_rejected_high_risk: 'high_risk',
  rejected_high_risk: 'high_risk',
  cc_rejected_call_for_authorize: 'required_call_for_authorize',
  cc_rejected_card_disabled: 'card_disabled',
  cc_rejected_card_error: 'processing_error',
  cc_rejected_time_out: 'processing_error',
  cc_rejected_insufficient_amount: 'insufficient_amount',
  cc_rejected_invalid_installments: 'invalid_installments',
  cc_rejected_max_attempts: 'max_attempts_exceeded',
  cc_rejected_other_reason: 'rejected_by_issuer',
  cc_rejected_card_type_not_allowed: 'rejected_by_issuer',
  cc_amount_rate_limit_exceeded: 'amount_limit_exceeded',
}

export function failureOf(rejection: string): string {
  return REJECTIONS[rejection] ?? rejection
}

/** Refusals of the payments API that an order survives: it fails, with this as the reason. */
const FAILURES: Partial<Record<ErrorCode, string>> = {
  2006: 'invalid_card_token',
  2062: 'invalid_card_token',
  3000: 'bad_filled_card_data',
  3012: 'bad_filled_card_data',
  3028: 'bad_filled_card_data',
  3029: 'bad_filled_card_data',
  3030: 'bad_filled_card_data',
  4033: 'invalid_installments',
  4037: 'invalid_transaction_amount',
}

/** Null for what must be refused. */
export function failureOfRefusal({ code }: ApiError): string | null {
  return FAILURES[code] ?? null
}

/** The others: which code of an order says it, and of which property. */
const REFUSALS: Partial<Record<ErrorCode, [OrderRefusalCode, string]>> = {
  23: ['property_value', '$.transactions.payments[0].date_of_expiration'],
  2067: ['property_value', '$.payer.identification.number'],
  4000: ['required_properties', '$.transactions.payments[0].payment_method.token'],
  4004: ['required_properties', '$.transactions.payments[0].payment_method.installments'],
  4050: ['property_value', '$.payer.email'],
  7523: ['property_value', '$.transactions.payments[0].expiration_time'],
}

/** Whatever else the payments API objects to is wrong with the order, too. */
export function refusalOf(error: ApiError): OrderRefusal {
  const [code, path] = REFUSALS[error.code] ?? ['invalid_properties', null]
  return new OrderRefusal(code, [path ? `'${path}' - ${error.message}` : error.message])
}
