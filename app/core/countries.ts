import type { CurrencyCode } from '#app/core/currencies'

export interface Country {
  code: string
  currency: CurrencyCode
  locale: 'pt-BR' | 'es'
  /** Where most of the country's businesses are. */
  timeZone: string
}

/** The countries where Mercado Pago has a site. */
export const countries = {
  AR: country('AR', 'ARS', 'es', 'America/Argentina/Buenos_Aires'),
  BR: country('BR', 'BRL', 'pt-BR', 'America/Sao_Paulo'),
  CL: country('CL', 'CLP', 'es', 'America/Santiago'),
  CO: country('CO', 'COP', 'es', 'America/Bogota'),
  MX: country('MX', 'MXN', 'es', 'America/Mexico_City'),
  PE: country('PE', 'PEN', 'es', 'America/Lima'),
  UY: country('UY', 'UYU', 'es', 'America/Montevideo'),
} as const

export type CountryCode = keyof typeof countries

export const isCountryCode = (code: string): code is CountryCode => Object.hasOwn(countries, code)

function country(
  code: string,
  currency: CurrencyCode,
  locale: Country['locale'],
  timeZone: string
): Country {
  return { code, currency, locale, timeZone }
}
