import { test } from '@japa/runner'
import fc from 'fast-check'
import { amountDueOn, termsWarnings } from '#app/receivables/late_payment'
import Receivable from '#app/receivables/models/receivable'
import { holds } from '#tests/support/property'

const owed = (values: Partial<Receivable> = {}) =>
  new Receivable().merge({
    amountMinor: 150_00,
    dueOn: '2026-11-20',
    payUntil: '2026-12-19',
    finePercent: '2.00',
    interestPercent: '1.00',
    discountPercent: '5.00',
    discountUntil: '2026-11-10',
    ...values,
  })

test.group('What is owed on a day', () => {
  test('is less until the discount ends, then the amount, then more by the day', ({ assert }) => {
    const days = {
      '2026-11-01': 142_50,
      '2026-11-10': 142_50,
      '2026-11-11': 150_00,
      '2026-11-20': 150_00,
      '2026-11-21': 150_00 + 3_00 + 5,
      '2026-12-20': 150_00 + 3_00 + 1_50,
    }
    for (const [day, amount] of Object.entries(days)) assert.equal(amountDueOn(owed(), day), amount)
  })

  test('is the amount where nothing was agreed', ({ assert }) => {
    const plain = owed({
      finePercent: null,
      interestPercent: null,
      discountPercent: null,
      discountUntil: null,
    })
    for (const day of ['2026-11-01', '2026-12-19']) assert.equal(amountDueOn(plain, day), 150_00)
    assert.isNull(plain.lateTerms)
  })

  test('never falls from one day to the next, and is never below the discounted amount', async ({
    assert,
  }) => {
    const percent = fc.integer({ min: 0, max: 9_999 }).map((points) => (points / 100).toFixed(2))
    await holds(
      [fc.integer({ min: 1, max: 1_000_000_000_000 }), percent, percent, percent, fc.nat(400)],
      (amountMinor, finePercent, interestPercent, discountPercent, days) => {
        const terms = owed({ amountMinor, finePercent, interestPercent, discountPercent })
        const day = new Date(Date.UTC(2026, 10, 1 + days)).toISOString().slice(0, 10)
        const next = new Date(Date.UTC(2026, 10, 2 + days)).toISOString().slice(0, 10)
        assert.isAtMost(amountDueOn(terms, day), amountDueOn(terms, next))
        assert.isTrue(Number.isSafeInteger(amountDueOn(terms, day)))
        assert.isAtLeast(amountDueOn(terms, day), 0)
      }
    )
  })

  test('explains a payment that the bank tells of days later, and no other', ({ assert }) => {
    const receivable = owed()
    assert.isTrue(receivable.isAgreed(142_50, '2026-11-13'))
    assert.isTrue(receivable.isAgreed(153_05, '2026-11-24'))
    assert.isFalse(receivable.isAgreed(153_05, '2026-12-10'))
    assert.isFalse(receivable.isAgreed(153_06, '2026-11-21'))
    assert.isFalse(receivable.isAgreed(142_50, '2026-11-19'))
  })
})

test.group('Unusual terms', () => {
  test('are warned of above 2 % and 1 % a month, and where they can never count', ({ assert }) => {
    assert.deepEqual(termsWarnings(owed()), [])
    assert.deepEqual(termsWarnings(owed({ finePercent: '2.01' })), ['high_fine'])
    assert.deepEqual(termsWarnings(owed({ interestPercent: '1.01' })), ['high_interest'])
    assert.deepEqual(termsWarnings(owed({ payUntil: '2026-11-20' })), ['never_late'])
    const onlyDiscount = { finePercent: null, interestPercent: null, payUntil: '2026-11-20' }
    assert.deepEqual(termsWarnings(owed(onlyDiscount)), [])
  })
})
