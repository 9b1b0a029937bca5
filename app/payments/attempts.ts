/**
 * Why an attempt in the checkout brought no money; each has its words in `payments.attempts`. The
 * names are the provider's details of a payment's state.
 */
const subjects = {
  card_data: [
    'cc_rejected_bad_filled_card_number',
    'cc_rejected_bad_filled_date',
    'cc_rejected_bad_filled_security_code',
    'cc_rejected_bad_filled_other',
    'cc_rejected_card_error',
  ],
  funds: [
    'cc_rejected_insufficient_amount',
    'insufficient_amount',
    'cc_amount_rate_limit_exceeded',
    'cc_rejected_invalid_installments',
  ],
  call_bank: [
    'cc_rejected_call_for_authorize',
    'cc_rejected_card_disabled',
    'cc_rejected_3ds_challenge',
    'cc_rejected_3ds_mandatory',
    'pending_challenge',
  ],
  another_way: [
    'cc_rejected_card_type_not_allowed',
    'cc_rejected_max_attempts',
    'cc_rejected_blacklist',
    'cc_rejected_other_reason',
    'bank_rejected',
    'rejected_by_bank',
  ],
  duplicate: ['cc_rejected_duplicated_payment'],
  risk: [
    'cc_rejected_high_risk',
    'rejected_high_risk',
    'rejected_by_regulations',
    'rejected_insufficient_data',
  ],
  later: ['cc_rejected_time_out', 'bank_error', 'collector_unavailable', 'payer_unavailable'],
  review: ['pending_contingency', 'pending_review_manual', 'offline_process'],
  waiting: [
    'pending_waiting_payment',
    'pending_waiting_transfer',
    'pending_provider_response',
    'pending_capture',
  ],
  given_up: ['expired', 'by_collector', 'by_payer', 'by_admin'],
} as const

export type AttemptSubject = keyof typeof subjects

/** Null for a detail that nobody has told us of. */
export const attemptSubject = (detail: string | null): AttemptSubject | null => {
  const names = Object.keys(subjects) as AttemptSubject[]
  return names.find((name) => (subjects[name] as readonly string[]).includes(detail ?? '')) ?? null
}
