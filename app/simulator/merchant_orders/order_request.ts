import type { Caller } from '../api/api_call.js'
import { SITES, siteMinor } from '../data/sites.js'
import { isObject, type Body } from '../payments/payment_request.js'
import { openness, type Preference, type PreferenceItem } from '../preferences/preference.js'
import { NamedRefusal, isAbsent } from '../preferences/preference_refusal.js'
import type { Simulator } from '../simulator.js'
import type { MerchantOrder } from './merchant_order.js'

const MAX_LENGTHS = {
  external_reference: 256,
  notification_url: 500,
  additional_info: 600,
  marketplace: 256,
}

/** The reader of the body could not understand it. */
export function refuseBody(): never {
  const message = 'could not unmarshal request body into merchant order struct.'
  throw new NamedRefusal('unmarshal_error', message)
}

/** Throws NamedRefusal `unmarshal_error`. */
export function readBody(body: unknown): Body {
  if (!isObject(body)) refuseBody()
  return body
}

/** Undefined when not told. Throws NamedRefusal. */
function text(body: Body, name: keyof typeof MAX_LENGTHS): string | undefined {
  const value = body[name]
  if (isAbsent(value)) return undefined
  if (typeof value !== 'string') refuseBody()
  if (value.length > MAX_LENGTHS[name]) {
    throw new NamedRefusal('invalid_string', 'string too long.')
  }
  return value
}

function readUrl(body: Body): string | undefined {
  const url = text(body, 'notification_url')
  if (url === undefined) return undefined
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url
  throw new NamedRefusal('invalid_url', "invalid URL. Isn't HTTP or HTTPS.")
}

function readPayer(payer: unknown): MerchantOrder['payer'] | undefined {
  if (isAbsent(payer)) return undefined
  const { id, nickname = '' } = isObject(payer) ? payer : {}
  if (!Number.isSafeInteger(id) || typeof nickname !== 'string') {
    throw new NamedRefusal('invalid_payer', 'invalid payer identifier.')
  }
  return { id: id as number, nickname }
}

function refuseItem(message: string): never {
  throw new NamedRefusal('invalid_items', message)
}

function itemText(item: Body, name: string): string {
  const value = item[name]
  if (isAbsent(value)) return ''
  if (typeof value !== 'string') refuseBody()
  return value
}

export function readQuantity(value: unknown): number {
  if (isAbsent(value)) refuseItem('quantity cannot be null for the given item.')
  if (!Number.isSafeInteger(value) || (value as number) < 1) refuseItem('invalid item quantity.')
  return value as number
}

function readItem(item: unknown, siteId: string): PreferenceItem {
  if (!isObject(item)) refuseBody()
  const site = SITES[siteId]
  if (isAbsent(item.title)) refuseItem('title cannot be null for the given item.')
  if (isAbsent(item.unit_price)) refuseItem('unit_price cannot be null for the given item.')
  if (isAbsent(item.currency_id)) refuseItem('currency_id cannot be null for the given item.')
  if (item.currency_id !== site.currencyId) refuseItem('cannot operate with this currency code.')
  const price = typeof item.unit_price === 'number' ? siteMinor(item.unit_price, site) : null
  if (price === null || price <= 0) refuseItem('invalid unit_price.')
  return {
    id: itemText(item, 'id'),
    title: itemText(item, 'title'),
    description: itemText(item, 'description'),
    picture_url: itemText(item, 'picture_url'),
    category_id: itemText(item, 'category_id'),
    currency_id: site.currencyId,
    quantity: readQuantity(item.quantity),
    unitPriceMinor: price,
  }
}

/** Throws NamedRefusal `invalid_items`, `unmarshal_error`. */
export function readItems(value: unknown, siteId: string): PreferenceItem[] {
  if (!Array.isArray(value)) refuseBody()
  return value.map((item) => readItem(item, siteId))
}

/** What may be told of an order at any time; only what is told. Throws NamedRefusal. */
export function readDetails(body: Body): Partial<MerchantOrder> {
  const read = {
    externalReference: text(body, 'external_reference'),
    notificationUrl: readUrl(body),
    additionalInfo: text(body, 'additional_info'),
    marketplace: text(body, 'marketplace'),
    payer: readPayer(body.payer),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

/** What cannot be another's, or another one. Throws NamedRefusal. */
export function checkOwner(body: Body, owner: Pick<Caller, 'id' | 'client_id' | 'site_id'>): void {
  const { collector, application_id: applicationId, site_id: siteId } = body
  if (!isAbsent(collector) && (!isObject(collector) || collector.id !== owner.id)) {
    throw new NamedRefusal('user_not_allowed', 'user not allowed to operate.')
  }
  if (!isAbsent(applicationId) && String(applicationId) !== owner.client_id) {
    throw new NamedRefusal('invalid_application_id', 'internal server error.')
  }
  if (!isAbsent(siteId) && siteId !== owner.site_id) {
    throw new NamedRefusal('invalid_user_id', 'invalid users involved.')
  }
}

/** Of the same seller, and not over. Throws NamedRefusal `invalid_id`, `invalid_expired`. */
export function readPreference(sim: Simulator, caller: Caller, id: unknown): Preference | null {
  if (isAbsent(id)) return null
  const preference = typeof id === 'string' ? sim.preferences.find(id) : undefined
  if (preference?.accountId !== caller.id) {
    throw new NamedRefusal('invalid_id', 'invalid preference_id.')
  }
  if (openness(preference, sim.clock.now()) === 'over') {
    throw new NamedRefusal('invalid_expired', 'the preference_id has expired.')
  }
  return preference
}
