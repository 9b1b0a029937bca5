import type { ErrorCode } from '../data/error_codes.js'

export const CALL_FAULTS = [
  'latency',
  'rate_limit',
  'server_error',
  'unauthorized',
  'policy_block',
  'refusal',
  'hang_after_work',
  'error_after_work',
  'cut_body',
  'malformed_body',
  'huge_body',
  'slow_body',
  'unreadable',
  'stale_search',
  'refund_in_process',
  'wrong_collector',
  'wrong_currency',
  'repeat_report',
] as const

export const DELIVERY_FAULTS = [
  'duplicate',
  'delay',
  'drop',
  'reorder',
  'unsigned',
  'forged',
  'ms_timestamp',
  'lowercase_id',
  'original_case',
] as const

export type FaultKind = (typeof CALL_FAULTS)[number] | (typeof DELIVERY_FAULTS)[number]

/** Something that goes wrong on request. Absent conditions match everything. */
export interface Fault {
  id: number
  kind: FaultKind
  account_id: number | null
  /** Such as `POST /v1/payments` or `GET /v1/payments/:id`; only for calls. */
  route: string | null
  /** How often it still happens; null is until removed. */
  times: number | null
  /** latency, slow_body: milliseconds of real time; delay, unreadable, stale_search: of simulated. */
  ms: number | null
  /** duplicate: extra copies. */
  copies: number | null
  /** server_error, error_after_work: what to answer instead of 500 and 502. */
  status: number | null
  /** refusal: one of the codes of the payments API. */
  code: ErrorCode | null
  /** rate_limit: the header Retry-After; null leaves it out. */
  retry_after_seconds: number | null
  /** huge_body: its size. */
  bytes: number | null
  /** wrong_collector. */
  collector_id: number | null
  /** wrong_currency. */
  currency_id: string | null
}
