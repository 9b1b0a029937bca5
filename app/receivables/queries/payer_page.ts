import { createHash } from 'node:crypto'
import type { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { boletoBarcode } from '#app/receivables/barcode'
import type Charge from '#app/receivables/models/charge'
import type { ChargeMethod } from '#app/receivables/models/charge'
import Receivable from '#app/receivables/models/receivable'
import { qrCodeSvg } from '#app/receivables/qr_code'
import { partiesOf } from '#app/receivables/queries/parties'

/** What a payer has to know of a receivable, in one word. */
export type PayerPhase =
  | 'open'
  | 'overdue'
  | 'in_review'
  | 'scheduled'
  | 'preparing'
  | 'unavailable'
  | 'expired'
  | 'paid'
  | 'partially_paid'
  | 'cancelled'
  | 'given_back'

/** Phases in which something may change while the payer looks. */
const restless: PayerPhase[] = ['open', 'overdue', 'in_review', 'preparing', 'partially_paid']

/** The quickest way first. */
const order: ChargeMethod[] = ['pix', 'link', 'boleto', 'rapipago', 'pagofacil']

/** All that the payer's page shows; null for a token that opens nothing. */
export async function payerPage(publicToken: string) {
  const receivable = await receivableOf(publicToken)
  if (!receivable) return null
  const { tenant, customer } = receivable
  const phase = phaseOf(receivable)
  const offered = offeredOf(receivable)
  const payable = isSettled(phase) ? [] : offered.filter(isPayable)
  const scheduled = offered.find(({ state }) => state === 'scheduled')
  return {
    receivable,
    phase,
    /** How what is left to be paid stands. */
    rest: phase === 'partially_paid' ? phaseOfWays(receivable, offered) : null,
    ways: await Promise.all(payable.sort(byOrder).map(shown)),
    scheduledFor: scheduled?.nextAttemptAt ?? null,
    version: restless.includes(phase) ? versionOf(receivable) : null,
    ...(await partiesOf(tenant, customer, receivable.charges.at(0)?.mode)),
  }
}

/**
 * Changes whenever the page would show something else; null for a token that opens nothing. For a
 * page that looks again by itself: three short reads by index.
 */
export async function payerPageVersion(publicToken: string): Promise<string | null> {
  const receivable = await receivableOf(publicToken)
  return receivable && versionOf(receivable)
}

const receivableOf = (publicToken: string): Promise<Receivable | null> =>
  // tenant: the token alone, of 160 random bits, is what opens it
  Receivable.query()
    .where('public_token', publicToken)
    .whereNot('state', 'draft')
    .preload('tenant')
    .preload('customer')
    .preload('charges', (charges) => charges.orderBy('id', 'desc'))
    .first()

function versionOf(receivable: Receivable): string {
  const states = receivable.charges.map(({ id, state }) => `${id}:${state}`)
  const seen = [phaseOf(receivable), receivable.paidMinor, ...states].join()
  return createHash('sha256').update(seen).digest('base64url').slice(0, 22)
}

/** What asks for more than is still owed is being closed, and not shown any more. */
const offeredOf = (receivable: Receivable): Charge[] =>
  receivable.charges.filter((charge) => !receivable.isSurplus(charge))

const isPayable = ({ state, expiresAt }: Charge) => state === 'pending' && expiresAt > clock.now()

const isSettled = (phase: PayerPhase) => ['paid', 'cancelled', 'given_back'].includes(phase)

const byOrder = (one: Charge, other: Charge) =>
  order.indexOf(one.method) - order.indexOf(other.method)

export interface PayerWay {
  method: ChargeMethod
  amountMinor: number
  expiresAt: DateTime
  /** The digits of a boleto or the code of a cash voucher. */
  line: string | null
  barcode: string | null
  documentUrl: string | null
  pixText: string | null
  qrCode: string | null
  checkoutUrl: string | null
}

const shown = async (charge: Charge): Promise<PayerWay> => ({
  method: charge.method,
  amountMinor: charge.amountMinor,
  expiresAt: charge.expiresAt,
  line: charge.digitableLine,
  barcode: boletoBarcode(charge.barcode),
  documentUrl: charge.documentUrl,
  pixText: charge.qrCode,
  qrCode: await qrCodeSvg(charge.qrCode),
  checkoutUrl: charge.checkoutUrl,
})

const byReceivable: Partial<Record<Receivable['state'], PayerPhase>> = {
  cancelled: 'cancelled',
  paid: 'paid',
  overpaid: 'paid',
  partially_paid: 'partially_paid',
  refunded: 'given_back',
  partially_refunded: 'given_back',
  charged_back: 'given_back',
}

const phaseOf = (receivable: Receivable): PayerPhase =>
  byReceivable[receivable.state] ?? phaseOfWays(receivable, receivable.charges)

function phaseOfWays(receivable: Receivable, charges: Charge[]): PayerPhase {
  const { tenant } = receivable
  const has = (state: Charge['state']) => charges.some((charge) => charge.state === state)
  if (has('in_process') || has('authorized')) return 'in_review'
  if (charges.some(isPayable)) {
    return receivable.isOverdue(clock.today(tenant.timeZone)) ? 'overdue' : 'open'
  }
  if (has('creating')) return 'preparing'
  if (has('scheduled')) return 'scheduled'
  return has('expired') || has('pending') ? 'expired' : 'unavailable'
}
