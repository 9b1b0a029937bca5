import type { DateTime } from 'luxon'
import { basisPoints, percentOf } from '#app/core/money'
import GatewayRate from '#app/gateway/models/gateway_rate'

export interface Rate {
  siteId: string
  method: string
  percent: string
  fixedMinor: number
  daysToRelease: number
  /** Null: as delivered with the product, and never looked at since. */
  updatedAt: DateTime | null
}

/** Used until the account's own payments, or an admin, know better. */
const defaults: Rate[] = [
  { siteId: 'MLB', method: 'boleto', percent: '0.00', fixedMinor: 349, daysToRelease: 14 },
  { siteId: 'MLB', method: 'pix', percent: '0.99', fixedMinor: 0, daysToRelease: 0 },
].map((rate) => ({ ...rate, updatedAt: null }))

/** Every rate that estimates are made from. */
export async function rates(): Promise<Rate[]> {
  const stored = await GatewayRate.query().orderBy('site_id').orderBy('method')
  const isStored = (rate: Rate) =>
    stored.some(({ siteId, method }) => siteId === rate.siteId && method === rate.method)
  return [...stored, ...defaults.filter((rate) => !isStored(rate))]
}

export interface Estimate {
  /** What Mercado Pago will probably keep. */
  chargesMinor: number
  /** What the platform will keep, at most what is left. */
  feeMinor: number
  netMinor: number
  daysToRelease: number
}

/**
 * Who will probably get what of a sale; what counts later is what the provider says it took.
 * @param feePercent the platform's, "1.00"
 */
export async function estimate(sale: {
  siteId: string
  method: string
  amountMinor: number
  feePercent: string
}): Promise<Estimate> {
  const all = await rates()
  const rate = all.find(({ siteId, method }) => siteId === sale.siteId && method === sale.method)
  const listed = rate ? percentOf(sale.amountMinor, basisPoints(rate.percent)) + rate.fixedMinor : 0
  const chargesMinor = Math.min(listed, sale.amountMinor)
  const left = sale.amountMinor - chargesMinor
  const feeMinor = Math.min(percentOf(sale.amountMinor, basisPoints(sale.feePercent)), left)
  const daysToRelease = rate?.daysToRelease ?? 0
  return { chargesMinor, feeMinor, netMinor: left - feeMinor, daysToRelease }
}
