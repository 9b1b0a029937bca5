import type { I18n } from '@adonisjs/i18n'
import type Charge from '#app/receivables/models/charge'

/** What a refusal is about: each has its words in `receivables.refusals`. */
const subjects = {
  tax_id: ['2067', '4097', '4098'],
  email: ['4050', '4051'],
  name: ['4094', '4095'],
  address: ['7521'],
  same_person: ['2034', '2060'],
  amount: ['2072', '4002', '4003', '4037'],
  dates: ['23', '7523'],
  account: ['credential', '3', '17', '6033'],
  method: ['2131', '4001'],
  risk: ['rejected_high_risk', 'rejected_by_regulations', 'rejected_insufficient_data'],
} as const

export type RefusalSubject = keyof typeof subjects

/** The field of the customer's form where it is put right. */
const fields: Partial<Record<RefusalSubject, string>> = {
  tax_id: 'tax_id',
  email: 'email',
  same_person: 'email',
  name: 'name',
  address: 'zip',
}

export const customerFieldOf = (subject: string): string | undefined =>
  Object.hasOwn(fields, subject) ? fields[subject as RefusalSubject] : undefined

const subjectOf = (code: string) =>
  Object.entries(subjects).find(([, codes]) => (codes as readonly string[]).includes(code))?.[0]

/** Why a charge was refused, in the reader's words, and the customer's field that it is about. */
export function refusalOf(charge: Charge, i18n: I18n) {
  const { failureCode: code, failureMessage: message } = charge
  if (charge.state !== 'rejected' || code === null) return null
  // Refused by ourselves before anybody was asked: the key of a typed error.
  if (code.includes('.')) {
    return { text: i18n.t(`errors.${code}`, { currency: charge.currency }), subject: null }
  }
  const subject = subjectOf(code)
  if (!subject)
    return {
      text: i18n.t('receivables.refusals.other', { code, message: message ?? '' }),
      subject: null,
    }
  return {
    text: i18n.t(`receivables.refusals.${subject}`),
    subject: customerFieldOf(subject) ? subject : null,
  }
}
