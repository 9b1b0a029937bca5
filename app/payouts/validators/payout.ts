import vine from '@vinejs/vine'
import { parseAmount } from '#app/core/money_text'
import { password, rule, type FormMeta } from '#app/payouts/validators/form_meta'

const isAmount = rule('amount', (text, { currency, locale }) => {
  return parseAmount(text, currency, locale) !== null
})

export const payoutValidator = vine.withMetaData<FormMeta>().create({
  _key: vine.string(),
  amount: vine
    .string()
    .maxLength(24)
    .use(isAmount())
    .transform((text, { meta }) => parseAmount(text, meta.currency, meta.locale)!),
  password: password(),
})

export const keyValidator = vine.create({ _key: vine.string() })

export const pageValidator = vine.create({ after: vine.string().uuid().optional() })
