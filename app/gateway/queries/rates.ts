import type { DateTime } from 'luxon'
import { basisPoints, percentOf } from '#app/core/money'
import { defaultRates } from '#app/gateway/default_rates'
import GatewayRate from '#app/gateway/models/gateway_rate'
import type { AccountRef } from '#app/gateway/provider'

export interface Rate {
  /** Null: of the site, for accounts that have too few payments of their own. */
  platformAccountId: string | null
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
  platformAccountId: null,
  updatedAt: null,
}))

/** Every rate that estimates are made from. */
export async function rates(): Promise<Rate[]> {
  const stored = await GatewayRate.query().orderBy('site_id').orderBy('method')
  const isStored = (rate: Rate) =>
    stored.some(
      ({ siteId, method, platformAccountId }) =>
        platformAccountId === null && siteId === rate.siteId && method === rate.method
    )
  return [...stored, ...delivered.filter((rate) => !isStored(rate))]
}

const findRate = (all: Rate[], wanted: Pick<Rate, 'platformAccountId' | 'siteId' | 'method'>) =>
  all.find(
    ({ platformAccountId, siteId, method }) =>
      platformAccountId === wanted.platformAccountId &&
      siteId === wanted.siteId &&
      method === wanted.method
  )

/** None for a method that is unknown there. */
export const rateOfSite = (
  all: Rate[],
  { siteId, method }: { siteId: string; method: string }
): Rate | undefined => findRate(all, { platformAccountId: null, siteId, method })

/** The account's own rate of a method, else the site's. */
export const rateOf = (
  all: Rate[],
  { account, siteId, method }: { account: AccountRef; siteId: string; method: string }
): Rate | undefined =>
  findRate(all, { platformAccountId: account.id, siteId, method }) ??
  rateOfSite(all, { siteId, method })

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
}

/** Who will probably get what of a sale; what counts later is what the provider says it took. */
export async function estimate(sale: Sale): Promise<Estimate> {
  return estimateBy(rateOf(await rates(), sale), sale)
}

export function estimateBy(
  rate: Rate | undefined,
  { amountMinor, feePercent }: Pick<Sale, 'amountMinor' | 'feePercent'>
): Estimate {
  const listed = rate ? percentOf(amountMinor, basisPoints(rate.percent)) + rate.fixedMinor : 0
  const chargesMinor = Math.min(listed, amountMinor)
  const left = amountMinor - chargesMinor
  const feeMinor = Math.min(percentOf(amountMinor, basisPoints(feePercent)), left)
  const daysToRelease = rate?.daysToRelease ?? 0
  return { chargesMinor, feeMinor, netMinor: left - feeMinor, daysToRelease }
}
