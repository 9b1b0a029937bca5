import type { Caller } from '../api/api_call.js'
import type { Attribution } from '../payments/create_payment.js'
import type { Simulator } from '../simulator.js'
import type { Order } from './order.js'
import { readOrderRequest } from './order_request.js'
import { carryOut, prepareAll } from './process_order.js'
import { recordOrder } from './record_order.js'

/** In automatic mode it is processed at once. Throws OrderRefusal. */
export function createOrder(
  sim: Simulator,
  caller: Caller,
  body: unknown,
  headers: Attribution
): Order {
  const order = readOrderRequest(sim, caller, body, headers)
  const isAutomatic = order.processingMode === 'automatic'
  const prepared = isAutomatic ? prepareAll(sim, caller, order) : []
  recordOrder(sim, order, 'created', order.createdAt)
  if (isAutomatic) carryOut(sim, caller, order, prepared)
  return order
}
