import { isObject, type Body } from '../payments/payment_request.js'
import { ORDER_TYPES, type OrderType } from './order.js'
import { OrderRefusal } from './order_refusal.js'
import { ONLINE_ORDER } from './order_schema.js'
import { violationsOf, type Schema } from './schema.js'

/** What each kind of order may say of itself. */
const SCHEMAS: Record<OrderType, Schema> = { online: ONLINE_ORDER }

/** Throws OrderRefusal with everything that is wrong. */
export function checkShape(body: unknown, schema: Schema): asserts body is Body {
  const violations = violationsOf(body, schema)
  if (violations.length > 0) throw OrderRefusal.of(violations)
}

function readType(body: unknown): OrderType {
  const type = isObject(body) ? (body.type ?? 'online') : 'online'
  if (ORDER_TYPES.includes(type as OrderType)) return type as OrderType
  throw new OrderRefusal('invalid_order_type', [`'$.type' - expected one of: "online"`])
}

/** An empty list says that there will be payments and names none. Throws OrderRefusal. */
function refuseEmptyList(body: unknown): void {
  const transactions = isObject(body) ? body.transactions : null
  const payments = isObject(transactions) ? transactions.payments : null
  if (Array.isArray(payments) && payments.length === 0) {
    throw new OrderRefusal('order_builder_without_transactions')
  }
}

/** Of which kind the order is, all of whose fields may be what they are. Throws OrderRefusal. */
export function readShape(body: unknown): { type: OrderType; body: Body } {
  const type = readType(body)
  refuseEmptyList(body)
  checkShape(body, SCHEMAS[type])
  return { type, body }
}
