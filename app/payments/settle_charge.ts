import type { Trx } from '#app/core/transaction'
import type { Verdict } from '#app/core/work/contracts'
import type { ProviderPayment } from '#app/gateway/provider'
import { raiseException, type NewException } from '#app/payments/exceptions'
import type { ExceptionKind } from '#app/payments/models/exception_case'
import type Payment from '#app/payments/models/payment'
import type { PaymentBook } from '#app/payments/postings/payment_book'
import { receivableAmounts } from '#app/payments/queries/receivable_amounts'
import { Settlement } from '#app/payments/settlement'
import { chargeStateOf } from '#app/receivables/charge_states'
import Charge from '#app/receivables/models/charge'
import Receivable from '#app/receivables/models/receivable'

/**
 * Applies a payment to the charge that it names, unless it is another account's. Locks the
 * receivable first and the charge second: two payments of one receivable see each other's sums.
 */
export async function settleCharge(
  trx: Trx,
  { id, tenantId, receivableId }: Charge,
  provider: ProviderPayment
): Promise<Verdict> {
  const own = () => ({ client: trx })
  const receivable = await Receivable.query(own())
    .where({ tenant_id: tenantId, id: receivableId })
    .forUpdate()
    .firstOrFail()
  const charge = await Charge.query(own())
    .where({ tenant_id: tenantId, id })
    .forUpdate()
    .firstOrFail()
  const isOurs =
    provider.collectorId === charge.collectorId && provider.currency === charge.currency
  if (!isOurs) return { state: 'rejected', reason: 'invalid_tenant', tenantId }

  const settlement = await Settlement.of(trx, charge, provider)
  const { payment } = settlement
  if (payment.chargeId !== charge.id)
    return { state: 'rejected', reason: 'invalid_tenant', tenantId }
  if (payment.$isPersisted && payment.isNewerThan(provider)) {
    return { state: 'ignored', reason: 'outdated', tenantId }
  }
  const wasApproved = payment.approvedAt !== null
  const book = await settlement.apply(provider)
  await followCharge(trx, charge, payment, provider)
  receivable.applyAmounts(await receivableAmounts(trx, tenantId, receivableId))
  await receivable.save()

  const isNewMoney = !wasApproved && payment.approvedAt !== null
  await listDoubts(trx, book, payment, provider)
  if (isNewMoney) await listDifference(trx, charge, receivable, payment)
  return { state: 'processed', tenantId }
}

/** A charge follows the payment that brought money; before that, the one it was issued as. */
async function followCharge(trx: Trx, charge: Charge, payment: Payment, provider: ProviderPayment) {
  if (payment.approvedAt === null && (await hasOtherMoney(trx, payment))) return
  const state = chargeStateOf(provider)
  if (state) charge.moveTo(state)
  if (charge.providerPaymentId === null || charge.providerPaymentId === provider.id) {
    charge.takeOver(provider)
  }
  await charge.save()
}

const hasOtherMoney = async (trx: Trx, payment: Payment) =>
  (await trx
    .from('payments')
    .where({ tenant_id: payment.tenantId, charge_id: payment.chargeId })
    .whereNot('id', payment.id)
    .whereNotNull('approved_at')
    .first()) !== null

const list = (trx: Trx, payment: Payment, about: Pick<NewException, 'kind' | 'details'>) =>
  raiseException(trx, {
    ...about,
    reference: `${about.kind}:${payment.providerPaymentId}`,
    tenantId: payment.tenantId,
    paymentId: payment.id,
    receivableId: payment.receivableId,
  })

async function listDoubts(
  trx: Trx,
  book: PaymentBook,
  payment: Payment,
  provider: ProviderPayment
) {
  if (payment.mode === 'centralized') {
    for (const doubt of book.doubts) await list(trx, payment, doubt)
  }
  // The provider says that more went back than its refunds and disputes explain.
  const { refundedMinor } = provider
  if (refundedMinor > book.goneMinor) {
    const details = { refundedMinor, explainedMinor: book.goneMinor }
    await list(trx, payment, { kind: 'refund_unexplained', details })
  }
}

/** What was paid is booked as it is; a member decides what it means. */
async function listDifference(trx: Trx, charge: Charge, receivable: Receivable, payment: Payment) {
  const { amountMinor: paidMinor } = payment
  const kind: ExceptionKind | null =
    receivable.paidMinor > receivable.amountMinor
      ? 'overpaid'
      : paidMinor < charge.amountMinor
        ? 'underpaid'
        : paidMinor > charge.amountMinor
          ? 'amount_differs'
          : null
  if (kind === null) return
  const { amountMinor: chargedMinor, currency } = charge
  await list(trx, payment, { kind, details: { paidMinor, chargedMinor, currency } })
}
