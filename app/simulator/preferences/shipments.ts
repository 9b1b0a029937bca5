import { siteMinor, type Site } from '../data/sites.js'
import { isObject, type Body } from '../payments/payment_request.js'
import { NamedRefusal, isAbsent, typeName } from './preference_refusal.js'

const MODES = ['custom', 'me2', 'not_specified']

/** The type that each field must have; what it means is judged after that. */
const TYPES = {
  local_pickup: 'boolean',
  dimensions: 'string',
  free_shipping: 'boolean',
  default_shipping_method: 'number',
  cost: 'number',
  express_shipment: 'boolean',
  receiver_address: 'object',
} as const

function refuse(message: string): never {
  throw new NamedRefusal('invalid_shipments', message)
}

function requireTypes(shipments: Body): void {
  for (const [name, expected] of Object.entries(TYPES)) {
    const value = shipments[name]
    if (!isAbsent(value) && typeName(value) !== expected) {
      refuse(`invalid type (${typeName(value)}) for field shipments.${name}.`)
    }
  }
}

/** Centimetres and grams: `10x10x20,500`. */
function checkDimensions(value: unknown): void {
  if (isAbsent(value) || value === '') return
  const match = /^(\d{1,6})x(\d{1,6})x(\d{1,6}),(\d{1,9})$/.exec(String(value).replaceAll(' ', ''))
  if (!match) refuse('Invalid dimensions format')
  if (match.slice(1).some((size) => Number(size) === 0)) refuse('Invalid dimension values')
}

function checkFreeMethods(value: unknown): void {
  if (isAbsent(value)) return
  const areIds = Array.isArray(value) && value.every((one) => Number.isInteger(one?.id))
  if (!areIds) refuse('invalid free_methods')
}

function costMinor({ mode, cost, free_shipping: free }: Body, site: Site): number {
  if (isAbsent(cost)) return 0
  const minor = siteMinor(cost as number, site)
  if (minor === null || minor < 0) refuse('shipments.cost invalid')
  return mode === 'custom' && free !== true ? minor : 0
}

/** What shipping adds to the amount. Nobody here sends with Mercado Envíos. Throws NamedRefusal. */
export function readShipping(value: unknown, site: Site): number {
  if (isAbsent(value)) return 0
  if (!isObject(value)) refuse('invalid_shipments')
  const { mode } = value
  if (!isAbsent(mode) && !MODES.includes(mode as string)) refuse('invalid shipment mode')
  if (mode === 'me2') refuse("collector doesn't have me2 active.")
  requireTypes(value)
  checkDimensions(value.dimensions)
  checkFreeMethods(value.free_methods)
  const method = value.default_shipping_method
  if (!isAbsent(method) && !Number.isInteger(method)) {
    refuse('invalid shipments.default_shipping_method')
  }
  return costMinor(value, site)
}
