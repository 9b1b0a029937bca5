import { toMinor } from '../money.js'

export interface IdentificationType {
  id: string
  name: string
  type: 'number' | 'string'
  min_length: number
  max_length: number
}

export interface Site {
  id: string
  countryId: string
  currencyId: string
  /** Digits after the point on the wire, and the exponent of the minor unit. */
  decimals: number
  /** Amounts must be whole although the currency has a minor unit. */
  wholeOnly: boolean
  /** Hours from UTC of the calendar that due dates are counted on. */
  utcOffsetHours: number
  language: string
  /** Withheld of each payment there, unless an account says otherwise. */
  taxes: { name: string; basis_points: number }[]
  identificationTypes: IdentificationType[]
}

function digits(id: string, min: number, max: number): IdentificationType {
  return { id, name: id, type: 'number', min_length: min, max_length: max }
}

function letters(id: string, min: number, max: number): IdentificationType {
  return { id, name: id, type: 'string', min_length: min, max_length: max }
}

const decimal = { decimals: 2, wholeOnly: false, language: 'es', taxes: [] }

export const SITES: Readonly<Record<string, Site>> = {
  MLB: {
    ...decimal,
    id: 'MLB',
    countryId: 'BR',
    currencyId: 'BRL',
    utcOffsetHours: -3,
    language: 'pt',
    identificationTypes: [digits('CPF', 11, 11), digits('CNPJ', 14, 14)],
  },
  MLA: {
    ...decimal,
    id: 'MLA',
    countryId: 'AR',
    taxes: [
      { name: 'tax_withholding-iibb', basis_points: 250 },
      { name: 'tax_withholding_collector-debitos_creditos', basis_points: 60 },
    ],
    currencyId: 'ARS',
    utcOffsetHours: -3,
    identificationTypes: [
      digits('DNI', 7, 8),
      digits('CI', 1, 9),
      digits('LE', 6, 7),
      digits('LC', 6, 7),
      digits('Otro', 5, 20),
    ],
  },
  MLM: {
    ...decimal,
    id: 'MLM',
    countryId: 'MX',
    taxes: [
      { name: 'tax_withholding-iva', basis_points: 800 },
      { name: 'tax_withholding-isr', basis_points: 250 },
    ],
    currencyId: 'MXN',
    utcOffsetHours: -6,
    identificationTypes: [],
  },
  MLC: {
    ...decimal,
    id: 'MLC',
    countryId: 'CL',
    currencyId: 'CLP',
    decimals: 0,
    utcOffsetHours: -4,
    identificationTypes: [letters('RUT', 7, 20), letters('Otro', 5, 20)],
  },
  MCO: {
    ...decimal,
    id: 'MCO',
    countryId: 'CO',
    taxes: [{ name: 'tax_withholding-retefuente', basis_points: 150 }],
    currencyId: 'COP',
    wholeOnly: true,
    utcOffsetHours: -5,
    identificationTypes: [
      digits('CC', 5, 20),
      digits('CE', 5, 20),
      digits('NIT', 5, 20),
      digits('Otro', 5, 20),
    ],
  },
  MPE: {
    ...decimal,
    id: 'MPE',
    countryId: 'PE',
    currencyId: 'PEN',
    utcOffsetHours: -5,
    identificationTypes: [
      digits('DNI', 8, 8),
      letters('C.E', 4, 20),
      digits('RUC', 11, 11),
      letters('Otro', 5, 20),
    ],
  },
  MLU: {
    ...decimal,
    id: 'MLU',
    countryId: 'UY',
    currencyId: 'UYU',
    utcOffsetHours: -3,
    identificationTypes: [digits('CI', 7, 8), letters('Otro', 5, 20)],
  },
}

/** Minor units of an amount on the wire; null if it has more decimals than the site takes. */
export function siteMinor(amount: number, site: Site): number | null {
  if (!site.wholeOnly) return toMinor(amount, site.decimals)
  const whole = toMinor(amount, 0)
  return whole === null ? null : whole * 10 ** site.decimals
}
