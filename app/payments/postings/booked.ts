import { basisPoints, sumMinor } from '#app/core/money'
import type { Trx } from '#app/core/transaction'
import { bucketsOf } from '#app/ledger/ledger'
import { paymentSums, type PaymentSum } from '#app/ledger/queries/payment_sums'
import type Dispute from '#app/payments/models/dispute'
import type Holdback from '#app/payments/models/holdback'
import type Payment from '#app/payments/models/payment'
import type Refund from '#app/payments/models/refund'
import { chargeTypes, noCharges, type BookedPayment } from '#app/payments/postings/facts'

const atApproval = ['payment_approved', 'payment_corrected']

/** What the ledger holds of a payment, read from its entries. */
export async function bookedOf(
  trx: Trx,
  payment: Payment,
  refunds: Refund[],
  disputes: Dispute[],
  holdback: Holdback | null
): Promise<BookedPayment> {
  const sums = payment.isPosted ? await paymentSums(trx, payment.tenantId, payment.id) : []
  const sumOf = (account: PaymentSum['account'], which: (sum: PaymentSum) => boolean) =>
    sumMinor(
      sums.filter((sum) => sum.account === account && which(sum)).map((sum) => sum.amountMinor)
    )
  const isTaken = ({ kind }: PaymentSum) => atApproval.includes(kind)
  const chargesReturned = noCharges()
  for (const type of chargeTypes) {
    chargesReturned[type] = sumOf(
      'platform:gateway',
      (sum) => sum.chargeType === type && !isTaken(sum)
    )
  }
  return {
    isApproved: payment.isPosted,
    isReleased: payment.releasedAt !== null,
    grossMinor: sumOf('platform:gateway', (sum) => isTaken(sum) && sum.chargeType === null),
    chargesMinor: -sumOf('platform:gateway', (sum) => isTaken(sum) && sum.chargeType !== null),
    chargesReturned,
    feeMinor: -sumOf('platform:fee_revenue', isTaken),
    feeReturnedMinor: sumOf('platform:fee_revenue', (sum) => !isTaken(sum)),
    refunds: refunds
      .filter((refund) => refund.isPosted)
      .map((refund) => ({
        id: refund.providerRefundId,
        amountMinor: refund.amountMinor,
        chargesReturnedMinor: refund.chargesReturnedMinor,
        feeReturnedMinor: refund.feeReturnedMinor,
      })),
    disputes: disputes.map(({ key, kind, state, amountMinor }) => ({
      key,
      kind,
      state,
      amountMinor,
    })),
    holdback:
      holdback && holdback.freedAt === null
        ? { basisPoints: basisPoints(holdback.percent), heldMinor: holdback.heldMinor }
        : null,
    buckets: bucketsOf(sums),
  }
}
