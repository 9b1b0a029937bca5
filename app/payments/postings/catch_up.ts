import { proportion, sumMinor } from '#app/core/money'
import { chargeTypes, noCharges } from '#app/payments/postings/facts'
import type {
  BookedDispute,
  ByChargeType,
  FeeRule,
  PaymentFacts,
  RefundFact,
} from '#app/payments/postings/facts'
import type { PaymentBook } from '#app/payments/postings/payment_book'

/**
 * Books what the provider says and the ledger does not yet: the approval first, then what followed,
 * as far as it is known in the order in which it happened. Nothing new books nothing.
 */
export function catchUp(book: PaymentBook, facts: PaymentFacts, rule: FeeRule): void {
  if (facts.approvedAt === null) return
  if (!book.booked.isApproved) book.approve(facts, rule, isUntouched(book, facts))
  else if (isUntouched(book, facts) && facts.netReceivedMinor !== null) {
    book.correctNet(facts.netReceivedMinor, facts.updatedAt)
  }
  endOlderDisputes(book, facts)
  const returns = new ReturnedCharges(book, facts)
  for (const refund of newRefunds(book, facts)) {
    if (facts.releasedAt && facts.releasedAt <= refund.createdAt) release(book, facts, rule)
    book.refund(refund, returns.shareOf(refund.amountMinor))
  }
  release(book, facts, rule)
  followDispute(book, facts, returns)
  const rest = returns.rest()
  if (Object.values(rest).some((minor) => minor !== 0)) book.changeCharges(rest, facts.updatedAt)
}

/** Only then is the provider's net what it was at the approval. */
const isUntouched = (book: PaymentBook, facts: PaymentFacts) =>
  facts.refunds.length === 0 &&
  facts.dispute === null &&
  book.booked.refunds.length === 0 &&
  book.booked.disputes.length === 0 &&
  facts.charges.every(({ refundedMinor }) => refundedMinor === 0) &&
  Object.values(book.booked.chargesReturned).every((minor) => minor === 0)

function release(book: PaymentBook, facts: PaymentFacts, { holdback }: FeeRule): void {
  if (facts.releasedAt && !book.booked.isReleased) book.release(facts.releasedAt, holdback)
}

const newRefunds = (book: PaymentBook, facts: PaymentFacts): RefundFact[] =>
  facts.refunds
    .filter(({ id }) => !book.booked.refunds.some((booked) => booked.id === id))
    .sort((a, b) => a.createdAt.toMillis() - b.createdAt.toMillis() || (a.id < b.id ? -1 : 1))

/**
 * A dispute of which the provider speaks no more is over. So is one that was followed by a refund:
 * where the provider still speaks of it, it is opened again for what is left.
 */
function endOlderDisputes(book: PaymentBook, facts: PaymentFacts): void {
  const isOver = newRefunds(book, facts).length > 0
  for (const dispute of book.booked.disputes) {
    if (dispute.state === 'open' && (isOver || dispute.kind !== facts.dispute?.kind)) {
      book.winDispute(dispute, facts.updatedAt)
    }
  }
}

/** Open, won or lost as the provider says; one first seen at its end was opened before. */
function followDispute(book: PaymentBook, facts: PaymentFacts, returns: ReturnedCharges): void {
  if (!facts.dispute) return
  const { kind, state, disputedMinor } = facts.dispute
  const known = book.booked.disputes.findLast((dispute) => dispute.kind === kind)
  if (known?.state === state) return
  if (known?.state === 'lost' && state === 'won') {
    book.doubts.push({ kind: 'dispute_reversed', details: { key: known.key } })
    return
  }
  const dispute: BookedDispute =
    known?.state === 'open' ? known : book.openDispute(kind, disputedMinor, facts.updatedAt)
  if (state === 'won') book.winDispute(dispute, facts.updatedAt)
  if (state === 'lost') {
    book.loseDispute(dispute, disputedMinor, returns.shareOf(dispute.amountMinor), facts.updatedAt)
  }
}

/**
 * What the provider gave back of its charges and is not booked yet. It says only the total: events
 * that are first seen together share it by their amounts; the last one takes what is left.
 */
class ReturnedCharges {
  readonly #unbooked: ByChargeType
  #ofMinor: number

  constructor(book: PaymentBook, facts: PaymentFacts) {
    this.#unbooked = noCharges()
    for (const { type, refundedMinor } of facts.charges) this.#unbooked[type] += refundedMinor
    for (const type of chargeTypes) this.#unbooked[type] -= book.booked.chargesReturned[type]
    this.#doubt(book)
    const refundedMinor = sumMinor(newRefunds(book, facts).map(({ amountMinor }) => amountMinor))
    this.#ofMinor = refundedMinor + lossAhead(book, facts, refundedMinor)
  }

  shareOf(amountMinor: number): ByChargeType {
    const share = noCharges()
    const isLast = amountMinor >= this.#ofMinor
    for (const type of chargeTypes) {
      const unbooked = this.#unbooked[type]
      share[type] = isLast ? unbooked : proportion(unbooked, amountMinor, this.#ofMinor)
      this.#unbooked[type] -= share[type]
    }
    this.#ofMinor -= amountMinor
    return share
  }

  rest(): ByChargeType {
    return this.#unbooked
  }

  /** Less than it had given back: a person looks, and nothing is taken from the tenant. */
  #doubt(book: PaymentBook) {
    for (const type of chargeTypes) {
      const missingMinor = -this.#unbooked[type]
      if (missingMinor <= 0) continue
      this.#unbooked[type] = 0
      book.doubts.push({ kind: 'charges_differ', details: { type, missingMinor } })
    }
  }
}

/** What a dispute will take that the provider calls lost and the book does not yet. */
function lossAhead(book: PaymentBook, facts: PaymentFacts, refundedMinor: number): number {
  if (facts.dispute?.state !== 'lost') return 0
  const { kind, disputedMinor } = facts.dispute
  const known = book.booked.disputes.findLast((dispute) => dispute.kind === kind)
  if (known?.state === 'lost') return 0
  return disputedMinor ?? Math.max(0, book.booked.grossMinor - book.goneMinor - refundedMinor)
}
