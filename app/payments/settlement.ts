import type { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { basisPoints, proportion, sumMinor } from '#app/core/money'
import type { Trx } from '#app/core/transaction'
import { PROVIDER } from '#app/gateway/models/platform_account'
import type { ProviderPayment } from '#app/gateway/provider'
import { ledger } from '#app/ledger/ledger'
import Dispute from '#app/payments/models/dispute'
import Holdback from '#app/payments/models/holdback'
import Payment from '#app/payments/models/payment'
import Refund from '#app/payments/models/refund'
import { bookedOf } from '#app/payments/postings/booked'
import { catchUp } from '#app/payments/postings/catch_up'
import type {
  BookedDispute,
  BookedRefund,
  PaymentFacts,
  PaymentPosting,
} from '#app/payments/postings/facts'
import { PaymentBook } from '#app/payments/postings/payment_book'
import { factsOf } from '#app/payments/postings/provider_facts'
import type Charge from '#app/receivables/models/charge'
import { holdbackOption } from '#app/tenants/queries/holdback_option'

const LATE_CHECK = { hours: 1 }
const VERY_LATE_CHECK = { days: 1 }

/** One payment of a charge, with its refunds and disputes, brought to what the provider says. */
export class Settlement {
  #refunds: Refund[] = []
  #disputes: Dispute[] = []
  #holdback: Holdback | null = null

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
    this.payment.follow(provider)
    this.#followRefunds(provider)
    const booked = await this.#booked()
    const book = new PaymentBook(provider.id, booked)
    const facts = factsOf(provider)
    const holdback = await this.#newHoldback(facts)
    catchUp(book, facts, {
      basisPoints: basisPoints(this.charge.feePercent),
      holdback: holdback && { basisPoints: basisPoints(holdback.percent) },
    })
    if (book.booked.holdback) this.#holdback ??= holdback
    this.#followBook(book, facts, provider)
    await this.payment.save()
    const holdbacks = this.#holdback ? [this.#holdback] : []
    for (const row of [...this.#refunds, ...this.#disputes, ...holdbacks]) {
      await row.merge({ paymentId: this.payment.id }).useTransaction(this.trx).save()
    }
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
    this.#holdback = await Holdback.query({ client: this.trx }).where(of).first()
  }

  #booked() {
    return bookedOf(this.trx, this.payment, this.#refunds, this.#disputes, this.#holdback)
  }

  /** What the tenant's option holds back of a payment that is released now. */
  async #newHoldback({ releasedAt }: PaymentFacts): Promise<Holdback | null> {
    const { mode, tenantId, currency } = this.payment
    const isReleasedNow = releasedAt !== null && this.payment.releasedAt === null
    if (!isReleasedNow || mode !== 'centralized') return null
    const option = await holdbackOption(this.trx, tenantId)
    const freeAt = releasedAt.plus({ days: option?.days ?? 0 })
    if (!option || freeAt <= clock.now()) return null
    const { percent } = option
    return new Holdback().merge({ tenantId, currency, percent, freeAt, heldMinor: 0 })
  }

  #followRefunds(provider: ProviderPayment) {
    const { tenantId, currency } = this.payment
    for (const { id, amountMinor, status, source, createdAt } of provider.refunds) {
      let refund = this.#refunds.find(({ providerRefundId }) => providerRefundId === id)
      if (!refund) {
        refund = new Refund().merge({
          tenantId,
          provider: PROVIDER,
          providerRefundId: id,
          currency,
        })
        this.#refunds.push(refund)
      }
      // What is booked is not changed by later news of it: a correction is another movement.
      if (!refund.isPosted) refund.amountMinor = amountMinor
      refund.merge({ status, source, providerCreatedAt: createdAt })
    }
  }

  #followBook(book: PaymentBook, facts: PaymentFacts, provider: ProviderPayment) {
    const { booked } = book
    const { payment } = this
    const isCentralized = payment.mode === 'centralized'
    const split = provider.applicationFeeReturnedMinor
    if (isCentralized) for (const refund of this.#refunds) followBooking(refund, booked.refunds)
    else followSplit(this.#refunds, split)
    for (const dispute of booked.disputes) this.#followDispute(dispute, facts.updatedAt)
    if (booked.holdback) this.#holdback?.merge({ heldMinor: booked.holdback.heldMinor })
    payment.merge({
      isPosted: isCentralized && booked.isApproved,
      refundedMinor: sumMinor(booked.refunds.map(({ amountMinor }) => amountMinor)),
      feeMinor: isCentralized ? booked.feeMinor : provider.applicationFeeMinor,
      feeReturnedMinor: isCentralized ? booked.feeReturnedMinor : split,
      chargesMinor: booked.chargesMinor,
      chargesReturnedMinor: sumMinor(Object.values(booked.chargesReturned)),
      releasedAt: booked.isReleased ? (payment.releasedAt ?? facts.releasedAt) : null,
    })
    const hasMoney = isCentralized && book.goneMinor < booked.grossMinor
    payment.releaseCheckAt = hasMoney ? nextReleaseCheck(payment) : null
  }

  #followDispute({ key, kind, state, amountMinor }: BookedDispute, at: DateTime) {
    const { tenantId, currency } = this.payment
    let dispute = this.#disputes.find((known) => known.key === key)
    if (dispute?.state === state) return
    if (!dispute) {
      dispute = new Dispute().merge({ tenantId, provider: PROVIDER, key, kind, currency })
      this.#disputes.push(dispute.merge({ openedAt: at }))
    }
    dispute.merge({ amountMinor, closedAt: state === 'open' ? null : at }).moveTo(state)
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
}

/** What came back with a refund, once it is in the book. */
function followBooking(refund: Refund, booked: BookedRefund[]) {
  const entry = booked.find(({ id }) => id === refund.providerRefundId)
  if (!entry || refund.isPosted) return
  const { chargesReturnedMinor, feeReturnedMinor } = entry
  refund.merge({ isPosted: true, chargesReturnedMinor, feeReturnedMinor })
}

/**
 * On a tenant's own account the provider tells only how much of the platform's fee went back in all:
 * each refund has its part of it, cumulatively, so that the parts add up.
 */
function followSplit(refunds: Refund[], returnedMinor: number): void {
  const approved = refunds.filter(({ status }) => status === 'approved')
  const wholeMinor = sumMinor(approved.map(({ amountMinor }) => amountMinor))
  let [goneMinor, givenMinor] = [0, 0]
  for (const refund of approved) {
    goneMinor += refund.amountMinor
    const dueMinor = proportion(returnedMinor, goneMinor, wholeMinor)
    refund.feeReturnedMinor = dueMinor - givenMinor
    givenMinor = dueMinor
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
