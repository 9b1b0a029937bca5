import type { I18n } from '@adonisjs/i18n'
import type Charge from '#app/receivables/models/charge'

/** Where what was refused is put right, and in which field of it. */
export type RefusalTarget =
  | { page: 'customer'; field: string }
  | { page: 'charge'; field: 'pay_until' | 'amount' }
  | { page: 'settings'; field: 'statementDescriptor' }

interface Subject {
  codes: readonly string[]
  target?: RefusalTarget
}

const customer = (field: string): RefusalTarget => ({ page: 'customer', field })

/**
 * What a refusal is about; each has its words in `receivables.refusals`. Numbers are the payments
 * API's, names those of the preferences API or the detail of a payment that was rejected at once.
 */
const subjects = {
  tax_id: { codes: ['2067', '4097', '4098'], target: customer('tax_id') },
  email: { codes: ['4050', '4051'], target: customer('email') },
  name: { codes: ['4094', '4095'], target: customer('name') },
  payer: {
    codes: ['4006', '4096', 'invalid_payer', 'payer_unavailable', 'rejected_insufficient_data'],
    target: customer('name'),
  },
  address: { codes: ['7521'], target: customer('zip') },
  same_person: { codes: ['2034', '2060'], target: customer('email') },
  amount: {
    codes: ['2072', '4002', '4003', '4037', 'invalid_items', 'insufficient_amount'],
    target: { page: 'charge', field: 'amount' },
  },
  dates: {
    codes: ['23', '7523', 'invalid_date', 'invalid_expires', 'invalid_expiration_date_to'],
    target: { page: 'charge', field: 'pay_until' },
  },
  descriptor: {
    codes: ['invalid_statement_descriptor'],
    target: { page: 'settings', field: 'statementDescriptor' },
  },
  method: { codes: ['2131', '4001', 'invalid_payment_methods'] },
  account: {
    codes: ['credential', '3', '4', '5', '7', '17', '3002', '6033', 'collector_unavailable'],
  },
  fee: { codes: ['2059', '4038', '4039', 'invalid_marketplace_fee'] },
  later: { codes: ['2004', '2007', 'bank_error'] },
  risk: { codes: ['rejected_high_risk', 'rejected_by_regulations', 'rejected_by_bank'] },
  ours: {
    codes: [
      '1',
      '8',
      '1000',
      '1001',
      '2002',
      '4020',
      '4021',
      '4022',
      '4292',
      'invalid_auto_return',
    ],
  },
} as const satisfies Record<string, Subject>

export type RefusalSubject = keyof typeof subjects

const table: Record<string, Subject> = subjects

/** Null for a code that nobody has told us of. */
export const refusalSubject = (code: string): RefusalSubject | null =>
  (Object.keys(subjects) as RefusalSubject[]).find((name) => table[name].codes.includes(code)) ??
  null

/** The field of the customer's form where it is put right. */
export function customerFieldOf(subject: string): string | undefined {
  const target = Object.hasOwn(table, subject) ? table[subject].target : undefined
  return target?.page === 'customer' ? target.field : undefined
}

export interface Refusal {
  /** In the reader's words. */
  text: string
  subject: RefusalSubject | null
  target: RefusalTarget | null
}

/** Why a charge was refused; null for one that was not. */
export function refusalOf(charge: Charge, i18n: I18n): Refusal | null {
  const { failureCode: code, failureMessage: message } = charge
  if (charge.state !== 'rejected' || code === null) return null
  // Refused by ourselves before anybody was asked: the key of a typed error.
  if (code.includes('.')) {
    const { currency, method } = charge
    return { text: i18n.t(`errors.${code}`, { currency, method }), subject: null, target: null }
  }
  const subject = refusalSubject(code)
  const target = subject && (table[subject].target ?? null)
  const name = subject ?? 'other'
  return {
    text: i18n.t(`receivables.refusals.${name}`, { code, message: message ?? '' }),
    subject,
    target,
  }
}

/** By method: why the last try of each was refused, unless another followed. */
export function refusalsOf(newestFirst: Charge[], i18n: I18n): Partial<Record<string, Refusal>> {
  const found: Partial<Record<string, Refusal>> = {}
  const seen = new Set<string>()
  for (const charge of newestFirst) {
    if (seen.has(charge.method)) continue
    seen.add(charge.method)
    const refusal = refusalOf(charge, i18n)
    if (refusal) found[charge.method] = refusal
  }
  return found
}
