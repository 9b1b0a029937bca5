import { randomUUID } from 'node:crypto'
import type { Caller } from '../api/api_call.js'
import { siteOf } from '../store/accounts.js'
import type { Simulator } from '../simulator.js'
import { decideCard } from '../life/cards.js'
import { record } from '../life/record.js'
import { issue, pendingDetailOf } from './issue.js'
import type { Payment, PaymentEcho, PaymentOrigin } from './payment.js'
import { isObject, type Body, type PaymentRequest } from './payment_request.js'

/** Ids that Mercado Pago hands to integrators, taken from the headers of the call. */
export interface Attribution {
  platform_id: string | null
  integrator_id: string | null
  corporation_id: string | null
}

export function createPayment(
  sim: Simulator,
  account: Caller,
  request: PaymentRequest,
  attribution: Attribution,
  origin: Partial<PaymentOrigin> = {}
): Payment {
  const site = siteOf(account)
  const { method, amountMinor, at, expiresAt } = request
  const id = sim.store.nextId('payment')
  const payment: Payment = {
    id,
    collectorId: account.id,
    clientId: account.client_id,
    siteId: site.id,
    currencyId: site.currencyId,
    methodId: method.id,
    status: method.form === 'card' ? 'in_process' : 'pending',
    statusDetail: pendingDetailOf(request),
    amountMinor,
    askedMinor: amountMinor,
    refundedMinor: 0,
    lostMinor: 0,
    netMinor: 0,
    createdAt: at,
    updatedAt: at,
    approvedAt: null,
    expiresAt,
    releaseAt: null,
    released: false,
    payer: { id: sim.payments.payerId(request.payer.email), ...request.payer },
    ...issue(id, account, request),
    ...cardOf(request),
    captureUntil: null,
    authorizationCode: null,
    charges: [],
    applicationFee: request.applicationFee,
    recurring: null,
    merchantOrderId: null,
    orderId: null,
    ...origin,
    liveMode: account.liveMode,
    refunds: [],
    ticketHash: randomUUID(),
    externalReference: request.externalReference,
    notificationUrl: request.notificationUrl,
    echo: { ...echoOf(request.body), ...attribution },
  }
  record(sim, payment, 'payment.created', at)
  if (request.card) {
    // A card that is kept for more than once has no token to spend.
    if (!request.card.token.used) sim.wallets.saveToken({ ...request.card.token, used: true })
    decideCard(sim, payment)
  }
  return payment
}

function cardOf({ card: request, payer, at }: PaymentRequest) {
  if (!request) return { card: null, issuerId: null, installments: 1, captured: true }
  const { token, issuerId, installments, capture } = request
  const { savedCardId } = token
  const card = { ...token.card, savedCardId, customerId: payer.customerId, createdAt: at }
  return { card, issuerId, installments, captured: capture }
}

function echoOf(body: Body): Omit<PaymentEcho, keyof Attribution> {
  const data = isObject(body.payment_method) ? body.payment_method.data : null
  return {
    description: text(body.description),
    statement_descriptor: text(body.statement_descriptor),
    callback_url: text(body.callback_url),
    binary_mode: body.binary_mode === true,
    sponsor_id: typeof body.sponsor_id === 'number' ? body.sponsor_id : null,
    metadata: snakeKeys(body.metadata ?? {}) as Body,
    additional_info: isObject(body.additional_info) ? itemsAsText(body.additional_info) : {},
    rules: isObject(data) && isObject(data.rules) ? data.rules : null,
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** `tenantId` comes back as `tenant_id`, however deep. */
export function snakeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeKeys)
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([name, inner]) => [
    name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase(),
    snakeKeys(inner),
  ])
  return Object.fromEntries(entries)
}

/** Quantities and prices come back as text, whole prices with a zero after the point. */
function itemsAsText(info: Body): Body {
  if (!Array.isArray(info.items)) return info
  const items = info.items.filter(isObject).map((item) => {
    const copy: Body = { ...item }
    if (typeof item.quantity === 'number') copy.quantity = String(item.quantity)
    if (typeof item.unit_price === 'number') {
      copy.unit_price = Number.isInteger(item.unit_price)
        ? item.unit_price.toFixed(1)
        : String(item.unit_price)
    }
    return copy
  })
  return { ...info, items }
}
