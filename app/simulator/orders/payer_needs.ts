import type { PayerNeed, PaymentMethod } from '../data/payment_methods.js'
import { isObject, type Body } from '../payments/payment_request.js'
import type { Order } from './order.js'
import { OrderRefusal } from './order_refusal.js'

/** Paths below `$.payer` that each need of a method asks for. */
const NEEDED: Record<PayerNeed, readonly string[]> = {
  names: ['first_name', 'last_name'],
  document: ['identification.type', 'identification.number'],
  address: ['zip_code', 'street_name', 'street_number', 'neighborhood', 'city', 'state'].map(
    (name) => `address.${name}`
  ),
  entity_type: ['entity_type'],
}

function at(payer: Body, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), payer)
}

/** All that the method wants to know and nobody said, at once. Throws OrderRefusal. */
export function requirePayer({ payer, externalReference }: Order, method: PaymentMethod): void {
  const paths = method.payerNeeds.flatMap((need) => NEEDED[need])
  const missing = paths.filter((path) => !String(at(payer, path) ?? '').trim())
  const details = missing.map((path) => {
    const names = ['$', 'payer', ...path.split('.')]
    return `'${names.slice(0, -1).join('.')}' - required property '${names.at(-1)}' is missing`
  })
  if (method.form === 'pix' && !externalReference) {
    details.push(`'$' - required property 'external_reference' is missing`)
  }
  if (details.length > 0) throw new OrderRefusal('required_properties', details)
}
