import type { AccountRef, SaleRoute } from '#app/gateway/provider'
import type { Estimate } from '#app/gateway/queries/rates'
import type { ChargeMethod } from '#app/gateway/sites'

export const accountColumns = ({ kind, id }: AccountRef) => ({
  platformAccountId: kind === 'platform' ? id : null,
  connectionId: kind === 'connection' ? id : null,
})

/** What a charge remembers of where its money goes: fixed when it is issued. */
export const routeColumns = (route: SaleRoute, share: Estimate, method: ChargeMethod) => ({
  mode: route.mode,
  ...accountColumns(route.account),
  collectorId: route.collectorId,
  providerApi: method === 'link' ? 'preferences' : 'payments',
  feePercent: route.feeRule.percent,
  feeRefundPolicy: route.feeRule.refundPolicy,
  estimatedChargesMinor: share.chargesMinor,
  estimatedFeeMinor: share.feeMinor,
})
