import type { DateTime } from 'luxon'
import { currency } from '#app/core/currencies'
import { basisPoints, percentOf } from '#app/core/money'
import { defaultRates } from '#app/gateway/default_rates'
import GatewayRate from '#app/gateway/models/gateway_rate'
import type { AccountRef, SaleRoute } from '#app/gateway/provider'

export interface Rate {
  /** Null: of the site, for accounts that have too few payments of their own. */
  accountId: string | null
  siteId: string
  method: string
  /** Fee and withheld taxes together. */
  percent: string
  fixedMinor: number
  daysToRelease: number
  /** Null: as delivered with the product, and never looked at since. */
  updatedAt: DateTime | null
}

const delivered: Rate[] = defaultRates.map((rate) => ({
  ...rate,
  accountId: null,
  updatedAt: null,
}))

/** Every rate that estimates are made from. */
export async function rates(): Promise<Rate[]> {
  const stored = await GatewayRate.query().orderBy('site_id').orderBy('method')
  const isStored = (rate: Rate) =>
    stored.some(
      ({ siteId, method, accountId }) =>
        accountId === null && siteId === rate.siteId && method === rate.method
    )
  return [...stored, ...delivered.filter((rate) => !isStored(rate))]
}

const findRate = (all: Rate[], wanted: Pick<Rate, 'accountId' | 'siteId' | 'method'>) =>
  all.find(
    ({ accountId, siteId, method }) =>
      accountId === wanted.accountId && siteId === wanted.siteId && method === wanted.method
  )

/** None for a method that is unknown there. */
export const rateOfSite = (
  all: Rate[],
  { siteId, method }: { siteId: string; method: string }
): Rate | undefined => findRate(all, { accountId: null, siteId, method })

/** The account's own rate of a method, else the site's. */
export const rateOf = (
  all: Rate[],
  { account, siteId, method }: { account: AccountRef; siteId: string; method: string }
): Rate | undefined =>
  findRate(all, { accountId: account.id, siteId, method }) ?? rateOfSite(all, { siteId, method })

export interface Estimate {
  /** What Mercado Pago will probably keep. */
  chargesMinor: number
  /** What the platform will keep, at most what is left. */
  feeMinor: number
  netMinor: number
  daysToRelease: number
}

interface Sale {
  account: AccountRef
  siteId: string
  method: string
  amountMinor: number
  /** The platform's, "1.00". */
  feePercent: string
  mode: SaleRoute['mode']
  currency: string
}

/** Who will probably get what of a sale; what counts later is what the provider says it took. */
export async function estimate(sale: Sale): Promise<Estimate> {
  return estimateBy(rateOf(await rates(), sale), sale)
}

/**
 * The platform's part, at most what is left. What is split off at the provider is asked for before
 * the rest is known, so a margin of 1 % stays; and it can only be what the currency is charged in.
 */
function platformFee(
  { amountMinor, feePercent, mode, currency: code }: Omit<Sale, 'account' | 'siteId' | 'method'>,
  left: number
): number {
  const feeMinor = percentOf(amountMinor, basisPoints(feePercent))
  if (mode === 'centralized') return Math.min(feeMinor, left)
  const { chargeStepMinor } = currency(code)
  const most = Math.min(feeMinor, left - percentOf(left, 100))
  return most - (most % chargeStepMinor)
}

export function estimateBy(
  rate: Rate | undefined,
  sale: Pick<Sale, 'amountMinor' | 'feePercent' | 'mode' | 'currency'>
): Estimate {
  const { amountMinor } = sale
  const listed = rate ? percentOf(amountMinor, basisPoints(rate.percent)) + rate.fixedMinor : 0
  const chargesMinor = Math.min(listed, amountMinor)
  const left = amountMinor - chargesMinor
  const feeMinor = platformFee(sale, left)
  const daysToRelease = rate?.daysToRelease ?? 0
  return { chargesMinor, feeMinor, netMinor: left - feeMinor, daysToRelease }
}
