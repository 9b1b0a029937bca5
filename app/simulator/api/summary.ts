/** What tells one payment or refund from another; payers' data and tokens stay out. */
const TELLING = [
  'id',
  'payment_id',
  'preapproval_id',
  'preapproval_plan_id',
  'status',
  'status_detail',
  'payment_method_id',
  'external_reference',
  'preference_id',
  'order_status',
  'transaction_amount',
  'transaction_amount_refunded',
  'total_amount',
  'amount',
  'application_fee',
  'marketplace_fee',
  'currency_id',
  'collector_id',
  'date_of_expiration',
  'notification_url',
  'message',
] as const

/** A few fields of a JSON object, the number of an array's elements, or null. */
export function summaryOf(body: string): Record<string, unknown> | null {
  const value = parsed(body)
  if (Array.isArray(value)) return { count: value.length }
  if (typeof value !== 'object' || value === null) return null
  const object = value as Record<string, any>
  const told = TELLING.filter((name) => object[name] !== undefined && object[name] !== null)
  const summary = Object.fromEntries(told.map((name) => [name, object[name]]))
  const problems = object.cause ?? object.errors
  const code = Array.isArray(problems) ? problems[0]?.code : undefined
  if (code !== undefined) summary.code = code
  if (object.paging) summary.paging = object.paging
  return summary
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
