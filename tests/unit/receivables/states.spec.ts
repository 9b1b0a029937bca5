import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import type { ProviderPayment } from '#app/gateway/provider'
import { chargeStateOf } from '#app/receivables/charge_states'
import Charge from '#app/receivables/models/charge'
import Receivable from '#app/receivables/models/receivable'
import { retryAfterSeconds, searchFirst } from '#app/receivables/retries'

const payment = (values: Partial<ProviderPayment>) =>
  ({ statusDetail: null, refundedMinor: 0, amountMinor: 100, ...values }) as ProviderPayment

const charge = (state: Charge['state']) => new Charge().merge({ state })
const receivable = (state: Receivable['state']) =>
  new Receivable().merge({ state, amountMinor: 100 })

test.group("A charge's state", () => {
  test('follows the payment, with refunds and won disputes by their amounts', ({ assert }) => {
    const cases = [
      [{ status: 'pending' }, 'pending'],
      [{ status: 'approved' }, 'approved'],
      [{ status: 'approved', refundedMinor: 40 }, 'partially_refunded'],
      [{ status: 'refunded', refundedMinor: 100 }, 'refunded'],
      [{ status: 'cancelled', statusDetail: 'expired' }, 'expired'],
      [{ status: 'cancelled', statusDetail: 'by_collector' }, 'cancelled'],
      [{ status: 'charged_back', statusDetail: 'in_process' }, 'charged_back'],
      [{ status: 'charged_back', statusDetail: 'reimbursed' }, 'approved'],
      [{ status: 'in_mediation' }, 'in_mediation'],
      [{ status: 'something_new' }, null],
    ] as const
    for (const [values, state] of cases) assert.equal(chargeStateOf(payment(values)), state)
  })

  test('moves by its table only', ({ assert }) => {
    assert.equal(charge('scheduled').moveTo('creating').state, 'creating')
    assert.equal(charge('creating').moveTo('pending').state, 'pending')
    assert.equal(charge('pending').moveTo('pending').state, 'pending')
    // Paid on the last day, or while somebody cancelled it.
    assert.equal(charge('expired').moveTo('approved').state, 'approved')
    assert.equal(charge('cancelled').moveTo('approved').state, 'approved')
    for (const [from, to] of [
      ['approved', 'pending'],
      ['rejected', 'pending'],
      ['expired', 'pending'],
      ['scheduled', 'pending'],
      ['refunded', 'approved'],
    ] as const) {
      assert.throws(() => charge(from).moveTo(to), /cannot go from/)
    }
  })

  test('keeps its state when the news do not fit, and what the payment says', ({ assert }) => {
    const settled = charge('approved')
    const news = payment({ id: '7', status: 'pending', updatedAt: DateTime.utc() })

    assert.isFalse(settled.follow(news))

    assert.equal(settled.state, 'approved')
    assert.equal(settled.providerPaymentId, '7')
  })

  test('forgets when to try again once it is known', ({ assert }) => {
    const waiting = charge('creating').merge({ nextAttemptAt: DateTime.utc() })

    assert.isNull(waiting.moveTo('pending').nextAttemptAt)
  })
})

test.group("A receivable's state", () => {
  test('is what the amounts give', ({ assert }) => {
    const cases = [
      [{ paidMinor: 0, refundedMinor: 0 }, 'open'],
      [{ paidMinor: 60, refundedMinor: 0 }, 'partially_paid'],
      [{ paidMinor: 100, refundedMinor: 0 }, 'paid'],
      [{ paidMinor: 101, refundedMinor: 0 }, 'overpaid'],
      [{ paidMinor: 100, refundedMinor: 1 }, 'partially_refunded'],
      [{ paidMinor: 100, refundedMinor: 100 }, 'refunded'],
      [{ paidMinor: 100, refundedMinor: 0, chargedBackMinor: 100 }, 'charged_back'],
    ] as const
    for (const [amounts, state] of cases) {
      assert.equal(receivable('open').applyAmounts(amounts).state, state)
    }
  })

  test('counts what was waived as paid, and money that comes all the same in its place', ({
    assert,
  }) => {
    const short = receivable('open').applyAmounts({ paidMinor: 60, refundedMinor: 0 }).waiveRest()
    assert.deepEqual([short.state, short.waivedMinor, short.outstandingMinor], ['paid', 40, 0])
    assert.isNotNull(short.paidAt)

    for (const [paidMinor, state] of [
      [60, 'paid'],
      [59, 'partially_paid'],
      [100, 'paid'],
      [101, 'overpaid'],
    ] as const) {
      assert.equal(short.applyAmounts({ paidMinor, refundedMinor: 0 }).state, state)
    }
    assert.throws(() => receivable('open').waiveRest(), /cannot go from/)
    assert.throws(() => receivable('overpaid').waiveRest(), /cannot go from/)
  })

  test('says when it was paid, once', ({ assert }) => {
    const paid = receivable('open').applyAmounts({ paidMinor: 100, refundedMinor: 0 })
    const { paidAt } = paid
    paid.applyAmounts({ paidMinor: 100, refundedMinor: 50 })

    assert.isNotNull(paidAt)
    assert.equal(paid.paidAt, paidAt)
  })

  test('is paid even after it was cancelled, and never a draft again', ({ assert }) => {
    const cancelled = receivable('cancelled')

    assert.equal(cancelled.applyAmounts({ paidMinor: 100, refundedMinor: 0 }).state, 'paid')
    assert.throws(() => receivable('paid').moveTo('open'), /cannot go from/)
    assert.throws(() => receivable('paid').moveTo('cancelled'), /cannot go from/)
  })

  test('is overdue while open and past due where the tenant lives', ({ assert }) => {
    const due = (state: Receivable['state']) => receivable(state).merge({ dueOn: '2026-11-20' })

    assert.isTrue(due('open').isOverdue('2026-11-21'))
    assert.isFalse(due('open').isOverdue('2026-11-20'))
    assert.isFalse(due('paid').isOverdue('2026-11-21'))
    assert.isFalse(due('draft').isOverdue('2026-11-21'))
  })
})

test.group('Asking again for a lost answer', () => {
  test('takes an hour with the same key, then searches first', ({ assert }) => {
    const first = [1, 2, 3, 4, 5, 6]
    const seconds = first.map(retryAfterSeconds)

    assert.equal(
      seconds.reduce((sum, each) => sum + each),
      3600
    )
    assert.isTrue(first.every((attempts) => !searchFirst(attempts)))
    assert.isTrue(searchFirst(7))
    assert.equal(retryAfterSeconds(50), 3600)
  })
})
