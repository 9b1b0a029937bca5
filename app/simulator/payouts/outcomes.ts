import { isOpen, type Payout, type PayoutStatus } from './payout.js'

export interface Outcome {
  status: PayoutStatus
  detail: string
  /** What comes back of an amount that had left. */
  returned: 'nothing' | 'half' | 'all'
}

function failed(detail: string): Outcome {
  return { status: 'failed', detail, returned: 'all' }
}

/** What an `external_reference` of this name, a setting or somebody at a page makes of a payout. */
export const OUTCOMES = {
  new: { status: 'new', detail: '', returned: 'nothing' },
  in_process: { status: 'in_process', detail: 'pending_bank', returned: 'nothing' },
  partially_processed: { status: 'partially_processed', detail: '', returned: 'nothing' },
  partially_processed_pending_bank: {
    status: 'partially_processed',
    detail: 'pending_bank',
    returned: 'nothing',
  },
  processed: { status: 'processed', detail: 'approved', returned: 'nothing' },
  failed_by_bank: failed('by_bank'),
  failed_by_provider: failed('by_provider'),
  failed_by_caps: failed('by_caps'),
  failed_other_reason: failed('other_reason'),
  failed_by_high_risk: failed('by_high_risk'),
  failed_by_compliance: failed('by_compliance'),
  failed_insufficient_funds: failed('insufficient_funds'),
  reverted: { status: 'reverted', detail: 'refunded', returned: 'all' },
  partially_reverted_partially_refunded: {
    status: 'partially_reverted',
    detail: 'partially_refunded',
    returned: 'half',
  },
} as const satisfies Record<string, Outcome>

export type OutcomeName = keyof typeof OUTCOMES

export const OUTCOME_NAMES = Object.keys(OUTCOMES) as OutcomeName[]

const AFTER_PROCESSING: OutcomeName[] = ['reverted', 'partially_reverted_partially_refunded']

export function isOutcome(name: string | null): name is OutcomeName {
  return name !== null && Object.hasOwn(OUTCOMES, name)
}

/** What may still become of a payout; nothing once it failed or came back. */
export function outcomesFor(payout: Payout): OutcomeName[] {
  if (payout.status === 'processed') return AFTER_PROCESSING
  if (!isOpen(payout)) return []
  return OUTCOME_NAMES.filter((name) => name !== 'new' && OUTCOMES[name].status !== payout.status)
}
