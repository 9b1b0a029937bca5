import type { DateTime } from 'luxon'
import { Undecryptable } from '#app/core/vault'
import { NoCredential } from '#app/gateway/gateway_errors'
import { mercadoPago } from '#app/gateway/mercado_pago'
import type { AccountRef, ProviderPayment } from '#app/gateway/provider'
import {
  ProviderCredentialRefused,
  ProviderError,
  ProviderNotFound,
} from '#app/gateway/provider_errors'
import { accountOfCollector } from '#app/gateway/queries/accounts'
import Payment from '#app/payments/models/payment'
import Charge from '#app/receivables/models/charge'
import { collectorOfPayment } from '#app/receivables/queries/charges'
import type WebhookEvent from '#app/webhooks/models/webhook_event'

/** Why there is nothing to show; each has its words in `webhooks.now.problems`. */
export type NowProblem =
  | 'topic'
  | 'account_not_named'
  | 'unknown_account'
  | 'no_credential'
  | 'credential_refused'
  | 'not_found'
  | 'unreachable'

type Value = string | number | DateTime | null

/** One line of the comparison. Amounts are in minor units of their side's currency. */
export interface ComparedRow {
  name: string
  kind: 'text' | 'money' | 'time'
  held: Value
  now: Value
  differs: boolean
}

export interface Comparison {
  providerPaymentId: string
  /** The currency of each side. */
  currency: { held: string | null; now: string }
  /** What we have of it: a payment, only the charge that was issued, or nothing. */
  holds: 'payment' | 'charge' | 'nothing'
  /** Empty for a payment on somebody else's account that is of no charge of ours: it is not shown. */
  rows: ComparedRow[]
  differs: boolean
}

export type ProviderNow = { problem: NowProblem } | { payments: Comparison[] }

const ORDER_TOPICS = ['merchant_order', 'topic_merchant_order_wh']
const ID = /^\d{1,20}$/
const MOST_OF_ORDER = 10

/**
 * What the provider says at this moment of what a notification is about, beside what we hold. It
 * reads and changes nothing. The payer is no part of it.
 */
export async function providerNow(event: WebhookEvent): Promise<ProviderNow> {
  const { topic, resourceId } = event
  const isOrder = ORDER_TOPICS.includes(topic)
  if (!ID.test(resourceId) || (topic !== 'payment' && !isOrder)) return { problem: 'topic' }
  const collectorId = event.mpUserId ?? (isOrder ? null : await collectorOfPayment(resourceId))
  if (collectorId === null) return { problem: 'account_not_named' }
  const account = await accountOfCollector(collectorId)
  if (!account) return { problem: 'unknown_account' }
  try {
    const payments = await ask(account, resourceId, isOrder)
    return { payments: await Promise.all(payments.map((one) => compared(one, account))) }
  } catch (error) {
    return { problem: problemOf(error) }
  }
}

async function ask(account: AccountRef, id: string, isOrder: boolean): Promise<ProviderPayment[]> {
  const client = mercadoPago.on(account)
  const ids = isOrder ? await client.paymentsOfOrder(id) : [id]
  return Promise.all(ids.slice(0, MOST_OF_ORDER).map((one) => client.payment(one)))
}

function problemOf(error: unknown): NowProblem {
  if (error instanceof NoCredential || error instanceof Undecryptable) return 'no_credential'
  if (error instanceof ProviderCredentialRefused) return 'credential_refused'
  if (error instanceof ProviderNotFound) return 'not_found'
  if (error instanceof ProviderError) return 'unreachable'
  throw error
}

async function compared(now: ProviderPayment, account: AccountRef): Promise<Comparison> {
  const of = { provider_payment_id: now.id }
  // tenant: the platform's admin looks at what the provider calls so
  const payment = await Payment.query().where(of).preload('charge').first()
  // tenant: the same
  const charge = payment?.charge ?? (await Charge.query().where(of).first())
  const holds = payment ? 'payment' : charge ? 'charge' : 'nothing'
  const isAnothers = holds === 'nothing' && account.kind !== 'platform'
  const rows = isAnothers ? [] : rowsOf(now, payment, charge)
  return {
    providerPaymentId: now.id,
    currency: { held: payment?.currency ?? charge?.currency ?? null, now: now.currency },
    ...{ holds, rows, differs: rows.some((row) => row.differs) },
  }
}

/** Of a charge that nobody has paid yet we hold what was asked for. */
function rowsOf(now: ProviderPayment, payment: Payment | null, charge: Charge | null) {
  const asked = payment ?? charge
  const row = (name: string, kind: ComparedRow['kind'], held: Value, says: Value): ComparedRow => ({
    ...{ name, kind, held, now: says },
    differs: asked !== null && plain(held) !== plain(says),
  })
  const always = [
    row('collector', 'text', asked?.collectorId ?? null, now.collectorId),
    row('reference', 'text', charge?.externalReference ?? null, now.externalReference),
    row('currency', 'text', asked?.currency ?? null, now.currency),
    row('amount', 'money', asked?.amountMinor ?? null, now.amountMinor),
    row('status', 'text', payment?.status ?? charge?.state ?? null, now.status),
  ]
  if (asked && !payment) return always
  return [
    ...always,
    row('status_detail', 'text', payment?.statusDetail ?? null, now.statusDetail),
    row('method', 'text', payment?.method ?? null, now.method),
    row('refunded', 'money', payment?.refundedMinor ?? null, now.refundedMinor),
    row('net', 'money', payment?.netReceivedMinor ?? null, now.netReceivedMinor),
    row('approved', 'time', payment?.approvedAt ?? null, now.approvedAt),
    row('release', 'time', payment?.moneyReleaseAt ?? null, now.moneyReleaseAt),
    row('release_status', 'text', payment?.moneyReleaseStatus ?? null, now.moneyReleaseStatus),
    row('updated', 'time', payment?.providerUpdatedAt ?? null, now.updatedAt),
  ]
}

const plain = (value: Value) =>
  value !== null && typeof value === 'object' ? value.toMillis() : value
