import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { catchUp } from '#app/payments/postings/catch_up'
import { noCharges, type BookedPayment, type PaymentFacts } from '#app/payments/postings/facts'
import { PaymentBook } from '#app/payments/postings/payment_book'

const day = (number: number) => DateTime.fromISO(`2026-11-${number}T12:00:00Z`, { zone: 'utc' })

/** 100.00 paid, 2.99 fee and 0.38 tax kept by the provider, 1.00 by the platform: 95.63 is left. */
const facts = (values: Partial<PaymentFacts> = {}): PaymentFacts => ({
  providerPaymentId: '7',
  approvedAt: day(1 + 9),
  updatedAt: day(20),
  grossMinor: 10_000,
  charges: [
    { type: 'fee', amountMinor: 299, refundedMinor: 0 },
    { type: 'tax', amountMinor: 38, refundedMinor: 0 },
  ],
  netReceivedMinor: 9663,
  refunds: [],
  dispute: null,
  releasedAt: null,
  ...values,
})

const returned = (fee: number, tax: number): PaymentFacts['charges'] => [
  { type: 'fee', amountMinor: 299, refundedMinor: fee },
  { type: 'tax', amountMinor: 38, refundedMinor: tax },
]

const nothing = (): BookedPayment => ({
  isApproved: false,
  isReleased: false,
  grossMinor: 0,
  chargesMinor: 0,
  chargesReturned: noCharges(),
  feeMinor: 0,
  feeReturnedMinor: 0,
  refunds: [],
  disputes: [],
  holdback: null,
  buckets: { pendingMinor: 0, availableMinor: 0, reservedMinor: 0 },
})

/** Applies the views in turn; answers what the last one posted and what was booked then. */
function post(...views: PaymentFacts[]) {
  let booked = nothing()
  let book = new PaymentBook('7', booked)
  for (const view of views) {
    book = new PaymentBook('7', booked)
    catchUp(book, view, { basisPoints: 100 })
    booked = book.booked
  }
  const posted = book.postings.map(({ reference, entries }) => [
    reference,
    ...entries.map(({ account, amountMinor, chargeType }) =>
      [account, amountMinor, ...(chargeType ? [chargeType] : [])].join(' ')
    ),
  ])
  const { pendingMinor, availableMinor, reservedMinor } = booked.buckets
  const buckets = [pendingMinor, availableMinor, reservedMinor]
  return { posted, booked, buckets, doubts: book.doubts }
}

const approved = facts()
const released = facts({ releasedAt: day(12) })
const refund = (amountMinor: number, on = 15, id = '5') => ({ id, amountMinor, createdAt: day(on) })
const dispute = (
  state: 'open' | 'won' | 'lost',
  kind: 'chargeback' | 'mediation' | 'pix_clawback' = 'chargeback',
  disputedMinor: number | null = null
) => ({ kind, state, disputedMinor })

test.group('Postings: approved and released', () => {
  test('an approval books the gross, each charge by its type, and the platform fee', ({
    assert,
  }) => {
    assert.deepEqual(post(approved).posted, [
      [
        'payment:7:approved',
        'platform:gateway 10000',
        'tenant:pending -10000',
        'platform:gateway -299 fee',
        'tenant:pending 299 fee',
        'platform:gateway -38 tax',
        'tenant:pending 38 tax',
        'tenant:pending 100',
        'platform:fee_revenue -100',
      ],
    ])
  })

  test('what was never approved books nothing', ({ assert }) => {
    assert.deepEqual(post(facts({ approvedAt: null, releasedAt: day(12) })).posted, [])
  })

  test('the platform takes at most what the provider leaves', ({ assert }) => {
    const charges: PaymentFacts['charges'] = [{ type: 'fee', amountMinor: 9950, refundedMinor: 0 }]
    const { booked } = post(facts({ charges, netReceivedMinor: 50 }))
    assert.equal(booked.feeMinor, 50)
    assert.deepEqual(booked.buckets, { pendingMinor: 0, availableMinor: 0, reservedMinor: 0 })
  })

  test("charges above the payment are the tenant's debt, without a platform fee", ({ assert }) => {
    const charges: PaymentFacts['charges'] = [
      { type: 'fee', amountMinor: 10_500, refundedMinor: 0 },
    ]
    const { buckets, booked } = post(facts({ charges, netReceivedMinor: null }))
    assert.equal(booked.feeMinor, 0)
    assert.deepEqual(buckets, [-500, 0, 0])
  })

  test('another net than the charges explain is booked as "other" and doubted', ({ assert }) => {
    const { posted, doubts, buckets } = post(facts({ netReceivedMinor: 9600 }))
    assert.include(posted[0], 'platform:gateway -63 other')
    assert.include(posted[0], 'tenant:pending 63 other')
    assert.deepEqual(buckets, [9500, 0, 0])
    assert.deepEqual(
      doubts.map(({ kind }) => kind),
      ['net_differs']
    )
  })

  test('a net that changes while nothing went back is corrected once', ({ assert }) => {
    const later = facts({ netReceivedMinor: 9600 })
    const { posted, doubts } = post(approved, later)
    assert.deepEqual(posted, [
      [
        `payment:7:net:9600:${day(20).toMillis()}`,
        'platform:gateway -63 other',
        'tenant:pending 63',
      ],
    ])
    assert.lengthOf(doubts, 1)
    assert.deepEqual(post(approved, later, later).posted, [])
  })

  test('a net that comes back to what it was is another correction', ({ assert }) => {
    const nets = [9600, 9663, 9600].map((netReceivedMinor, at) =>
      facts({ netReceivedMinor, updatedAt: day(21 + at) })
    )
    const references = nets.map(
      (_, last) => post(approved, ...nets.slice(0, last + 1)).posted[0][0]
    )
    assert.lengthOf(new Set(references), 3)
    assert.deepEqual(post(approved, ...nets).buckets, [9500, 0, 0])
  })

  test('the net is not compared once something went back', ({ assert }) => {
    const odd = { netReceivedMinor: 1 }
    assert.deepEqual(post(facts({ ...odd, refunds: [refund(100)] })).doubts, [])
    assert.deepEqual(post(facts({ ...odd, dispute: dispute('open') })).doubts, [])
    assert.deepEqual(post(facts({ ...odd, charges: returned(9, 0) })).doubts, [])
  })

  test('a release moves what is pending, once', ({ assert }) => {
    assert.deepEqual(post(approved, released).posted, [
      ['payment:7:released', 'tenant:pending 9563', 'tenant:available -9563'],
    ])
    assert.deepEqual(post(approved, released, released).posted, [])
  })
})

test.group('Postings: refunds', () => {
  test('a refund takes from pending what it costs the tenant', ({ assert }) => {
    const partly = facts({ refunds: [refund(3000)], charges: returned(90, 11) })
    assert.deepEqual(post(approved, partly).posted, [
      [
        'refund:5',
        'platform:gateway -3000',
        'platform:gateway 90 fee',
        'platform:gateway 11 tax',
        'platform:fee_revenue 30',
        'tenant:pending 2869',
      ],
    ])
  })

  test('after the release it takes from available, below zero if need be', ({ assert }) => {
    const whole = facts({ releasedAt: day(12), refunds: [refund(10_000)] })
    const { posted, buckets } = post(approved, released, whole)
    assert.deepEqual(posted[0].slice(-1), ['tenant:available 9900'])
    assert.deepEqual(buckets, [0, -337, 0])
  })

  test('before the release it takes pending first, and the rest from available', ({ assert }) => {
    const { posted } = post(approved, facts({ refunds: [refund(10_000)] }))
    assert.deepEqual(posted[0].slice(-2), ['tenant:pending 9563', 'tenant:available 337'])
  })

  test('several refunds give back what one whole refund would', ({ assert }) => {
    const views = [3333, 3333, 3334].map((_, index, all) =>
      facts({ refunds: all.slice(0, index + 1).map((minor, nth) => refund(minor, 15, `${nth}`)) })
    )
    const fees = (posted: string[][]) =>
      posted.flat().filter((line) => line.startsWith('platform:fee_revenue'))
    assert.deepEqual(fees(post(approved, views[0]).posted), ['platform:fee_revenue 33'])
    assert.deepEqual(fees(post(approved, ...views.slice(0, 2)).posted), ['platform:fee_revenue 34'])
    assert.equal(post(approved, ...views).booked.feeReturnedMinor, 100)
  })

  test('a refund first seen with its payment comes after the approval, and after the release where it was later', ({
    assert,
  }) => {
    const references = (values: Partial<PaymentFacts>) =>
      post(facts(values)).posted.map(([reference]) => reference)
    const before = { releasedAt: day(18), refunds: [refund(100)] }
    const after = { releasedAt: day(12), refunds: [refund(100)] }
    const approval = 'payment:7:approved'
    assert.deepEqual(references(before), [approval, 'refund:5', 'payment:7:released'])
    assert.deepEqual(references(after), [approval, 'payment:7:released', 'refund:5'])
  })

  test('refunds first seen together share what the provider gave back', ({ assert }) => {
    const both = facts({
      refunds: [refund(7500, 16, 'b'), refund(2500, 15, 'a')],
      charges: returned(299, 38),
    })
    const { posted } = post(approved, both)
    assert.deepEqual(
      posted.map(([reference, , fee, tax]) => [reference, fee, tax]),
      [
        ['refund:a', 'platform:gateway 75 fee', 'platform:gateway 10 tax'],
        ['refund:b', 'platform:gateway 224 fee', 'platform:gateway 28 tax'],
      ]
    )
  })

  test('what the provider gives back later posts alone, under its total', ({ assert }) => {
    const refunded = facts({ refunds: [refund(10_000)] })
    const later = facts({ refunds: [refund(10_000)], charges: returned(299, 0) })
    const { posted, buckets } = post(approved, refunded, later)
    assert.deepEqual(posted, [
      ['payment:7:charges:299', 'platform:gateway 299 fee', 'tenant:available -299'],
    ])
    assert.deepEqual(buckets, [0, -38, 0])
  })

  test('charges that the provider takes again are doubted, not booked', ({ assert }) => {
    const given = facts({ charges: returned(299, 38) })
    const { posted, doubts } = post(approved, given, facts({ charges: returned(200, 38) }))
    assert.deepEqual(posted, [])
    assert.deepEqual(doubts, [
      { kind: 'charges_differ', details: { type: 'fee', missingMinor: 99 } },
    ])
  })
})

test.group('Postings: disputes', () => {
  const opened = facts({ dispute: dispute('open') })

  test('an open dispute reserves all that is not refunded', ({ assert }) => {
    const { posted, buckets } = post(approved, opened)
    assert.deepEqual(posted, [
      [
        'dispute:chargeback:7:opened',
        'tenant:pending 9563',
        'tenant:available 437',
        'tenant:reserved -10000',
      ],
    ])
    assert.deepEqual(buckets, [0, -437, 10_000])
  })

  test('a won one leaves the tenant as it was', ({ assert }) => {
    const won = facts({ dispute: dispute('won') })
    assert.deepEqual(post(approved, opened, won).posted, [
      [
        'dispute:chargeback:7:won',
        'tenant:reserved 10000',
        'tenant:pending -9563',
        'tenant:available -437',
      ],
    ])
    assert.deepEqual(post(approved, released, opened, won).buckets, [0, 9563, 0])
  })

  test('a lost one takes the money and gives back both parts', ({ assert }) => {
    const lost = facts({ dispute: dispute('lost'), charges: returned(299, 38) })
    const { posted, buckets } = post(approved, opened, lost)
    assert.deepEqual(posted, [
      [
        'dispute:chargeback:7:lost',
        'tenant:reserved 10000',
        'platform:gateway -10000',
        'platform:gateway 299 fee',
        'platform:gateway 38 tax',
        'platform:fee_revenue 100',
        'tenant:available -437',
      ],
    ])
    assert.deepEqual(buckets, [0, 0, 0])
  })

  test('one first seen at its end was opened before', ({ assert }) => {
    const references = (state: 'won' | 'lost') =>
      post(facts({ dispute: dispute(state) })).posted.map(([reference]) => reference)
    const opening = ['payment:7:approved', 'dispute:chargeback:7:opened']
    assert.deepEqual(references('won'), [...opening, 'dispute:chargeback:7:won'])
    assert.deepEqual(references('lost'), [...opening, 'dispute:chargeback:7:lost'])
  })

  test('a mediation that ends in a refund is won, then refunded', ({ assert }) => {
    const mediation = facts({ dispute: dispute('open', 'mediation') })
    const refunded = facts({ refunds: [refund(10_000)], charges: returned(299, 38) })
    const { posted, buckets } = post(approved, mediation, refunded)
    assert.deepEqual(
      posted.map(([reference]) => reference),
      ['dispute:mediation:7:won', 'refund:5']
    )
    assert.deepEqual(buckets, [0, 0, 0])
  })

  test('a mediation that becomes a chargeback ends, and the chargeback begins', ({ assert }) => {
    const mediation = facts({ dispute: dispute('open', 'mediation') })
    assert.deepEqual(
      post(approved, mediation, opened).posted.map(([reference]) => reference),
      ['dispute:mediation:7:won', 'dispute:chargeback:7:opened']
    )
  })

  test('a second dispute of the same kind has a name of its own', ({ assert }) => {
    const mediation = facts({ dispute: dispute('open', 'mediation') })
    const { posted } = post(approved, mediation, approved, mediation)
    assert.equal(posted[0][0], 'dispute:mediation:7:2:opened')
  })

  test('a dispute that is larger than the payment costs what the provider says', ({ assert }) => {
    const larger = (state: 'open' | 'lost') =>
      facts({ releasedAt: day(12), dispute: dispute(state, 'chargeback', 12_000) })
    assert.deepEqual(post(approved, released, larger('open')).buckets, [0, -2437, 12_000])
    const { buckets, booked } = post(approved, released, larger('open'), larger('lost'))
    assert.deepEqual(buckets, [0, -2337, 0])
    assert.equal(booked.feeReturnedMinor, 100)
  })

  test('what is lost may be less than was reserved, or unsaid', ({ assert }) => {
    const charges = returned(299, 38)
    const larger = facts({ dispute: dispute('open', 'chargeback', 12_000) })
    const less = facts({ charges, dispute: dispute('lost', 'chargeback', 9000) })
    assert.deepEqual(post(approved, larger, less).posted, [
      [
        'dispute:chargeback:7:lost',
        'tenant:reserved 12000',
        'platform:gateway -9000',
        'platform:gateway 299 fee',
        'platform:gateway 38 tax',
        'platform:fee_revenue 90',
        'tenant:pending -990',
        'tenant:available -2437',
      ],
    ])
    const unsaid = facts({ charges, dispute: dispute('lost') })
    const { posted } = post(approved, larger, unsaid)
    assert.lengthOf(posted, 1)
    assert.includeMembers(posted[0], ['platform:gateway -12000', 'platform:gateway 299 fee'])
  })

  test('a refund during a dispute ends it, and it is opened again for what is left', ({
    assert,
  }) => {
    const refunds = [refund(4000)]
    const refundedMeanwhile = facts({ refunds, dispute: dispute('open') })
    const lost = facts({ refunds, dispute: dispute('lost') })
    const again = post(approved, opened, refundedMeanwhile)
    assert.deepEqual(
      again.posted.map(([reference]) => reference),
      ['dispute:chargeback:7:won', 'refund:5', 'dispute:chargeback:7:2:opened']
    )
    assert.deepEqual(again.buckets, [0, -397, 6000])
    const { posted, buckets } = post(approved, opened, refundedMeanwhile, lost)
    assert.include(posted[0], 'platform:gateway -6000')
    assert.deepEqual(buckets, [0, -337, 0])
    assert.deepEqual(post(approved, opened, lost).buckets, [0, -337, 0])
  })

  test('a dispute after whole refund disputes nothing', ({ assert }) => {
    const refunds = [refund(10_000)]
    const { posted, booked } = post(
      facts({ refunds }),
      facts({ refunds, dispute: dispute('open') })
    )
    assert.deepEqual(posted, [])
    assert.equal(booked.disputes[0].amountMinor, 0)
  })

  test('one that was lost and is now said to be won waits for a person', ({ assert }) => {
    const [lost, won] = [dispute('lost'), dispute('won')].map((it) => facts({ dispute: it }))
    const { posted, doubts } = post(approved, lost, won)
    assert.deepEqual(posted, [])
    assert.deepEqual(doubts, [{ kind: 'dispute_reversed', details: { key: 'chargeback:7' } }])
  })
})
