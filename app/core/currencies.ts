export interface Currency {
  code: string
  /** Digits after the decimal separator that an amount is kept in. */
  exponent: number
  /** The smallest step that can be charged, in minor units. */
  chargeStepMinor: number
}

/** The currencies of Mercado Pago's sites. COP keeps two digits but is charged in whole pesos. */
export const currencies = {
  ARS: { code: 'ARS', exponent: 2, chargeStepMinor: 1 },
  BRL: { code: 'BRL', exponent: 2, chargeStepMinor: 1 },
  CLP: { code: 'CLP', exponent: 0, chargeStepMinor: 1 },
  COP: { code: 'COP', exponent: 2, chargeStepMinor: 100 },
  MXN: { code: 'MXN', exponent: 2, chargeStepMinor: 1 },
  PEN: { code: 'PEN', exponent: 2, chargeStepMinor: 1 },
  UYU: { code: 'UYU', exponent: 2, chargeStepMinor: 1 },
} as const satisfies Record<string, Currency>

export type CurrencyCode = keyof typeof currencies

export const isCurrencyCode = (code: string): code is CurrencyCode =>
  Object.hasOwn(currencies, code)

/** @throws RangeError for a currency that no site of Mercado Pago uses. */
export function currency(code: string): Currency {
  if (!isCurrencyCode(code)) throw new RangeError(`Unknown currency ${code.slice(0, 8)}`)
  return currencies[code]
}
