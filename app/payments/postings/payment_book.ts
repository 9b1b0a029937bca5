import type { DateTime } from 'luxon'
import type { LedgerKind } from '#app/ledger/ledger'
import type { ChargeType } from '#app/gateway/provider'
import { percentOf, proportion, sumMinor } from '#app/core/money'
import type {
  BookedDispute,
  BookedPayment,
  BookingDoubt,
  ByChargeType,
  DisputeKind,
  FeeRule,
  HoldbackRule,
  PaymentFacts,
  PaymentPosting,
  RefundFact,
} from '#app/payments/postings/facts'
import { chargeTypes, noCharges } from '#app/payments/postings/facts'

type Entries = PaymentPosting['entries']

const total = (charges: ByChargeType) => sumMinor(Object.values(charges))

/**
 * One payment's pages of the ledger: what is booked of it, and the postings that each event adds.
 * Pure: it reads and writes nothing. Plus is a debit, minus a credit.
 */
export class PaymentBook {
  readonly postings: PaymentPosting[] = []
  readonly doubts: BookingDoubt[] = []
  readonly booked: BookedPayment

  constructor(
    readonly providerPaymentId: string,
    booked: BookedPayment
  ) {
    this.booked = structuredClone(booked)
  }

  /** What refunds and lost disputes took, at most the payment. */
  get goneMinor(): number {
    const lost = this.booked.disputes.filter(({ state }) => state === 'lost')
    const amounts = [...this.booked.refunds, ...lost].map(({ amountMinor }) => amountMinor)
    return Math.min(this.booked.grossMinor, sumMinor(amounts))
  }

  approve(facts: PaymentFacts, rule: FeeRule, mayCompareNet: boolean): void {
    const { grossMinor, netReceivedMinor } = facts
    const taken = noCharges()
    for (const charge of facts.charges) taken[charge.type] += charge.amountMinor
    const net = mayCompareNet ? netReceivedMinor : null
    if (net !== null) taken.other += this.#difference(grossMinor - total(taken), net)

    const chargesMinor = total(taken)
    const left = Math.max(0, grossMinor - chargesMinor)
    const feeMinor = Math.min(percentOf(grossMinor, rule.basisPoints), left)
    Object.assign(this.booked, { isApproved: true, grossMinor, chargesMinor, feeMinor })
    this.#post('payment_approved', `${this.#name}:approved`, facts.approvedAt!, [
      { account: 'platform:gateway', amountMinor: grossMinor },
      { account: 'tenant:pending', amountMinor: -grossMinor },
      ...this.#byType(taken, (chargeType, amountMinor) => [
        { account: 'platform:gateway', amountMinor: -amountMinor, chargeType },
        { account: 'tenant:pending', amountMinor, chargeType },
      ]),
      { account: 'tenant:pending', amountMinor: feeMinor },
      { account: 'platform:fee_revenue', amountMinor: -feeMinor },
    ])
  }

  /** The provider's net changed though nothing went back: a charge that came later, or went. */
  correctNet(netReceivedMinor: number, at: DateTime): void {
    const { grossMinor, chargesMinor } = this.booked
    const difference = this.#difference(grossMinor - chargesMinor, netReceivedMinor)
    if (difference === 0) return
    this.booked.chargesMinor += difference
    // With its time: a net may come back to what it was, and again.
    const reference = `${this.#name}:net:${netReceivedMinor}:${at.toMillis()}`
    this.#post('payment_corrected', reference, at, [
      { account: 'platform:gateway', amountMinor: -difference, chargeType: 'other' },
      ...this.#share(-difference),
    ])
  }

  /** @param rule what is held back from here on, until somebody frees it */
  release(at: DateTime, rule: HoldbackRule | null = null): void {
    this.booked.isReleased = true
    this.#post('payment_released', `${this.#name}:released`, at, this.#share(0))
    if (!rule) return
    this.booked.holdback = { basisPoints: rule.basisPoints, heldMinor: 0 }
    this.#post('holdback_taken', `${this.#name}:holdback`, at, this.#share(0))
  }

  /** @param returned what the provider gave back of its charges with this refund */
  refund({ id, amountMinor, createdAt }: RefundFact, returned: ByChargeType): void {
    const refund = { id, amountMinor, chargesReturnedMinor: total(returned), feeReturnedMinor: 0 }
    this.booked.refunds.push(refund)
    const back = this.#giveBack(returned)
    refund.feeReturnedMinor = back.minor - refund.chargesReturnedMinor
    this.#post('refund', `refund:${id}`, createdAt, [
      { account: 'platform:gateway', amountMinor: -amountMinor },
      ...back.entries,
      ...this.#share(back.minor - amountMinor),
    ])
  }

  /** The provider gave back more of its charges than it had said. */
  changeCharges(returned: ByChargeType, at: DateTime): void {
    const back = this.#giveBack(returned)
    const totalMinor = total(this.booked.chargesReturned)
    this.#post('payment_charges', `${this.#name}:charges:${totalMinor}`, at, [
      ...back.entries,
      ...this.#share(back.minor),
    ])
  }

  openDispute(kind: DisputeKind, disputedMinor: number | null, at: DateTime): BookedDispute {
    const earlier = this.booked.disputes.filter((dispute) => dispute.kind === kind).length
    const key = `${kind}:${this.providerPaymentId}${earlier > 0 ? `:${earlier + 1}` : ''}`
    const amountMinor = disputedMinor ?? this.booked.grossMinor - this.goneMinor
    const dispute: BookedDispute = { key, kind, state: 'open', amountMinor }
    this.booked.disputes.push(dispute)
    this.#post('dispute_opened', `dispute:${key}:opened`, at, [
      ...this.#share(-amountMinor),
      { account: 'tenant:reserved', amountMinor: -amountMinor },
    ])
    return dispute
  }

  winDispute(dispute: BookedDispute, at: DateTime): void {
    dispute.state = 'won'
    this.#post('dispute_won', `dispute:${dispute.key}:won`, at, [
      { account: 'tenant:reserved', amountMinor: dispute.amountMinor },
      ...this.#share(dispute.amountMinor),
    ])
  }

  /**
   * @param disputedMinor null when the provider did not say: then what was reserved; the difference
   * returns to the tenant, or is its debt
   */
  loseDispute(
    dispute: BookedDispute,
    disputedMinor: number | null,
    returned: ByChargeType,
    at: DateTime
  ): void {
    const reservedMinor = dispute.amountMinor
    dispute.amountMinor = disputedMinor ?? reservedMinor
    dispute.state = 'lost'
    const back = this.#giveBack(returned)
    this.#post('dispute_lost', `dispute:${dispute.key}:lost`, at, [
      { account: 'tenant:reserved', amountMinor: reservedMinor },
      { account: 'platform:gateway', amountMinor: -dispute.amountMinor },
      ...back.entries,
      ...this.#share(reservedMinor - dispute.amountMinor + back.minor),
    ])
  }

  get #name() {
    return `payment:${this.providerPaymentId}`
  }

  #difference(bookedNetMinor: number, netReceivedMinor: number): number {
    if (bookedNetMinor !== netReceivedMinor) {
      this.doubts.push({ kind: 'net_differs', details: { bookedNetMinor, netReceivedMinor } })
    }
    return bookedNetMinor - netReceivedMinor
  }

  #byType(charges: ByChargeType, entries: (type: ChargeType, amountMinor: number) => Entries) {
    return chargeTypes.flatMap((type) => entries(type, charges[type]))
  }

  /** What the provider and the platform return after something went back, and to whose debit. */
  #giveBack(returned: ByChargeType): { minor: number; entries: Entries } {
    const { feeMinor, feeReturnedMinor, grossMinor, chargesReturned } = this.booked
    for (const type of chargeTypes) chargesReturned[type] += returned[type]
    // Cumulative: several refunds together give back what one whole refund would, to the cent.
    this.booked.feeReturnedMinor = proportion(feeMinor, this.goneMinor, grossMinor)
    const feeBackMinor = this.booked.feeReturnedMinor - feeReturnedMinor
    return {
      minor: total(returned) + feeBackMinor,
      entries: [
        ...this.#byType(returned, (chargeType, amountMinor) => [
          { account: 'platform:gateway', amountMinor, chargeType },
        ]),
        { account: 'platform:fee_revenue', amountMinor: feeBackMinor },
      ],
    }
  }

  /**
   * Changes what the tenant has of this payment. It is pending until the release; what a payment
   * owes beyond that comes from available, be there enough or not. What is held back is always the
   * same part of what is left, so a refund takes its part from there, too. So the buckets follow
   * from the amounts alone, whichever news was seen on the way.
   */
  #share(changeMinor: number): Entries {
    const { buckets, isReleased, holdback } = this.booked
    const { heldMinor, basisPoints } = holdback ?? { heldMinor: 0, basisPoints: 0 }
    const shareMinor = buckets.pendingMinor + buckets.availableMinor + heldMinor + changeMinor
    const pendingMinor = isReleased ? 0 : Math.max(0, shareMinor)
    const holdMinor = percentOf(Math.max(0, shareMinor), basisPoints)
    const availableMinor = shareMinor - pendingMinor - holdMinor
    if (holdback) holdback.heldMinor = holdMinor
    return [
      { account: 'tenant:pending', amountMinor: buckets.pendingMinor - pendingMinor },
      { account: 'tenant:available', amountMinor: buckets.availableMinor - availableMinor },
      { account: 'tenant:reserved', amountMinor: heldMinor - holdMinor },
    ]
  }

  #post(kind: LedgerKind, reference: string, occurredAt: DateTime, all: Entries): void {
    const entries = all.filter(({ amountMinor }) => amountMinor !== 0)
    if (entries.length === 0) return
    const { buckets } = this.booked
    for (const { account, amountMinor } of entries) {
      if (account === 'tenant:pending') buckets.pendingMinor -= amountMinor
      if (account === 'tenant:available') buckets.availableMinor -= amountMinor
      if (account === 'tenant:reserved') buckets.reservedMinor -= amountMinor
    }
    this.postings.push({ reference, kind, occurredAt, entries })
  }
}
