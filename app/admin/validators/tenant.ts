import vine from '@vinejs/vine'
import { countries, type CountryCode } from '#app/core/countries'
import { MAX_PASSWORD, MIN_PASSWORD } from '#app/core/forms/password_limits'
import { percentOfText, rule, type FormMeta } from '#app/admin/validators/form_meta'

const isPrintable = rule('printable', (text) => !/\p{Cc}/u.test(text))
const isPercent = rule('percent', (text) => percentOfText(text) !== null)

const name = (most: number) => vine.string().trim().minLength(2).maxLength(most).use(isPrintable())

/** An empty field is the platform's default. */
const percent = () =>
  vine
    .string()
    .maxLength(8)
    .use(isPercent())
    .transform((text) => percentOfText(text)!)
    .optional()

export const countryCodes = Object.keys(countries) as CountryCode[]

export const tenantValidator = vine.withMetaData<FormMeta>().create({
  _key: vine.string(),
  legalName: name(160),
  tradeName: name(120),
  country: vine.enum(countryCodes),
  taxId: vine.string().trim().maxLength(32),
  percent: percent(),
  ownerName: name(120),
  ownerEmail: vine.string().trim().toLowerCase().email().maxLength(254),
  ownerPassword: vine.string().minLength(MIN_PASSWORD).maxLength(MAX_PASSWORD),
})

export const feeValidator = vine.withMetaData<FormMeta>().create({
  _key: vine.string(),
  percent: percent(),
})
