import type { Trx } from '#app/core/transaction'
import type { Verdict } from '#app/core/work/contracts'
import type { ProviderPayment } from '#app/gateway/provider'
import { closeSurplus } from '#app/payments/close_surplus'
import { raiseException, type NewException } from '#app/payments/exceptions'
import type { ExceptionKind } from '#app/payments/models/exception_case'
import Payment from '#app/payments/models/payment'
import type { PaymentBook } from '#app/payments/postings/payment_book'
import { receivableAmounts } from '#app/payments/queries/receivable_amounts'
import { queueReceipt } from '#app/payments/queue_receipt'
import { Settlement } from '#app/payments/settlement'
import Charge from '#app/receivables/models/charge'
import Receivable from '#app/receivables/models/receivable'

/**
 * Applies a payment to the charge that it names, unless it is another account's. Locks the charge
 * first and its receivable second: two payments of one receivable see each other's sums.
 */
export async function settleCharge(
  trx: Trx,
  { id, tenantId, receivableId }: Charge,
  provider: ProviderPayment
): Promise<Verdict> {
  const own = () => ({ client: trx })
  const charge = await Charge.query(own())
    .where({ tenant_id: tenantId, id })
    .forUpdate()
    .firstOrFail()
  const receivable = await Receivable.query(own())
    .where({ tenant_id: tenantId, id: receivableId })
    .forUpdate()
    .firstOrFail()
  const isOurs =
    provider.collectorId === charge.collectorId && provider.currency === charge.currency
  if (!isOurs) return { state: 'rejected', reason: 'invalid_tenant' }

  const settlement = await Settlement.of(trx, charge, provider)
  const { payment } = settlement
  if (payment.chargeId !== charge.id) return { state: 'rejected', reason: 'invalid_tenant' }
  if (payment.$isPersisted && payment.isNewerThan(provider)) {
    return { state: 'ignored', reason: 'outdated', tenantId }
  }
  const wasApproved = payment.approvedAt !== null
  const wasPayable = receivable.isPayable
  const wasCancelled = receivable.state === 'cancelled'
  const book = await settlement.apply(provider)
  await followCharge(trx, charge, payment, provider)
  receivable.applyAmounts(await receivableAmounts(trx, tenantId, receivableId))
  await receivable.save()

  const isNewMoney = !wasApproved && payment.approvedAt !== null
  await listDoubts(trx, book, payment, provider)
  if (isNewMoney) {
    await listDifference(trx, charge, { receivable, wasCancelled }, payment)
    await queueReceipt(trx, receivable, payment)
  }
  const isOver = wasPayable && !receivable.isPayable
  if (isNewMoney || isOver || isStray(receivable, charge, provider)) {
    await closeSurplus(trx, receivable)
  }
  await settlement.post(book)
  return { state: 'processed', tenantId }
}

/** A charge follows the payment that it was issued as, or any other that brought money for it. */
async function followCharge(
  trx: Trx,
  charge: Charge,
  payment: Payment,
  provider: ProviderPayment
): Promise<void> {
  if (charge.method === 'link') return followLink(trx, charge, payment)
  const isItsOwn = charge.providerPaymentId === null || charge.providerPaymentId === provider.id
  if (!isItsOwn && payment.approvedAt === null) return
  charge.follow(provider)
  await charge.save()
}

/** A link may have been tried many times: it stands as all attempts do together. */
async function followLink(trx: Trx, charge: Charge, payment: Payment): Promise<void> {
  const { tenantId, id } = charge
  const attempts = await Payment.query({ client: trx }).where({
    tenant_id: tenantId,
    charge_id: id,
  })
  charge.followAttempts(attempts)
  if (payment.approvedAt) {
    charge.providerPaymentId ??= payment.providerPaymentId
    charge.providerUpdatedAt = payment.providerUpdatedAt
  }
  await charge.save()
}

/** Begun although it is not to be paid any more: a voucher of a checkout that was closed since. */
const isStray = (receivable: Receivable, charge: Charge, { status }: ProviderPayment): boolean =>
  receivable.isSurplus(charge) && ['pending', 'in_process', 'authorized'].includes(status)

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
async function listDifference(
  trx: Trx,
  charge: Charge,
  { receivable, wasCancelled }: { receivable: Receivable; wasCancelled: boolean },
  payment: Payment
) {
  const kind = wasCancelled ? 'late_payment' : await differenceOf(charge, receivable, payment)
  if (kind === null) return
  const { amountMinor: paidMinor } = payment
  const { amountMinor: chargedMinor, currency } = charge
  await list(trx, payment, { kind, details: { paidMinor, chargedMinor, currency } })
}

/** `as_agreed`: by fine, interest or discount, to the cent. */
async function differenceOf(
  charge: Charge,
  receivable: Receivable,
  payment: Payment
): Promise<ExceptionKind | null> {
  const { amountMinor: paidMinor } = payment
  const beforeMinor = receivable.paidMinor - paidMinor
  if (beforeMinor >= receivable.amountMinor) return 'double_payment'
  const differs = receivable.paidMinor > receivable.amountMinor || paidMinor !== charge.amountMinor
  if (!differs) return null
  const askedMinor = beforeMinor === 0 ? receivable.amountMinor : charge.amountMinor
  const isRest = beforeMinor + askedMinor === receivable.amountMinor
  if (isRest && (await isAgreed(receivable, payment, askedMinor))) return 'as_agreed'
  if (receivable.paidMinor > receivable.amountMinor) return 'overpaid'
  return paidMinor < charge.amountMinor ? 'underpaid' : 'amount_differs'
}

async function isAgreed(
  receivable: Receivable,
  { approvedAt, amountMinor }: Payment,
  askedMinor: number
) {
  await receivable.load('tenant')
  const paidOn = approvedAt!.setZone(receivable.tenant.timeZone).toISODate()!
  return receivable.isAgreed(amountMinor, paidOn, askedMinor)
}
