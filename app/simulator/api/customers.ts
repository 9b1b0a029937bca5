import { randomBytes } from 'node:crypto'
import type { Customer } from '../cards/card.js'
import { jsonBody, type Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import { isObject, type Body } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import { wireTime } from '../time.js'
import { authenticated, type Caller } from './api_call.js'
import { savedCardView } from './card_view.js'
import { CustomerRefusal } from './customer_refusal.js'
import { wholeNumber } from './search.js'

const DEFAULT_LIMIT = 10
const MAX_LIMIT = 100

/** Kept as they come, and answered again. */
const ECHOED = [
  'first_name',
  'last_name',
  'phone',
  'identification',
  'address',
  'default_address',
  'date_registered',
  'description',
  'metadata',
]

/** A customer of this seller; another's is as missing as one that never was. Throws CustomerRefusal. */
export function customerOf(sim: Simulator, caller: Caller, id: string): Customer {
  const customer = sim.wallets.customer(id)
  if (customer?.accountId !== caller.id) throw new CustomerRefusal('105')
  return customer
}

function addressView({ echo }: Customer) {
  const address = isObject(echo.address) ? echo.address : null
  return address && { id: null, zip_code: null, street_name: null, street_number: null, ...address }
}

function customerView(sim: Simulator, customer: Customer) {
  const { echo } = customer
  const address = addressView(customer)
  return {
    id: customer.id,
    email: customer.email,
    first_name: echo.first_name ?? null,
    last_name: echo.last_name ?? null,
    phone: echo.phone ?? { area_code: null, number: null },
    identification: echo.identification ?? { type: null, number: null },
    default_address: echo.default_address ?? address?.id ?? null,
    address,
    date_registered: echo.date_registered ?? null,
    description: echo.description ?? null,
    date_created: wireTime(customer.createdAt),
    date_last_updated: wireTime(customer.updatedAt),
    metadata: echo.metadata ?? {},
    default_card: customer.defaultCard,
    cards: sim.wallets.cardsOf(customer.id).map((card) => savedCardView(sim, card)),
    addresses: address ? [address] : [],
    live_mode: customer.liveMode,
  }
}

function readBody(call: Call, known: string[]): Body {
  const body = jsonBody(call)
  if (!isObject(body)) throw new CustomerRefusal('118')
  const wrong = Object.keys(body).find((name) => !known.includes(name))
  if (wrong) throw new CustomerRefusal('125', wrong)
  return body
}

function echoOf(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([name]) => ECHOED.includes(name)))
}

function readEmail(email: unknown): string {
  if (typeof email === 'string' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return email
  throw new CustomerRefusal('106')
}

const storeCustomer: Handler = (sim, call) => {
  const caller = authenticated(sim, call)
  const body = readBody(call, [...ECHOED, 'email'])
  const email = readEmail(body.email)
  if (email.toLowerCase() === caller.email.toLowerCase()) throw new CustomerRefusal('150')
  if (sim.wallets.customerByEmail(caller.id, email)) throw new CustomerRefusal('101')
  const at = sim.clock.now()
  const customer: Customer = {
    id: `${caller.id}-${randomBytes(10).toString('base64url').replaceAll(/[-_]/g, '0')}`,
    accountId: caller.id,
    email,
    defaultCard: null,
    liveMode: caller.liveMode,
    createdAt: at,
    updatedAt: at,
    echo: echoOf(body),
  }
  sim.wallets.saveCustomer(customer)
  return json(201, customerView(sim, customer))
}

const showCustomer: Handler = (sim, call) => {
  const customer = customerOf(sim, authenticated(sim, call), call.params.id)
  return json(200, customerView(sim, customer))
}

function readDefaultCard(sim: Simulator, customer: Customer, id: unknown): string | null {
  if (id === undefined) return customer.defaultCard
  const card = sim.wallets.card(String(id))
  if (card?.customerId !== customer.id) throw new CustomerRefusal('120')
  return card.id
}

const updateCustomer: Handler = (sim, call) => {
  const customer = customerOf(sim, authenticated(sim, call), call.params.id)
  const body = readBody(call, [...ECHOED, 'email', 'default_card'])
  if (body.email !== undefined && body.email !== customer.email) throw new CustomerRefusal('126')
  const changed = {
    ...customer,
    defaultCard: readDefaultCard(sim, customer, body.default_card),
    updatedAt: sim.clock.now(),
    echo: { ...customer.echo, ...echoOf(body) },
  }
  sim.wallets.saveCustomer(changed)
  return json(200, customerView(sim, changed))
}

const destroyCustomer: Handler = (sim, call) => {
  const customer = customerOf(sim, authenticated(sim, call), call.params.id)
  const last = customerView(sim, customer)
  sim.store.transaction(() => sim.wallets.dropCustomer(customer.id))
  return json(200, last)
}

const searchCustomers: Handler = (sim, call) => {
  const caller = authenticated(sim, call)
  const limit = wholeNumber(call, 'limit', DEFAULT_LIMIT, MAX_LIMIT)
  const offset = wholeNumber(call, 'offset', 0, Number.MAX_SAFE_INTEGER)
  const email = call.query.get('email')
  const { total, customers } = sim.wallets.searchCustomers(caller.id, email, limit, offset)
  const results = customers.map((customer) => customerView(sim, customer))
  return json(200, { paging: { limit, offset, total }, results })
}

export const customerRoutes: Routes = {
  'POST /v1/customers': storeCustomer,
  'GET /v1/customers/search': searchCustomers,
  'GET /v1/customers/:id': showCustomer,
  'PUT /v1/customers/:id': updateCustomer,
  'DELETE /v1/customers/:id': destroyCustomer,
}
