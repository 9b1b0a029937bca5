import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { basisPoints, percentOf, sumMinor } from '#app/core/money'
import type { Trx } from '#app/core/transaction'
import type { ProviderPayment, SaleRoute } from '#app/gateway/provider'
import { chargeMethods, methods, type ChargeMethod } from '#app/gateway/sites'
import Charge from '#app/receivables/models/charge'
import type Receivable from '#app/receivables/models/receivable'

interface LinkedMoney {
  receivable: Receivable
  payment: ProviderPayment
  route: SaleRoute
  userId: string
}

/**
 * The charge that money without one gets: paid from the beginning, never payable, with the fee rule
 * of a charge that is issued now. It asks for what is still owed, so that a difference is listed.
 */
export function chargeOfLinkedMoney(
  trx: Trx,
  { receivable, payment, route, userId }: LinkedMoney
): Promise<Charge> {
  const id = newId()
  const { percent: feePercent, refundPolicy: feeRefundPolicy } = route.feeRule
  return Charge.create(
    {
      id,
      tenantId: receivable.tenantId,
      receivableId: receivable.id,
      storeId: receivable.storeId,
      method: methodOf(payment),
      state: 'approved',
      amountMinor: receivable.outstandingMinor,
      currency: receivable.currency,
      mode: route.mode,
      platformAccountId: route.account.id,
      collectorId: route.collectorId,
      providerApi: 'payments',
      feePercent,
      feeRefundPolicy,
      estimatedChargesMinor: sumMinor(payment.charges.map(({ amountMinor }) => amountMinor)),
      estimatedFeeMinor: percentOf(payment.amountMinor, basisPoints(feePercent)),
      idempotencyKey: newId(),
      externalReference: `c-${id}`,
      providerPaymentId: payment.id,
      checkoutClosedAt: clock.now(),
      expiresAt: clock.now(),
      attempts: 0,
      createdBy: userId,
    },
    { client: trx }
  )
}

/** The nearest of the ways that are offered; a card, a wallet or cash is what a link takes. */
const methodOf = ({ method }: ProviderPayment): ChargeMethod =>
  chargeMethods.find((one) => methods[one].providerId === method) ?? 'link'
