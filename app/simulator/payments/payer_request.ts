import { ApiError } from '../api/api_error.js'
import type { PayerNeed, PaymentMethod } from '../data/payment_methods.js'
import type { Site } from '../data/sites.js'
import type { Simulator } from '../simulator.js'
import { isTestUser, siteOf, type Account } from '../store/accounts.js'
import type { Payer } from './payment.js'
import { isValidTaxId } from './tax_ids.js'

export type PayerRequest = Omit<Payer, 'id'>

type Body = Record<string, unknown>

const ADDRESS_FIELDS = [
  'zip_code',
  'street_name',
  'street_number',
  'neighborhood',
  'city',
  'federal_unit',
] as const

function object(value: unknown): Body {
  return typeof value === 'object' && value !== null ? (value as Body) : {}
}

function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

/** Throws ApiError 4006, 2060, 2002, 4050, 4051, 2034, 4094 to 4098, 2067 7521 or 1. */
export function readPayer(
  sim: Simulator,
  seller: Account,
  method: PaymentMethod,
  value: unknown
): PayerRequest {
  if (value === undefined || value === null) throw new ApiError(4096)
  if (typeof value !== 'object' || Array.isArray(value)) throw new ApiError(4006)
  const payer = remembered(sim, seller, value as Body)
  const email = readEmail(payer.email)
  refuseMixedUsers(sim, seller, email)
  requireDetails(payer, method.payerNeeds)
  const identification = readIdentification(payer.identification, siteOf(seller))
  const address = readAddress(payer.address, method)
  return {
    customerId: payer.type === 'customer' ? String(payer.id) : null,
    email,
    first_name: text(payer.first_name),
    last_name: text(payer.last_name),
    identification,
    address,
    entity_type: text(payer.entity_type) ?? entityOf(identification?.type),
  }
}

/** A customer of the seller is known by its id; what else is told of it counts more. */
function remembered(sim: Simulator, seller: Account, payer: Body): Body {
  if (payer.id !== undefined && String(payer.id) === String(seller.id)) throw new ApiError(2060)
  if (payer.type !== 'customer') return payer
  const customer = sim.wallets.customer(String(payer.id ?? ''))
  if (customer?.accountId !== seller.id) throw new ApiError(2002)
  return { ...customer.echo, address: undefined, email: customer.email, ...payer }
}

function readEmail(value: unknown): string {
  if (typeof value !== 'string' || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) {
    throw new ApiError(4050)
  }
  if (value.length > 254) throw new ApiError(4051)
  return value
}

/** Nobody pays himself, and test users and real ones never pay each other. Throws ApiError 2034. */
function refuseMixedUsers(sim: Simulator, seller: Account, email: string): void {
  const lower = email.toLowerCase()
  if (lower === seller.email.toLowerCase()) throw new ApiError(2034)
  if (isOtherKind(sim, seller, lower)) throw new ApiError(2034)
}

/** Whether one of the two is a test user and the other is not. */
export function isOtherKind(sim: Simulator, seller: Account, email: string): boolean {
  const payer = sim.accounts.byEmail(email)
  const isForTests = payer ? isTestUser(payer) : email.endsWith('@testuser.com')
  // Addresses that belong to nobody here are guests, who may pay both.
  const isKnown = payer !== undefined || isForTests
  return isKnown && isForTests !== isTestUser(seller)
}

function requireDetails(payer: Body, needs: readonly PayerNeed[]): void {
  if (needs.includes('names')) {
    if (!text(payer.first_name)) throw new ApiError(4094)
    if (!text(payer.last_name)) throw new ApiError(4095)
  }
  if (needs.includes('document')) {
    const identification = object(payer.identification)
    if (!text(identification.type)) throw new ApiError(4097)
    if (!text(identification.number)) throw new ApiError(4098)
  }
  if (needs.includes('entity_type') && !text(payer.entity_type)) {
    throw new ApiError(1, '[payer.entity_type]')
  }
}

function readIdentification(value: unknown, site: Site): Payer['identification'] {
  const type = text(object(value).type)
  const number = text(object(value).number)
  if (!type || !number) return null
  const known = site.identificationTypes.some((candidate) => candidate.id === type)
  if (!known || !isValidTaxId(type, number)) throw new ApiError(2067)
  return { type, number }
}

function readAddress(value: unknown, method: PaymentMethod): Record<string, string> | null {
  const address = object(value)
  const read = ADDRESS_FIELDS.map((name) => [name, text(address[name])] as const)
  const missing = read.filter(([, content]) => !content).map(([name]) => name)
  if (method.payerNeeds.includes('address') && missing.length > 0) {
    throw new ApiError(7521, `[${missing.join(', ')}]`)
  }
  const given = read.filter((entry): entry is [(typeof entry)[0], string] => entry[1] !== null)
  return given.length > 0 ? Object.fromEntries(given) : null
}

function entityOf(type: string | undefined): string | null {
  if (type === 'CPF') return 'individual'
  return type === 'CNPJ' ? 'association' : null
}
