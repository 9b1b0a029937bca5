import vine from '@vinejs/vine'
import { DateTime } from 'luxon'
import { parseAmount } from '#app/core/money_text'
import { readPercent } from '#app/core/percent_text'
import { addressForm, readPhone, readPostalCode } from '#app/receivables/address_forms'

/** What the fields of a form are read with. */
export interface FormMeta {
  /** A text in the reader's language. */
  t: (key: string) => string
  /** That amounts are written in. */
  locale: string
  country: string
  currency: string
  /** Where the tenant lives. */
  today: string
}

/** A rule that says, in the reader's language, which text explains its refusal. */
const rule = (name: string, accepts: (value: string, meta: FormMeta) => boolean) =>
  vine.createRule((value, _, field) => {
    const meta = field.meta as FormMeta
    if (typeof value !== 'string' || accepts(value, meta)) return
    field.report(meta.t(`receivables.invalid.${name}`), name, field)
  })

/** Names are printed on boletos: letters, digits and what companies put between them. */
const NAME = /^[\p{L}\p{M}\p{N} .,'’&/()ºª°+#-]+$/u

const isDate = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid

const FARTHEST_YEARS = 5

/** A bill of so far away is a typing mistake. */
const isNear = (text: string, today: string) =>
  text <= DateTime.fromISO(today).plus({ years: FARTHEST_YEARS }).toISODate()!

export const isAmount = rule('amount', (text, { currency, locale }) => {
  return parseAmount(text, currency, locale) !== null
})
export const isPrintable = rule('printable', (text) => NAME.test(text))
export const isFullName = rule('full_name', (text) => /\S\s+\S/.test(text))
export const isPhone = rule('phone', (text, { country }) => readPhone(text, country) !== null)
export const isCalendarDate = rule('date', isDate)
export const isNotPast = rule('date_past', (text, { today }) => !isDate(text) || text >= today)
export const isNotFar = rule('date_far', (text, { today }) => !isDate(text) || isNear(text, today))
/** Of an amount: all of it is no fine, no interest and no discount. */
export const isPercent = rule('percent', (text) => {
  const read = readPercent(text)
  return read !== null && read !== '100.00'
})
export const isPostalCode = rule('postal_code', (text, { country }) => {
  return readPostalCode(text, country) !== null
})
export const isState = rule('state', (text, { country }) => {
  const { states } = addressForm(country)
  return states === null || Object.hasOwn(states, text)
})
