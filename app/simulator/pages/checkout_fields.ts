import { TEST_NAMES, outcomeFor } from '../data/test_cards.js'
import { testCardOf } from '../data/test_numbers.js'
import type { PaymentMethod } from '../data/payment_methods.js'
import { SITES } from '../data/sites.js'
import { maxInstallments, type Offer } from '../checkout/offers.js'
import { testDocument } from '../checkout/payer_details.js'
import { share } from '../money.js'
import type { Preference } from '../preferences/preference.js'
import { money } from './layout.js'
import { selectField, textField, type Field, type Filled, type Option } from './form_fields.js'
import type { Markup } from './markup.js'

function documentFields(filled: Filled, siteId: string, optional: boolean): Markup[] {
  const types = SITES[siteId].identificationTypes
  if (types.length === 0) return []
  const usual = testDocument(siteId)
  return [
    selectField(
      filled,
      { name: 'identification_type', label: 'Document', usual: usual?.type },
      types.map(({ id }) => ({ value: id, label: id }))
    ),
    textField(filled, {
      name: 'identification_number',
      label: 'Document number',
      inputmode: 'numeric',
      optional,
    }),
  ]
}

const EMAIL: Field = { name: 'email', label: 'Email', type: 'email', autocomplete: 'email' }

const NAME_FIELDS: Field[] = [
  { name: 'first_name', label: 'First name', autocomplete: 'given-name' },
  { name: 'last_name', label: 'Last name', autocomplete: 'family-name' },
]

const ADDRESS_FIELDS: Field[] = [
  { name: 'zip_code', label: 'Postal code', autocomplete: 'postal-code', inputmode: 'numeric' },
  { name: 'street_name', label: 'Street', autocomplete: 'address-line1' },
  { name: 'street_number', label: 'Number' },
  { name: 'neighborhood', label: 'Neighbourhood' },
  { name: 'city', label: 'City', autocomplete: 'address-level2' },
  { name: 'federal_unit', label: 'State (two letters)', autocomplete: 'address-level1' },
]

function bankFields(filled: Filled, method: PaymentMethod): Markup[] {
  if (method.financialInstitutions.length === 0) return []
  const banks = method.financialInstitutions.map(({ id, description }) => ({
    value: id,
    label: description,
  }))
  return [selectField(filled, { name: 'institution', label: 'Your bank' }, banks)]
}

const ENTITIES: Option[] = [
  { value: 'individual', label: 'A person' },
  { value: 'association', label: 'A company' },
]

/** What a method that is no card wants to know of the payer. */
export function payerFields(filled: Filled, method: PaymentMethod): Markup[] {
  const { payerNeeds, siteId } = method
  const texts = (fields: Field[]) => fields.map((field) => textField(filled, field))
  return [
    emailField(filled),
    ...(payerNeeds.includes('names') ? texts(NAME_FIELDS) : []),
    ...(payerNeeds.includes('document') ? documentFields(filled, siteId, false) : []),
    ...(payerNeeds.includes('entity_type')
      ? [selectField(filled, { name: 'entity_type', label: 'Who pays' }, ENTITIES)]
      : []),
    ...(payerNeeds.includes('address') ? texts(ADDRESS_FIELDS) : []),
    ...bankFields(filled, method),
  ]
}

export function cardholders(): Option[] {
  return TEST_NAMES.map((name) => {
    const { status, detail } = outcomeFor(name)
    return { value: name, label: `${name}: ${status}${status === 'approved' ? '' : `, ${detail}`}` }
  })
}

function installmentField(
  filled: Filled,
  offer: Offer,
  preference: Preference,
  amountMinor: number
): Markup[] {
  const max = maxInstallments(offer, preference)
  if (max === 1) return []
  const { currencyId, decimals } = SITES[preference.siteId]
  const options = Array.from({ length: max }, (_, index) => {
    const each = money(share(amountMinor, 1, index + 1), currencyId, decimals)
    return { value: `${index + 1}`, label: `${index + 1} × ${each}` }
  })
  const usual = String(Math.min(preference.terms.methods.defaultInstallments ?? 1, max))
  return [selectField(filled, { name: 'installments', label: 'Instalments', usual }, options)]
}

/** A test card stands there from the beginning: the name on it chooses what happens. */
export function newCardFields(
  filled: Filled,
  siteId: string,
  methodId: string,
  now: number
): Markup[] {
  const { number, securityCode } = testCardOf(siteId, methodId)
  const year = String(new Date(now).getUTCFullYear() + 4)
  const digits = (name: string, label: string, value: string) =>
    textField(filled, { name, label, inputmode: 'numeric', usual: value })
  return [
    digits('card_number', 'Card number', number),
    selectField(filled, { name: 'cardholder', label: 'Name on the card' }, cardholders()),
    digits('expiration_month', 'Month', '11'),
    digits('expiration_year', 'Year', year),
    digits('security_code', 'Security code', securityCode),
  ]
}

export function emailField(filled: Filled): Markup {
  return textField(filled, EMAIL)
}

/** Everything that a card payment wants to know. */
export function cardFields(
  filled: Filled,
  offer: Offer,
  preference: Preference,
  now: number,
  amountMinor: number
): Markup[] {
  const { siteId } = preference
  const usual = offer.methods.find(({ id }) => id.endsWith('master')) ?? offer.methods[0]
  return [
    ...newCardFields(filled, siteId, usual.id, now),
    ...installmentField(filled, offer, preference, amountMinor),
    emailField(filled),
    ...documentFields(filled, siteId, true),
  ]
}
