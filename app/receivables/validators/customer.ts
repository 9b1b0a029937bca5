import vine from '@vinejs/vine'
import type { FieldContext } from '@vinejs/vine/types'
import { MAX_PASSWORD } from '#app/core/forms/password_limits'
import { entityTypeOf, payerTaxIdKindsOf, readPayerTaxId } from '#app/core/tax_ids'
import {
  addressForm,
  readPhone,
  readPostalCode,
  readStreetNumber,
} from '#app/receivables/address_forms'
import { isFullName, isPhone, isPostalCode, isPrintable, isState, type FormMeta } from './rules.js'

/** Languages that mails to a customer are written in. */
export const customerLocales = ['pt-BR', 'es', 'en'] as const

const text = (most: number) => vine.string().trim().maxLength(most)

const metaOf = (field: FieldContext) => field.meta as FormMeta

/** The tax id of the form that a field is in; null when it is none, or the kind was not chosen. */
function typedTaxId(field: FieldContext) {
  const { tax_id: taxId, tax_id_kind: kind } = field.parent as Record<string, unknown>
  if (typeof taxId !== 'string') return null
  return readPayerTaxId(taxId, metaOf(field).country, typeof kind === 'string' ? kind : null)
}

const report = (field: FieldContext, name: string) =>
  field.report(metaOf(field).t(`receivables.invalid.${name}`), name, field)

const isTaxId = vine.createRule((value, _, field) => {
  if (typeof value === 'string' && typedTaxId(field) === null) report(field, 'tax_id')
})

/** Asked only where the number itself does not tell a person from a company. */
const saysEntityType = vine.createRule(
  (value, _, field) => {
    const taxId = typedTaxId(field)
    if (!taxId || value || entityTypeOf(taxId.kind, taxId.digits) !== null) return
    report(field, 'entity_type')
  },
  { implicit: true }
)

/** Fields that together are an address: where a bank wants one, all are wanted if one is given. */
const address = ['zip', 'street', 'district', 'city', 'state']
const wanted = (name: string) => (field: FieldContext) =>
  addressForm(metaOf(field).country).isWhole &&
  address.some((other) => other !== name && Boolean(field.parent[other]))

const details = {
  name: text(160).minLength(3).use(isPrintable()).use(isFullName()),
  email: text(254)
    .email()
    .transform((value) => value.toLowerCase()),
  phone: text(32)
    .use(isPhone())
    .transform((value, { meta }) => readPhone(value, (meta as FormMeta).country))
    .optional(),
  contact: text(120).use(isPrintable()).optional(),
  language: vine.enum(customerLocales).optional(),
  zip: text(16)
    .use(isPostalCode())
    .transform((value, { meta }) => readPostalCode(value, (meta as FormMeta).country))
    .optional()
    .requiredWhen(wanted('zip')),
  street: text(160).use(isPrintable()).optional().requiredWhen(wanted('street')),
  number: text(16)
    .use(isPrintable())
    .transform((value) => readStreetNumber(value))
    .optional(),
  complement: text(80).use(isPrintable()).optional(),
  district: text(80).use(isPrintable()).optional().requiredWhen(wanted('district')),
  city: text(80).use(isPrintable()).optional().requiredWhen(wanted('city')),
  state: text(80).use(isPrintable()).use(isState()).optional().requiredWhen(wanted('state')),
  entity_type: vine.enum(['individual', 'association']).optional().use(saysEntityType()),
  tax_id_kind: vine.enum((field) => payerTaxIdKindsOf(metaOf(field).country)).optional(),
}

/** Whom a line of a file is about. */
export const taxIdFields = { tax_id: text(32).use(isTaxId()), tax_id_kind: details.tax_id_kind }

/** Named `zip` and `state`, as what is typed into a field named "…code" is not kept. */
export const newCustomerValidator = vine
  .withMetaData<FormMeta>()
  .create({ ...details, tax_id: text(32).use(isTaxId()) })

/** An empty tax id keeps the one that is there: it is never shown whole. */
export const customerValidator = vine
  .withMetaData<FormMeta>()
  .create({ ...details, tax_id: text(32).use(isTaxId()).optional() })

export type CustomerForm = Awaited<ReturnType<typeof customerValidator.validate>>

export const customerSearch = {
  q: vine.string().trim().maxLength(160).optional(),
  after: vine.string().maxLength(160).optional(),
  after_id: vine.string().uuid().optional(),
}

export const customerSearchValidator = vine.create(customerSearch)

export const exportValidator = vine.create({
  format: vine.enum(['page', 'json', 'csv']).optional(),
})

export const erasureValidator = vine.create({
  _key: vine.string(),
  password: vine.string().maxLength(MAX_PASSWORD),
  understood: vine.accepted(),
})
