import vine from '@vinejs/vine'
import { bankAccountForm } from '#app/payouts/bank_accounts'
import { pixKey, pixKeyKinds, type PixKeyKind } from '#app/payouts/destination_details'
import { password, rule, type FormMeta } from '#app/payouts/validators/form_meta'

const isPixKey = rule('pix_key', (text, _, { key_kind: kind }) =>
  pixKeyKinds.some((known) => known === kind && pixKey(known, text) !== null)
)
const isBranch = rule('branch', (text) => /^\d{1,5}(-?[0-9X])?$/i.test(text))
const isName = rule('holder_name', (text) =>
  /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,'’&/()-]*$/u.test(text)
)

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

/** The fields that a country's accounts have; what is not asked for is empty. */
export const bankAccountValidator = (country: string) => {
  const form = bankAccountForm(country)
  const word = country.toLowerCase()
  const isBank = rule(country === 'BR' ? 'bank' : 'bank_name', (bank) => form.bankForm.test(bank))
  const isAccount = rule(`account_${word}`, (account) => form.account(account) !== null)
  const fieldOf = (isAsked: boolean, field: ReturnType<typeof text>) =>
    isAsked ? field : text(0).optional()
  return vine.withMetaData<FormMeta>().create({
    ...common,
    secret: vine.object({
      bank: fieldOf(form.bank, text(60).use(isBank())),
      branch: fieldOf(form.branch, text(8).use(isBranch())),
      account: text(40)
        .use(isAccount())
        .transform((account) => form.account(account)!),
      holder_name: text(120).minLength(3).use(isName()),
      holder_tax_id: taxId(),
    }),
  })
}

export const destinationKindValidator = vine.create({
  kind: vine.enum(['pix', 'bank_account']).optional(),
})
