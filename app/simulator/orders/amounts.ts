import { siteMinor, type Site } from '../data/sites.js'
import { decimalText } from '../money.js'
import { OrderRefusal } from './order_refusal.js'

/** Minor units of an amount as orders write it. Throws OrderRefusal property_value. */
export function readAmount(text: string, site: Site, path: string): number {
  const minor = siteMinor(Number(text), site)
  if (minor !== null) return minor
  throw new OrderRefusal('property_value', [
    `'${path}' - ${text} is no amount in ${site.currencyId}`,
  ])
}

/** What is paid must be something. Throws OrderRefusal property_value. */
export function readPositive(text: string, site: Site, path: string): number {
  const minor = readAmount(text, site, path)
  if (minor > 0) return minor
  throw new OrderRefusal('property_value', [`'${path}' - must be > 0, but found ${text}`])
}

export function amountText(minor: number, site: Site): string {
  return decimalText(minor, site.decimals)
}
