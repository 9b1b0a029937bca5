import vine from '@vinejs/vine'
import { rule, type FormMeta } from '#app/admin/validators/form_meta'
import { parseAmount } from '#app/core/money_text'
import { currencies, type CurrencyCode } from '#app/core/currencies'
import { MOST_AT_ONCE } from '#app/payouts/actions/decide_payouts'
import { payoutStates } from '#app/payouts/models/payout'

/** As a bank names its transfers: an end-to-end id, a receipt number. */
const isBankReference = rule('bank_reference', (text) =>
  /^[\p{L}\p{N}][\p{L}\p{N}._:/#-]*$/u.test(text)
)

const isPrintable = rule('reason', (text) => !/\p{Cc}/u.test(text))

export const keyValidator = vine.create({ _key: vine.string() })

export const approvalValidator = vine.create({
  _key: vine.string(),
  wait: vine.boolean().optional(),
})

const codes = Object.keys(currencies) as CurrencyCode[]

export const currencyValidator = vine.create({ currency: vine.enum(codes).optional() })

export const batchValidator = vine.create({ _key: vine.string(), currency: vine.enum(codes) })

const isAmount = vine.createRule((value, _, field) => {
  const { t, locale } = field.meta as FormMeta
  const { currency } = field.parent
  if (codes.includes(currency) && parseAmount(String(value), currency, locale) !== null) return
  field.report(t('payouts.invalid.amount'), 'amount', field)
})

/** Left empty there is none. */
const amount = () =>
  vine
    .string()
    .trim()
    .maxLength(24)
    .use(isAmount())
    .transform((text, { meta, parent }) => parseAmount(text, parent.currency, meta.locale)!)
    .optional()

export const rulesValidator = vine.withMetaData<FormMeta>().create({
  _key: vine.string(),
  currency: vine.enum(codes),
  cooling_hours: vine.number().withoutDecimals().range([0, 720]),
  minimum: amount(),
  second_person_above: amount(),
})

export const paidValidator = vine.withMetaData<FormMeta>().create({
  _key: vine.string(),
  bank_reference: vine.string().trim().minLength(4).maxLength(120).use(isBankReference()),
})

export const reasonValidator = vine.withMetaData<FormMeta>().create({
  _key: vine.string(),
  reason: vine.string().trim().minLength(3).maxLength(255).use(isPrintable()),
})

export const decisionsValidator = vine.withMetaData<FormMeta>().create({
  _key: vine.string(),
  decision: vine.enum(['approve', 'reject']),
  ids: vine.array(vine.string().uuid()).minLength(1).maxLength(MOST_AT_ONCE),
  reason: vine
    .string()
    .trim()
    .minLength(3)
    .maxLength(255)
    .use(isPrintable())
    .optional()
    .requiredWhen('decision', '=', 'reject'),
})

export const payoutListValidator = vine.create({
  state: vine.enum(['open', ...payoutStates]).optional(),
  after: vine.string().uuid().optional(),
})

export const pageValidator = vine.create({ after: vine.string().uuid().optional() })
