import { methodsOf } from '../data/payment_methods.js'
import { siteMinor, type Site } from '../data/sites.js'
import { isObject, type Body } from '../payments/payment_request.js'
import type { PreferenceItem } from './preference.js'
import { NamedRefusal, isAbsent, shortText } from './preference_refusal.js'

const MAX_TEXT = 256
const MAX_URL = 600

function refuse(message: string): never {
  throw new NamedRefusal('invalid_items', message)
}

function text(name: string, value: unknown, max = MAX_TEXT): string {
  return shortText('invalid_items', name, value, max)
}

function readPrice(value: unknown, site: Site): number {
  if (isAbsent(value)) refuse('unit_price needed.')
  if (typeof value !== 'number') refuse('unit_price must be a number.')
  const minor = siteMinor(value, site)
  if (minor === null || minor <= 0) refuse('unit_price invalid.')
  return minor
}

function readQuantity(value: unknown, index: number): number {
  if (isAbsent(value)) refuse('quantity needed.')
  if (!Number.isSafeInteger(value) || (value as number) < 1) {
    refuse(`items.${index}.quantity must be a integer.`)
  }
  return value as number
}

/** Of the site where it is not told: the checkout pays in no other. */
function readCurrency(value: unknown, site: Site): string {
  if (isAbsent(value) || value === '') return site.currencyId
  if (value !== site.currencyId) refuse('currency_id invalid.')
  return site.currencyId
}

function readItem(item: Body, index: number, site: Site): PreferenceItem {
  const title = text('title', item.title)
  if (title.trim() === '') refuse('title needed.')
  return {
    id: text('id', item.id),
    title,
    description: text('description', item.description),
    picture_url: text('picture_url', item.picture_url, MAX_URL),
    category_id: text('category_id', item.category_id),
    currency_id: readCurrency(item.currency_id, site),
    quantity: readQuantity(item.quantity, index),
    unitPriceMinor: readPrice(item.unit_price, site),
  }
}

/** Throws NamedRefusal `invalid_items`. */
export function readItems(value: unknown, site: Site): PreferenceItem[] {
  if (isAbsent(value)) refuse('items needed.')
  if (!Array.isArray(value)) refuse('items must be a array')
  if (value.length === 0) refuse('items needed.')
  return value.map((item, index) => {
    if (!isObject(item)) refuse('items invalid. Wrong format')
    return readItem(item, index, site)
  })
}

export function sumOf(items: Pick<PreferenceItem, 'quantity' | 'unitPriceMinor'>[]): number {
  return items.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0)
}

/** Some method of the site must be able to take it. Throws NamedRefusal `invalid_items`. */
export function requirePayable(totalMinor: number, site: Site): void {
  const payable = methodsOf(site.id).some(
    ({ minMinor, maxMinor }) => totalMinor >= minMinor && totalMinor <= maxMinor
  )
  if (!payable) refuse('amount cannot be paid with Mercado Pago.')
}
