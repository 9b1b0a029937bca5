import type { ChargeMethod } from './sites.js'

interface DefaultRate {
  siteId: string
  method: ChargeMethod
  /** Fee and taxes withheld together, as both are gone before the money arrives. */
  percent: string
  fixedMinor: number
  daysToRelease: number
}

const rate = (
  siteId: string,
  method: ChargeMethod,
  percent: string,
  fixedMinor: number,
  daysToRelease: number
): DefaultRate => ({ siteId, method, percent, fixedMinor, daysToRelease })

/**
 * What Mercado Pago probably keeps, until the account's own payments know better. A link is
 * counted as a card. Withheld taxes are in it: 3.1 % in Argentina, 10.5 % in Mexico, 1.5 % in
 * Colombia. As of November 2026; no price list.
 */
export const defaultRates: readonly DefaultRate[] = [
  rate('MLA', 'rapipago', '7.93', 0, 10),
  rate('MLA', 'pagofacil', '7.93', 0, 10),
  rate('MLA', 'link', '8.10', 0, 10),
  rate('MLB', 'boleto', '0.00', 3_49, 14),
  rate('MLB', 'pix', '0.99', 0, 0),
  rate('MLB', 'link', '4.99', 0, 14),
  rate('MLC', 'link', '3.80', 0, 10),
  rate('MCO', 'link', '5.42', 952_00, 0),
  rate('MLM', 'link', '14.55', 4_64, 0),
  rate('MPE', 'link', '4.71', 1_18, 14),
  rate('MLU', 'link', '6.10', 0, 14),
]
