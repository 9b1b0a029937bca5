import type { Caller } from '../api/api_call.js'
import { SITES } from '../data/sites.js'
import { fromMinor } from '../money.js'
import { isObject, type Body } from '../payments/payment_request.js'
import { sumOf } from '../preferences/items.js'
import type { PreferenceItem } from '../preferences/preference.js'
import { NamedRefusal, isAbsent } from '../preferences/preference_refusal.js'
import { readSponsor } from '../preferences/preference_request.js'
import type { Simulator } from '../simulator.js'
import type { MerchantOrder } from './merchant_order.js'
import { changeOrder, draftOf, emptyDraft, openOrder } from './order_life.js'
import {
  checkOwner,
  readBody,
  readDetails,
  readItems,
  readPreference,
  readQuantity,
  refuseBody,
} from './order_request.js'

function refuseItems(message: string): never {
  throw new NamedRefusal('invalid_items', message)
}

/** Throws NamedRefusal for more than a number holds. */
function priced(items: PreferenceItem[], shippingMinor: number) {
  const totalMinor = sumOf(items) + shippingMinor
  if (!Number.isSafeInteger(totalMinor)) refuseItems('invalid item quantity.')
  return { items, totalMinor }
}

/** Of a preference, or of its own items. Throws NamedRefusal. */
export function createOrder(sim: Simulator, caller: Caller, sent: unknown): MerchantOrder {
  const body = readBody(sent)
  checkOwner(body, caller)
  const preference = readPreference(sim, caller, body.preference_id)
  const draft = preference ? draftOf(preference) : emptyDraft(caller)
  const sponsorId = readSponsor(sim, caller, body.sponsor_id) ?? draft.sponsorId
  const items = isAbsent(body.items)
    ? {}
    : priced(readItems(body.items, caller.site_id), draft.shippingMinor)
  const details = { ...items, ...readDetails(body), sponsorId }
  return sim.store.transaction(() => openOrder(sim, { ...draft, ...details }))
}

/** Nothing of an item but its quantity. Throws NamedRefusal. */
function changedItems(order: MerchantOrder, value: unknown): PreferenceItem[] {
  if (!Array.isArray(value) || !value.every(isObject)) refuseBody()
  if (value.length === 0) refuseItems('should specify at least one item.')
  const changes = new Map(value.map((item) => [String(item.id ?? ''), item]))
  const known = order.items.map(({ id }) => id)
  if ([...changes.keys()].some((id) => !known.includes(id))) {
    refuseItems('some item of the order does not exist.')
  }
  return order.items.map((item) => {
    const change = changes.get(item.id)
    if (!change) return item
    const { quantity, ...rest } = change
    if (!isUnchanged(item, rest, order.siteId)) {
      refuseItems('only the item quantity of an item can be modified.')
    }
    return { ...item, quantity: readQuantity(quantity) }
  })
}

function isUnchanged(item: PreferenceItem, told: Body, siteId: string): boolean {
  const { unitPriceMinor, quantity, ...rest } = item
  const view: Body = { ...rest, unit_price: fromMinor(unitPriceMinor, SITES[siteId].decimals) }
  return Object.keys(view).every((name) => isAbsent(told[name]) || told[name] === view[name])
}

function readShipments(value: unknown): Pick<MerchantOrder, 'shipments'> {
  if (Array.isArray(value) && value.every(isObject)) return { shipments: value }
  throw new NamedRefusal('invalid_shipment_id', 'invalid shipment identifier.')
}

/** Throws NamedRefusal. */
export function updateOrder(
  sim: Simulator,
  caller: Caller,
  order: MerchantOrder,
  sent: unknown
): MerchantOrder {
  const body = readBody(sent)
  if (order.status === 'closed') {
    const message = 'the action requested is not valid for the current merchant order state.'
    throw new NamedRefusal('invalid_order_state', message)
  }
  checkOwner(body, { ...caller, client_id: order.clientId })
  const preferenceId = body.preference_id
  if (!isAbsent(preferenceId) && preferenceId !== order.preferenceId) {
    throw new NamedRefusal('invalid_id', 'invalid preference_id.')
  }
  const items = isAbsent(body.items)
    ? {}
    : priced(changedItems(order, body.items), order.shippingMinor)
  const shipments = isAbsent(body.shipments) ? {} : readShipments(body.shipments)
  const sponsorId = readSponsor(sim, caller, body.sponsor_id) ?? order.sponsorId
  Object.assign(order, items, shipments, readDetails(body), { sponsorId })
  sim.store.transaction(() => changeOrder(sim, order, sim.clock.now()))
  return order
}
