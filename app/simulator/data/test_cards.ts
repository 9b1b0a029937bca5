/** What becomes of a card payment. */
export interface Outcome {
  status: 'approved' | 'rejected' | 'in_process' | 'pending'
  detail: string
}

const REJECTIONS = [
  'cc_rejected_bad_filled_card_number',
  'cc_rejected_bad_filled_date',
  'cc_rejected_bad_filled_security_code',
  'cc_rejected_bad_filled_other',
  'cc_rejected_blacklist',
  'cc_rejected_call_for_authorize',
  'cc_rejected_card_disabled',
  'cc_rejected_card_error',
  'cc_rejected_card_type_not_allowed',
  'cc_rejected_duplicated_payment',
  'cc_rejected_high_risk',
  'cc_rejected_insufficient_amount',
  'cc_rejected_invalid_installments',
  'cc_rejected_max_attempts',
  'cc_rejected_other_reason',
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
] as const

export type Rejection = (typeof REJECTIONS)[number]

export const REJECTION_DETAILS: readonly Rejection[] = REJECTIONS

const UNDECIDED: Record<string, Outcome['status']> = {
  pending_contingency: 'in_process',
  pending_review_manual: 'in_process',
  offline_process: 'in_process',
  deferred_retry: 'in_process',
  pending_challenge: 'pending',
  pending_provider_response: 'pending',
}

const NAMES: Record<string, string> = {
  OTHE: 'cc_rejected_other_reason',
  CONT: 'pending_contingency',
  CALL: 'cc_rejected_call_for_authorize',
  FUND: 'cc_rejected_insufficient_amount',
  SECU: 'cc_rejected_bad_filled_security_code',
  EXPI: 'cc_rejected_bad_filled_date',
  FORM: 'cc_rejected_bad_filled_other',
  CARD: 'cc_rejected_bad_filled_card_number',
  INST: 'cc_rejected_invalid_installments',
  DUPL: 'cc_rejected_duplicated_payment',
  LOCK: 'cc_rejected_card_disabled',
  CTNA: 'cc_rejected_card_type_not_allowed',
  ATTE: 'cc_rejected_max_attempts',
  BLAC: 'cc_rejected_blacklist',
}

/** The names that Mercado Pago gives its test cards, and a card whose bank asks the payer. */
export const TEST_NAMES: readonly string[] = ['APRO', ...Object.keys(NAMES), 'pending_challenge']

const APPROVED: Outcome = { status: 'approved', detail: 'accredited' }

/**
 * What the name on the card asks for: one of Mercado Pago's test names, or any `status_detail`
 * itself. Whoever is called otherwise simply pays.
 */
export function outcomeFor(cardholder: string): Outcome {
  const name = cardholder.trim()
  const detail = NAMES[name.toUpperCase()] ?? name.toLowerCase()
  if (Object.hasOwn(UNDECIDED, detail)) return { status: UNDECIDED[detail], detail }
  return REJECTIONS.includes(detail as Rejection) ? { status: 'rejected', detail } : APPROVED
}
