import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { MAX_PASSWORD } from '#app/core/forms/password_limits'
import { parseAmount } from '#app/core/money_text'
import { formMeta, percentOfText, rule, type FormMeta } from '#app/admin/validators/form_meta'

interface MoneyMeta extends FormMeta {
  currency: string
}

/** How amounts of this currency are typed. */
export const moneyMeta = (ctx: HttpContext, currency: string): { meta: MoneyMeta } => ({
  meta: { ...formMeta(ctx).meta, currency },
})

const isAmount = rule('amount', (text, meta) => {
  const { currency, locale } = meta as MoneyMeta
  return parseAmount(text, currency, locale) !== null
})
const isPrintable = rule('printable', (text) => !/\p{Cc}/u.test(text))
const isHoldback = rule('holdback_percent', (text) => Number(percentOfText(text) ?? 0) > 0)

const common = {
  _key: vine.string(),
  reason: vine.string().trim().minLength(5).maxLength(255).use(isPrintable()),
  overdraw: vine.boolean().optional(),
  password: vine.string().maxLength(MAX_PASSWORD),
}

export const adjustmentValidator = vine.withMetaData<MoneyMeta>().create({
  ...common,
  direction: vine.enum(['give', 'take']),
  amount: vine
    .string()
    .maxLength(24)
    .use(isAmount())
    .transform((text, { meta }) => parseAmount(text, meta.currency, meta.locale)!),
})

export const reversalValidator = vine.withMetaData<FormMeta>().create(common)

export const MOST_HOLDBACK_DAYS = 180

/** Both left empty: nothing is held back. */
export const holdbackValidator = vine.withMetaData<FormMeta>().create({
  _key: vine.string(),
  holdback_percent: vine
    .string()
    .maxLength(8)
    .use(isHoldback())
    .transform((text) => percentOfText(text)!)
    .optional()
    .requiredIfExists('holdback_days'),
  holdback_days: vine
    .number()
    .withoutDecimals()
    .range([1, MOST_HOLDBACK_DAYS])
    .optional()
    .requiredIfExists('holdback_percent'),
})
