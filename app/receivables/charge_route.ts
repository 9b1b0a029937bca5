import type { SaleRoute } from '#app/gateway/provider'
import type { Estimate } from '#app/gateway/queries/rates'

/** What a charge remembers of where its money goes: fixed when it is issued. */
export const routeColumns = (route: SaleRoute, share: Estimate) => ({
  mode: route.mode,
  platformAccountId: route.account.id,
  collectorId: route.collectorId,
  providerApi: 'payments',
  feePercent: route.feeRule.percent,
  feeRefundPolicy: route.feeRule.refundPolicy,
  estimatedChargesMinor: share.chargesMinor,
  estimatedFeeMinor: share.feeMinor,
})
