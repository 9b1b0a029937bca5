import { brazilianStates } from '#app/receivables/brazil'

/** What an address and a phone number look like in a country. */
export interface AddressForm {
  postalCode: { pattern: RegExp; example: string; isNumeric: boolean }
  /** Where the provider wants the state's code; elsewhere its name is typed. */
  states: Readonly<Record<string, string>> | null
  /** A bank registers a boleto with the whole address: given at all, it must be whole. */
  isWhole: boolean
  callingCode: string
  /** Digits of a number without the country's code. */
  phoneDigits: readonly [least: number, most: number]
}

const numeric = (digits: number, example: string): AddressForm['postalCode'] => ({
  pattern: new RegExp(`^\\d{${digits}}$`),
  example,
  isNumeric: true,
})

const elsewhere = { states: null, isWhole: false }

const forms: Record<string, AddressForm> = {
  BR: {
    postalCode: { pattern: /^\d{5}-?\d{3}$/, example: '01310-100', isNumeric: true },
    ...{ states: brazilianStates, isWhole: true, callingCode: '55', phoneDigits: [10, 11] },
  },
  AR: {
    postalCode: { pattern: /^([A-Z]\d{4}[A-Z]{3}|\d{4})$/i, example: 'C1043AAZ', isNumeric: false },
    ...{ ...elsewhere, callingCode: '54', phoneDigits: [10, 11] },
  },
  CL: { postalCode: numeric(7, '8320000'), ...elsewhere, callingCode: '56', phoneDigits: [9, 9] },
  CO: { postalCode: numeric(6, '110111'), ...elsewhere, callingCode: '57', phoneDigits: [10, 10] },
  MX: { postalCode: numeric(5, '06000'), ...elsewhere, callingCode: '52', phoneDigits: [10, 11] },
  PE: { postalCode: numeric(5, '15001'), ...elsewhere, callingCode: '51', phoneDigits: [7, 9] },
  UY: { postalCode: numeric(5, '11000'), ...elsewhere, callingCode: '598', phoneDigits: [8, 8] },
}

export const addressForm = (country: string): AddressForm => forms[country]

/** "01310-100" → "01310100", "c1043aaz" → "C1043AAZ"; null when it is no code of the country. */
export function readPostalCode(text: string, country: string): string | null {
  const { pattern } = addressForm(country).postalCode
  return pattern.test(text) ? text.replace('-', '').toUpperCase() : null
}

/**
 * A phone number with its country's code, as links to it want it: "+5511987654321". Without a "+"
 * it is taken for one of the tenant's country; null when it is none.
 */
export function readPhone(text: string, country: string): string | null {
  if (!/^\+?[\d ().-]{6,}$/.test(text)) return null
  const digits = text.replace(/\D/g, '')
  if (text.startsWith('+')) return /^[1-9]\d{7,14}$/.test(digits) ? `+${digits}` : null
  const { callingCode, phoneDigits } = addressForm(country)
  // The zero that is dialled before a number inside the country.
  const national = digits.replace(/^0+/, '')
  const fits = national.length >= phoneDigits[0] && national.length <= phoneDigits[1]
  return fits ? `+${callingCode}${national}` : null
}

/** What people write where a house has no number; stored as none. */
const NO_NUMBER = /^(s\s*\/?\s*n[.ºo°]*|sem n[úu]mero|sin n[úu]mero)$/i

export const readStreetNumber = (text: string): string | null =>
  NO_NUMBER.test(text) ? null : text
