import { isObject, type Body } from '../payments/payment_request.js'
import { toMinor } from '../money.js'
import { siteOf, type Account } from '../store/accounts.js'
import { readDestination } from './destination.js'
import { PayoutRefusal, invalidField } from './payout_refusal.js'

/** The documented maximum, in whole units of the currency. */
const MAX_AMOUNT = 10_000_000_000
const MAX_REFERENCE_LENGTH = 64
const MAX_URL_LENGTH = 500

export interface PayoutRequest {
  amountMinor: number
  externalReference: string | null
  notificationUrl: string | null
  destination: Body
}

function readReference(reference: unknown): string | null {
  if (reference === undefined || reference === null) return null
  const fits = typeof reference === 'string' && reference.length <= MAX_REFERENCE_LENGTH
  if (fits && reference !== '') return reference
  const message = 'Invalid type for field external_reference'
  throw new PayoutRefusal(400, 'invalid_external_reference', message)
}

function readNotificationUrl(configuration: unknown): string | null {
  if (configuration === undefined || configuration === null) return null
  const info = isObject(configuration) ? configuration.notification_info : null
  const url = isObject(info) ? info.notification_url : null
  if (url === undefined || url === null) return null
  const fits = typeof url === 'string' && url.length <= MAX_URL_LENGTH && URL.canParse(url)
  if (fits && /^https?:/.test(url)) return url
  throw invalidField('seller_configuration.notification_info.notification_url')
}

/** Exactly one: a payout has a single source and a single destination. */
function onlyAccount(side: unknown, name: string): Body {
  const accounts = isObject(side) ? side.accounts : null
  if (Array.isArray(accounts) && accounts.length === 1 && isObject(accounts[0])) return accounts[0]
  throw invalidField(`transaction.${name}.accounts`)
}

function readAmount(transaction: Body, from: Body, to: Body, decimals: number): number {
  const { amount } = from
  const minor = typeof amount === 'number' ? toMinor(amount, decimals) : null
  if (minor === null || minor <= 0 || (amount as number) > MAX_AMOUNT) {
    throw invalidField('transaction.from.accounts[0].amount')
  }
  if (to.amount !== amount) throw invalidField('transaction.to.accounts[0].amount')
  if (transaction.total_amount !== amount) throw invalidField('transaction.total_amount')
  return minor
}

/** Throws PayoutRefusal: one at a time, like the API. */
export function readPayoutRequest(body: unknown, account: Account): PayoutRequest {
  if (!isObject(body)) {
    throw new PayoutRefusal(400, 'invalid_body', 'request with invalid format')
  }
  const site = siteOf(account)
  const externalReference = readReference(body.external_reference)
  const interaction = body.point_of_interaction
  if (!isObject(interaction) || interaction.type !== 'PSP_TRANSFER') {
    throw invalidField('point_of_interaction.type')
  }
  const notificationUrl = readNotificationUrl(body.seller_configuration)
  const transaction = isObject(body.transaction) ? body.transaction : {}
  const from = onlyAccount(transaction.from, 'from')
  const to = onlyAccount(transaction.to, 'to')
  const amountMinor = readAmount(transaction, from, to, site.decimals)
  return {
    amountMinor,
    externalReference,
    notificationUrl,
    destination: readDestination(to, site),
  }
}
