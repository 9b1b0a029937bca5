import type { ProviderPayment } from '#app/gateway/provider'
import type { PaymentFacts } from '#app/payments/postings/facts'

/** What of the provider's payment moves money. */
export const factsOf = (payment: ProviderPayment): PaymentFacts => ({
  providerPaymentId: payment.id,
  approvedAt: payment.approvedAt,
  updatedAt: payment.updatedAt,
  grossMinor: payment.amountMinor,
  charges: payment.charges,
  netReceivedMinor: netBeforeOurFee(payment),
  refunds: payment.refunds.filter(({ status }) => status === 'approved'),
  dispute: disputeOf(payment),
  releasedAt:
    payment.moneyReleaseStatus === 'released'
      ? (payment.moneyReleaseAt ?? payment.updatedAt)
      : null,
})

/** On a tenant's own account the platform's fee is split off before the rest is received. */
const netBeforeOurFee = ({ netReceivedMinor, applicationFeeMinor }: ProviderPayment) =>
  netReceivedMinor === null ? null : netReceivedMinor + applicationFeeMinor

/** A chargeback's end is told by the detail; a mediation that ended is told by another status. */
function disputeOf({ status, statusDetail, type }: ProviderPayment): PaymentFacts['dispute'] {
  if (status === 'in_mediation') return { kind: 'mediation', state: 'open', disputedMinor: null }
  if (status !== 'charged_back') return null
  const kind = type === 'bank_transfer' ? 'pix_clawback' : 'chargeback'
  const ends: Record<string, 'won' | 'lost'> = {
    reimbursed: 'won',
    bpp_covered: 'won',
    settled: 'lost',
  }
  return { kind, state: ends[statusDetail ?? ''] ?? 'open', disputedMinor: null }
}
