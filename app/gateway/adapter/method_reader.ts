import { fromDecimal } from '#app/core/money'
import type { ProviderMethod } from '#app/gateway/provider'
import { list, text, type Json } from './json.js'

/** What an account can use now, of `GET /v1/payment_methods`. @throws TypeError for no list at all */
export function readMethods(json: unknown, currency: string): ProviderMethod[] {
  if (!Array.isArray(json)) throw new TypeError('no list of methods')
  return list(json)
    .filter(({ status }) => status === 'active' || status === undefined)
    .flatMap((method) => readMethod(method, currency) ?? [])
}

function readMethod(method: Json, currency: string): ProviderMethod | null {
  const id = text(method.id)
  if (id === null) return null
  const [minMinor, maxMinor] = [method.min_allowed_amount, method.max_allowed_amount].map((value) =>
    limit(value, currency)
  )
  return { id, type: text(method.payment_type_id) ?? 'unknown', minMinor, maxMinor }
}

/** A limit that cannot be read is none: the provider will say no itself. */
function limit(value: unknown, currency: string): number | null {
  if (typeof value !== 'number') return null
  try {
    return fromDecimal(value, currency)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
