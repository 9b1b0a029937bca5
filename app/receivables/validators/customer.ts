import vine from '@vinejs/vine'
import { readPostalCode } from '#app/receivables/brazil'
import {
  isFullName,
  isPhone,
  isPostalCode,
  isPrintable,
  isState,
  isTaxId,
  type FormMeta,
} from './rules.js'

const text = (most: number) => vine.string().trim().maxLength(most)

/** Fields that together are an address: one given, all are wanted. */
const address = ['zip', 'street', 'district', 'city', 'state']
const wanted = (name: string) => address.filter((other) => other !== name)

const details = {
  name: text(160).minLength(3).use(isPrintable()).use(isFullName()),
  email: text(254).email(),
  phone: text(32).use(isPhone()).optional(),
  zip: text(16)
    .use(isPostalCode())
    .transform((value) => readPostalCode(value) ?? value)
    .optional()
    .requiredIfAnyExists(wanted('zip')),
  street: text(160).use(isPrintable()).optional().requiredIfAnyExists(wanted('street')),
  number: text(16).use(isPrintable()).optional(),
  complement: text(80).use(isPrintable()).optional(),
  district: text(80).use(isPrintable()).optional().requiredIfAnyExists(wanted('district')),
  city: text(80).use(isPrintable()).optional().requiredIfAnyExists(wanted('city')),
  state: text(8).use(isState()).optional().requiredIfAnyExists(wanted('state')),
}

/** Named `zip` and `state`, as what is typed into a field named "…code" is not kept. */
export const newCustomerValidator = vine
  .withMetaData<FormMeta>()
  .create({ ...details, tax_id: text(32).use(isTaxId()) })

/** An empty tax id keeps the one that is there: it is never shown whole. */
export const customerValidator = vine
  .withMetaData<FormMeta>()
  .create({ ...details, tax_id: text(32).use(isTaxId()).optional() })

export const customerSearch = {
  q: vine.string().trim().maxLength(160).optional(),
  after: vine.string().maxLength(160).optional(),
  after_id: vine.string().uuid().optional(),
}

export const customerSearchValidator = vine.create(customerSearch)
