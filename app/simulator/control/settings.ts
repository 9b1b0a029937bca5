import { PAYMENT_METHODS } from '../data/payment_methods.js'
import { OUTCOME_NAMES } from '../payouts/outcomes.js'
import type { AccountSettings } from '../scenario.js'
import { checked, integer, oneOf, text, type Input } from './input.js'
import { Problem } from './problem.js'

const METHOD_IDS = PAYMENT_METHODS.map((method) => method.id)
const MAX_DAYS = 365
const MAX_SECONDS = MAX_DAYS * 86_400
const MAX_BASIS_POINTS = 10_000

export const SETTING_NAMES = [
  'fees',
  'release_days',
  'taxes',
  'refunded_charges',
  'late_payments',
  'local_back_urls',
  'payout_seconds',
  'payout_outcome',
  'payout_fee_minor',
  'report_seconds',
] as const

function readFees(value: unknown): AccountSettings['fees'] {
  const fees = checked(value, METHOD_IDS, 'fees')
  const entries = Object.entries(fees).map(([method, rule]) => {
    const read = checked(rule, ['basis_points', 'fixed_minor'], `fees.${method}`)
    return [
      method,
      {
        basis_points: integer(read, 'basis_points', 0, MAX_BASIS_POINTS) ?? 0,
        fixed_minor: integer(read, 'fixed_minor', 0) ?? 0,
      },
    ]
  })
  return Object.fromEntries(entries)
}

function readReleaseDays(value: unknown): AccountSettings['release_days'] {
  const days = checked(value, METHOD_IDS, 'release_days')
  const entries = Object.keys(days).map((method) => [method, integer(days, method, 0, MAX_DAYS)])
  return Object.fromEntries(entries.filter(([, count]) => count !== undefined))
}

function readTaxes(value: unknown): AccountSettings['taxes'] {
  if (!Array.isArray(value)) throw new Problem(400, 'taxes must be a list')
  return value.map((tax) => {
    const read = checked(tax, ['name', 'basis_points'], 'taxes')
    return {
      name: text(read, 'name') ?? 'tax_withholding',
      basis_points: integer(read, 'basis_points', 0, MAX_BASIS_POINTS) ?? 0,
    }
  })
}

/** Only what `input` names; `fees` and the like replace the former ones whole. Throws Problem. */
export function readSettings(input: Input): Partial<AccountSettings> {
  const settings: Partial<AccountSettings> = {}
  if (input.fees !== undefined) settings.fees = readFees(input.fees)
  if (input.release_days !== undefined) settings.release_days = readReleaseDays(input.release_days)
  if (input.taxes !== undefined) settings.taxes = readTaxes(input.taxes)
  const charges = oneOf(input, 'refunded_charges', ['proportional', 'kept'])
  if (charges) settings.refunded_charges = charges
  const late = oneOf(input, 'late_payments', ['returned', 'accepted'])
  if (late) settings.late_payments = late
  const local = oneOf(input, 'local_back_urls', ['accepted', 'refused'])
  if (local) settings.local_back_urls = local
  return { ...settings, ...readMoneyOut(input) }
}

/** A `payout_outcome` of null is the usual again. */
function readMoneyOut(input: Input): Partial<AccountSettings> {
  const settings: Partial<AccountSettings> = {}
  const payoutSeconds = integer(input, 'payout_seconds', 0, MAX_SECONDS)
  if (payoutSeconds !== undefined) settings.payout_seconds = payoutSeconds
  if ('payout_outcome' in input) {
    settings.payout_outcome = oneOf(input, 'payout_outcome', OUTCOME_NAMES) ?? null
  }
  const feeMinor = integer(input, 'payout_fee_minor', 0)
  if (feeMinor !== undefined) settings.payout_fee_minor = feeMinor
  const reportSeconds = integer(input, 'report_seconds', 0, MAX_SECONDS)
  if (reportSeconds !== undefined) settings.report_seconds = reportSeconds
  return settings
}
