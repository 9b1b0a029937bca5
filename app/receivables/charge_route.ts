import type { SaleRoute } from '#app/gateway/provider'
import type { Estimate } from '#app/gateway/queries/rates'
import type { ChargeMethod } from '#app/gateway/sites'

/** What a charge remembers of where its money goes: fixed when it is issued. */
export const routeColumns = (route: SaleRoute, share: Estimate, method: ChargeMethod) => ({
  mode: route.mode,
  platformAccountId: route.account.id,
  collectorId: route.collectorId,
  providerApi: method === 'link' ? 'preferences' : 'payments',
  feePercent: route.feeRule.percent,
  feeRefundPolicy: route.feeRule.refundPolicy,
  estimatedChargesMinor: share.chargesMinor,
  estimatedFeeMinor: share.feeMinor,
})
