import type { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { basisPoints, sumMinor } from '#app/core/money'
import type { Trx } from '#app/core/transaction'
import { PROVIDER } from '#app/gateway/models/platform_account'
import type { ProviderPayment } from '#app/gateway/provider'
import { ledger } from '#app/ledger/ledger'
import Dispute from '#app/payments/models/dispute'
import Payment from '#app/payments/models/payment'
import Refund from '#app/payments/models/refund'
import { bookedOf } from '#app/payments/postings/booked'
import { catchUp } from '#app/payments/postings/catch_up'
import type { BookedDispute, BookedRefund, PaymentPosting } from '#app/payments/postings/facts'
import { PaymentBook } from '#app/payments/postings/payment_book'
import { factsOf } from '#app/payments/postings/provider_facts'
import type Charge from '#app/receivables/models/charge'

const LATE_CHECK = { hours: 1 }
const VERY_LATE_CHECK = { days: 1 }

/** One payment of a charge, with its refunds and disputes, brought to what the provider says. */
export class Settlement {
  #refunds: Refund[] = []
  #disputes: Dispute[] = []

  private constructor(
    private trx: Trx,
    private charge: Charge,
    readonly payment: Payment
  ) {}

  /** The payment's row, locked: news of the same payment is applied one after the other. */
  static async of(trx: Trx, charge: Charge, provider: ProviderPayment): Promise<Settlement> {
    // tenant: the provider's id is one of the outside world; the caller compares the charge.
    const payment =
      (await Payment.query({ client: trx })
        .where({ provider: PROVIDER, provider_payment_id: provider.id })
        .forUpdate()
        .first()) ?? newPayment(charge, provider)
    return new Settlement(trx, charge, payment.useTransaction(trx))
  }

  /** @returns the book: what is to be posted, and what somebody should look at. */
  async apply(provider: ProviderPayment): Promise<PaymentBook> {
    await this.#load()
    await this.payment.follow(provider).save()
    await this.#followRefunds(provider)
    const booked = await bookedOf(this.trx, this.payment, this.#refunds, this.#disputes)
    const book = new PaymentBook(provider.id, booked)
    catchUp(book, factsOf(provider), { basisPoints: basisPoints(this.charge.feePercent) })
    await this.#keep(book, provider)
    return book
  }

  /**
   * Posts what the book says; a connected tenant's money is not ours to post. To be done last: from
   * here to the commit no other payment of the tenant can be posted.
   */
  async post(book: PaymentBook): Promise<void> {
    if (this.payment.mode !== 'centralized') return
    for (const posting of book.postings) await this.#post(posting)
  }

  async #load() {
    if (!this.payment.$isPersisted) return
    const of = { tenant_id: this.payment.tenantId, payment_id: this.payment.id }
    this.#refunds = await Refund.query({ client: this.trx }).where(of).orderBy('id')
    this.#disputes = await Dispute.query({ client: this.trx }).where(of).orderBy('id')
  }

  async #followRefunds(provider: ProviderPayment) {
    const { tenantId, id: paymentId, currency } = this.payment
    for (const { id, amountMinor, status, source, createdAt } of provider.refunds) {
      let refund = this.#refunds.find(({ providerRefundId }) => providerRefundId === id)
      if (!refund) {
        refund = new Refund()
        refund.merge({ tenantId, paymentId, provider: PROVIDER, providerRefundId: id, currency })
        this.#refunds.push(refund)
      }
      // What is booked is not changed by later news of it: a correction is another movement.
      if (!refund.isPosted) refund.amountMinor = amountMinor
      refund.merge({ status, source, providerCreatedAt: createdAt })
      await refund.useTransaction(this.trx).save()
    }
  }

  async #post(posting: PaymentPosting) {
    const { tenantId, currency, id: paymentId } = this.payment
    const platformAccountId = this.charge.platformAccountId ?? undefined
    const isNew = await ledger.post(this.trx, {
      ...posting,
      tenantId,
      currency,
      paymentId,
      entries: posting.entries.map((entry) =>
        entry.account === 'platform:gateway' ? { ...entry, platformAccountId } : entry
      ),
    })
    // The row is locked and the book was read from the entries: somebody else posted it.
    if (!isNew) throw new Error(`${posting.reference} is booked, but not with its payment`)
  }

  async #keep(book: PaymentBook, provider: ProviderPayment) {
    const { booked } = book
    const isCentralized = this.payment.mode === 'centralized'
    for (const refund of this.#refunds) await this.#keepRefund(refund, booked.refunds)
    for (const dispute of booked.disputes) await this.#keepDispute(dispute, provider.updatedAt)
    this.payment.merge({
      isPosted: isCentralized && booked.isApproved,
      refundedMinor: sumMinor(booked.refunds.map(({ amountMinor }) => amountMinor)),
      feeMinor: isCentralized ? booked.feeMinor : provider.applicationFeeMinor,
      feeReturnedMinor: isCentralized ? booked.feeReturnedMinor : 0,
      chargesMinor: booked.chargesMinor,
      chargesReturnedMinor: sumMinor(Object.values(booked.chargesReturned)),
      releasedAt: booked.isReleased
        ? (this.payment.releasedAt ?? factsOf(provider).releasedAt)
        : null,
    })
    const hasMoney = isCentralized && book.goneMinor < booked.grossMinor
    this.payment.releaseCheckAt = hasMoney ? nextReleaseCheck(this.payment) : null
    await this.payment.save()
  }

  async #keepRefund(refund: Refund, booked: BookedRefund[]) {
    const entry = booked.find(({ id }) => id === refund.providerRefundId)
    if (!entry || refund.isPosted || this.payment.mode !== 'centralized') return
    const { chargesReturnedMinor, feeReturnedMinor } = entry
    await refund.merge({ isPosted: true, chargesReturnedMinor, feeReturnedMinor }).save()
  }

  async #keepDispute(booked: BookedDispute, at: DateTime) {
    const { tenantId, id: paymentId, currency } = this.payment
    const { key, kind, state, amountMinor } = booked
    let dispute = this.#disputes.find((known) => known.key === key)
    if (dispute?.state === state) return
    dispute ??= new Dispute().merge({ tenantId, paymentId, provider: PROVIDER, key, currency })
    dispute.merge({ kind, amountMinor, openedAt: dispute.openedAt ?? at })
    if (state !== 'open') dispute.closedAt = at
    await dispute.moveTo(state).useTransaction(this.trx).save()
  }
}

const newPayment = (charge: Charge, provider: ProviderPayment): Payment =>
  new Payment().merge({
    tenantId: charge.tenantId,
    chargeId: charge.id,
    receivableId: charge.receivableId,
    provider: PROVIDER,
    providerPaymentId: provider.id,
    mode: charge.mode,
    collectorId: provider.collectorId,
    currency: provider.currency,
    isPosted: false,
    releasedAt: null,
    approvedAt: null,
  })

/** The release date, or later and later again when the provider lets it pass. */
function nextReleaseCheck(payment: Payment): DateTime | null {
  if (!payment.awaitsRelease) return null
  const now = clock.now()
  const due = payment.moneyReleaseAt ?? now.plus(VERY_LATE_CHECK)
  if (due > now) return due
  return now.plus(due > now.minus(VERY_LATE_CHECK) ? LATE_CHECK : VERY_LATE_CHECK)
}
