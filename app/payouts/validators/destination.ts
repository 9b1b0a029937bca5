import vine from '@vinejs/vine'
import { pixKey, pixKeyKinds, type PixKeyKind } from '#app/payouts/destination_details'
import { password, rule, type FormMeta } from '#app/payouts/validators/form_meta'

const formed = (name: string, form: RegExp) => rule(name, (text) => form.test(text))

const isPixKey = rule('pix_key', (text, _, { key_kind: kind }) =>
  pixKeyKinds.some((known) => known === kind && pixKey(known, text) !== null)
)
const isBank = formed('bank', /^\d{3}(\d{5})?$/)
const isBranch = formed('branch', /^\d{1,5}(-?[0-9X])?$/i)
const isAccount = formed('account', /^\d{2,15}-?[0-9X]$/i)
const isName = formed('holder_name', /^[\p{L}\p{M}\p{N} .,'’&/()-]+$/u)

const text = (most: number) => vine.string().trim().maxLength(most)
const taxId = () => text(32)

/** What lies below `secret` is never kept in a session to be typed again. */
const common = { _key: vine.string(), password: password() }

export const pixValidator = vine.withMetaData<FormMeta>().create({
  ...common,
  secret: vine.object({
    key_kind: vine.enum(pixKeyKinds),
    pix_key: text(96)
      .use(isPixKey())
      .transform((value, { parent }) => pixKey(parent.key_kind as PixKeyKind, value)!),
    holder_tax_id: taxId(),
  }),
})

export const bankAccountValidator = vine.withMetaData<FormMeta>().create({
  ...common,
  secret: vine.object({
    bank: text(8).use(isBank()),
    branch: text(8).use(isBranch()),
    account: text(20).use(isAccount()),
    holder_name: text(120).minLength(3).use(isName()),
    holder_tax_id: taxId(),
  }),
})

export const destinationKindValidator = vine.create({
  kind: vine.enum(['pix', 'bank_account']).optional(),
})
