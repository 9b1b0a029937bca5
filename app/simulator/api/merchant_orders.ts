import { jsonBody, type Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import { createOrder, updateOrder } from '../merchant_orders/keep_order.js'
import type { MerchantOrder } from '../merchant_orders/merchant_order.js'
import { NamedRefusal } from '../preferences/preference_refusal.js'
import type { Simulator } from '../simulator.js'
import { callerOf, type Caller } from './api_call.js'
import { datesOf, elements, filtersOf, pageOf } from './elements.js'
import { merchantOrderView } from './merchant_order_view.js'

const FILTERS = {
  status: 'status = ?',
  order_status: `data ->> '$.orderStatus' = ?`,
  preference_id: 'preference_id = ?',
  external_reference: 'external_reference = ?',
  application_id: `data ->> '$.clientId' = ?`,
  payer_id: `cast(data ->> '$.payer.id' as text) = ?`,
  sponsor_id: `cast(data ->> '$.sponsorId' as text) = ?`,
  site_id: `data ->> '$.siteId' = ?`,
  marketplace: `data ->> '$.marketplace' = ?`,
  items: `exists (select 1 from json_each(data, '$.items') as item
    where instr(',' || ? || ',', ',' || (item.value ->> '$.id') || ',') > 0)`,
}

/** The official package spells the second pair wrongly; the API takes both. */
const DATES = {
  date_created_from: 'date_created >= ?',
  date_created_to: 'date_created <= ?',
  last_updated_from: 'last_updated >= ?',
  last_updated_to: 'last_updated <= ?',
  last_udpated_from: 'last_updated >= ?',
  last_udpated_to: 'last_updated <= ?',
}

/** Throws NamedRefusal `invalid_token`. */
function requireCaller(sim: Simulator, call: Call): Caller {
  const caller = callerOf(sim, call)
  if (!caller) throw new NamedRefusal('invalid_token', 'access denied.', 401)
  return caller
}

/** Of this seller; another's is as missing as one that never was. Throws NamedRefusal. */
function ownOrder(sim: Simulator, caller: Caller, id: string): MerchantOrder {
  if (!/^\d{1,15}$/.test(id)) throw new NamedRefusal('invalid_format', 'invalid id.')
  const order = sim.merchantOrders.find(Number(id))
  if (order?.accountId === caller.id) return order
  throw new NamedRefusal('not_found', 'merchant order not found', 404)
}

const storeMerchantOrder: Handler = (sim, call) => {
  const order = createOrder(sim, requireCaller(sim, call), jsonBody(call))
  return json(201, merchantOrderView(sim, order))
}

const showMerchantOrder: Handler = (sim, call) => {
  const order = ownOrder(sim, requireCaller(sim, call), call.params.id)
  return json(200, merchantOrderView(sim, order))
}

const updateMerchantOrder: Handler = (sim, call) => {
  const caller = requireCaller(sim, call)
  const order = ownOrder(sim, caller, call.params.id)
  return json(200, merchantOrderView(sim, updateOrder(sim, caller, order, jsonBody(call))))
}

const searchMerchantOrders: Handler = (sim, call) => {
  const caller = requireCaller(sim, call)
  const { limit, offset } = pageOf(call)
  const equal = filtersOf(call, FILTERS)
  const dates = datesOf(call, DATES, sim.clock.now())
  const where = `account_id = ?${equal.where}${dates.where}`
  const values = [caller.id, ...equal.values, ...dates.values]
  const { found, total } = sim.merchantOrders.search(where, values, limit, offset)
  const views = found.map((order) => merchantOrderView(sim, order))
  return json(200, elements(views, total, offset))
}

export const merchantOrderRoutes: Routes = {
  'POST /merchant_orders': storeMerchantOrder,
  'GET /merchant_orders/search': searchMerchantOrders,
  'GET /merchant_orders/:id': showMerchantOrder,
  'PUT /merchant_orders/:id': updateMerchantOrder,
}
