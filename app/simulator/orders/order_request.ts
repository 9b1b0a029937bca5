import { siteOf } from '../store/accounts.js'
import type { Site } from '../data/sites.js'
import type { Caller } from '../api/api_call.js'
import type { Attribution } from '../payments/create_payment.js'
import { isObject, type Body } from '../payments/payment_request.js'
import { ulid } from '../payouts/ulid.js'
import type { Simulator } from '../simulator.js'
import { readAmount, readPositive } from './amounts.js'
import { durationMs } from './duration.js'
import type { CaptureMode, Order, OrderTransaction, ProcessingMode } from './order.js'
import { checkItems, checkSponsor, checkTotal } from './order_checks.js'
import { OrderRefusal } from './order_refusal.js'
import { readShape } from './shape.js'
import { newTransaction } from './transaction_request.js'

const ECHOED = [
  'items',
  'config',
  'shipment',
  'marketplace',
  'checkout_available_at',
  'additional_info',
  'integration_data',
] as const

function readPayer(caller: Caller, payer: Body): Body {
  if (!payer.email && !payer.customer_id) {
    throw new OrderRefusal('required_properties', [
      `'$.payer' - required property 'email' is missing`,
    ])
  }
  const isTest = String(payer.email ?? '').endsWith('@testuser.com')
  if (!caller.liveMode && !isTest) throw new OrderRefusal('invalid_email_for_sandbox')
  return payer
}

function readTransactions(
  transactions: unknown,
  mode: ProcessingMode,
  site: Site,
  at: number
): OrderTransaction[] {
  const payments = (transactions as { payments?: Body[] } | null)?.payments
  if (payments) {
    return payments.map((payment, index) =>
      newTransaction(payment, site, `$.transactions.payments[${index}]`, at)
    )
  }
  if (mode === 'manual') return []
  throw new OrderRefusal('required_properties', [
    `'$' - required property 'transactions' is missing`,
  ])
}

function attributionOf(headers: Attribution, integration: unknown): Attribution {
  const data = isObject(integration) ? integration : {}
  const told = (name: keyof Attribution) => (data[name] as string | undefined) ?? headers[name]
  return {
    platform_id: told('platform_id'),
    integrator_id: told('integrator_id'),
    corporation_id: told('corporation_id'),
  }
}

function echoOf(body: Body): Body {
  const given = ECHOED.filter((name) => body[name] !== undefined && body[name] !== null)
  return Object.fromEntries(given.map((name) => [name, body[name]]))
}

/** The order that is asked for, before anything happened to it. Throws OrderRefusal. */
export function readOrderRequest(
  sim: Simulator,
  caller: Caller,
  input: unknown,
  headers: Attribution
): Order {
  const { type, body } = readShape(input)
  const at = sim.clock.now()
  const site = siteOf(caller)
  const totalMinor = readPositive(body.total_amount as string, site, '$.total_amount')
  const processingMode = (body.processing_mode ?? 'automatic') as ProcessingMode
  const transactions = readTransactions(body.transactions, processingMode, site, at)
  if (transactions.length > 0) checkTotal({ transactions, totalMinor })
  checkItems(body.items, site, totalMinor)
  checkSponsor(sim, body.integration_data)
  const fee = body.marketplace_fee as string | null | undefined
  const expirationTime = (body.expiration_time ?? null) as string | null
  return {
    id: `ORD${caller.liveMode ? '' : 'TST'}${ulid(at)}`,
    accountId: caller.id,
    clientId: caller.client_id,
    siteId: site.id,
    currencyId: site.currencyId,
    liveMode: caller.liveMode,
    type,
    processingMode,
    captureMode: (body.capture_mode ?? 'automatic_async') as CaptureMode,
    totalMinor,
    refundedMinor: 0,
    marketplaceFeeMinor: fee ? readAmount(fee, site, '$.marketplace_fee') : null,
    externalReference: (body.external_reference ?? null) as string | null,
    description: (body.description ?? null) as string | null,
    expirationTime,
    expiresAt: expirationTime ? at + durationMs(expirationTime) : null,
    payer: readPayer(caller, body.payer as Body),
    attribution: attributionOf(headers, body.integration_data),
    transactions,
    refunds: [],
    chargebacks: [],
    status: 'created',
    detail: 'created',
    ended: null,
    version: 0,
    createdAt: at,
    updatedAt: at,
    echo: echoOf(body),
  }
}
