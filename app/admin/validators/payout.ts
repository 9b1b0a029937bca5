import vine from '@vinejs/vine'
import { rule, type FormMeta } from '#app/admin/validators/form_meta'
import { payoutStates } from '#app/payouts/models/payout'

/** As a bank names its transfers: an end-to-end id, a receipt number. */
const isBankReference = rule('bank_reference', (text) =>
  /^[\p{L}\p{N}][\p{L}\p{N}._:/#-]*$/u.test(text)
)

const isPrintable = rule('reason', (text) => !/\p{Cc}/u.test(text))

export const keyValidator = vine.create({ _key: vine.string() })

export const paidValidator = vine.withMetaData<FormMeta>().create({
  _key: vine.string(),
  bank_reference: vine.string().trim().minLength(4).maxLength(120).use(isBankReference()),
})

export const reasonValidator = vine.withMetaData<FormMeta>().create({
  _key: vine.string(),
  reason: vine.string().trim().minLength(3).maxLength(255).use(isPrintable()),
})

export const payoutListValidator = vine.create({
  state: vine.enum(['open', ...payoutStates]).optional(),
  after: vine.string().uuid().optional(),
})
