import vine from '@vinejs/vine'
import { parseAmount } from '#app/core/money_text'
import { frequencies } from '#app/payouts/due_dates'
import { rule, type FormMeta } from '#app/payouts/validators/form_meta'

const isAmount = rule('amount', (text, { currency, locale }) => {
  return parseAmount(text, currency, locale) !== null
})

/** Left empty it is nothing. */
const amount = () =>
  vine
    .string()
    .trim()
    .maxLength(24)
    .use(isAmount())
    .transform((text, { meta }) => parseAmount(text, meta.currency, meta.locale)!)
    .optional()

const numberUpTo = (most: number) => vine.number().withoutDecimals().range([1, most])

export const scheduleValidator = vine.withMetaData<FormMeta>().create({
  _key: vine.string(),
  automatic: vine.boolean().optional(),
  frequency: vine.enum(frequencies),
  weekday: numberUpTo(7),
  month_day: numberUpTo(31),
  minimum: amount(),
  keep: amount(),
})
