import { test } from '@japa/runner'
import { catchUp } from '#app/payments/postings/catch_up'
import { noCharges, type BookedPayment, type PaymentPosting } from '#app/payments/postings/facts'
import { PaymentBook } from '#app/payments/postings/payment_book'
import { factsOf } from '#app/payments/postings/provider_facts'
import type { ProviderPayment } from '#app/gateway/provider'
import {
  anyDelivery,
  anyHistory,
  anyPayment,
  delivered,
  PaymentWorld,
  type PaymentSeed,
} from '#tests/support/payment_world'
import { holds } from '#tests/support/property'

const nothingBooked = (): BookedPayment => ({
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

const about = { collectorId: '1', externalReference: 'c-1', currency: 'BRL' }

/** Applies views one after the other as the provider orders them; returns all that was posted. */
function post(views: ProviderPayment[], { feeBasisPoints, holdbackBasisPoints }: PaymentSeed) {
  let booked = nothingBooked()
  let newest = 0
  const posted: PaymentPosting[] = []
  const doubts = []
  for (const view of views) {
    if (view.updatedAt.toMillis() < newest) continue
    newest = view.updatedAt.toMillis()
    const book = new PaymentBook(view.id, booked)
    catchUp(book, factsOf(view), {
      basisPoints: feeBasisPoints,
      holdback: holdbackBasisPoints ? { basisPoints: holdbackBasisPoints } : null,
    })
    posted.push(...book.postings)
    doubts.push(...book.doubts)
    booked = book.booked
  }
  return { booked, posted, doubts }
}

const sums = (posted: PaymentPosting[]) => {
  const of: Record<string, number> = {}
  for (const { entries } of posted) {
    for (const { account, amountMinor } of entries) of[account] = (of[account] ?? 0) + amountMinor
  }
  return {
    gateway: of['platform:gateway'] ?? 0,
    feeRevenue: 0 - (of['platform:fee_revenue'] ?? 0),
    pending: 0 - (of['tenant:pending'] ?? 0),
    available: 0 - (of['tenant:available'] ?? 0),
    reserved: 0 - (of['tenant:reserved'] ?? 0),
  }
}

test.group('The book of a payment', () => {
  test('comes to the same end whichever news arrives, in any order, once or twice', async ({
    assert,
  }) => {
    await holds([anyPayment, anyHistory, anyDelivery], (seed, history, delivery) => {
      const world = new PaymentWorld(seed, '77', about)
      for (const happening of history) world.happen(happening)
      const { posted, booked, doubts } = post(delivered(world.news, delivery), seed)
      assert.deepEqual(sums(posted), world.expected())
      assert.deepEqual(booked.buckets, {
        pendingMinor: world.expected().pending,
        availableMinor: world.expected().available,
        reservedMinor: world.expected().reserved,
      })
      assert.lengthOf(doubts, 0)
    })
  })

  test('posts nothing that does not balance, and nothing twice', async ({ assert }) => {
    await holds([anyPayment, anyHistory, anyDelivery], (seed, history, delivery) => {
      const world = new PaymentWorld(seed, '77', about)
      for (const happening of history) world.happen(happening)
      const { posted } = post(delivered(world.news, delivery), seed)
      for (const { entries } of posted) {
        assert.equal(
          entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
          0
        )
        assert.isAbove(entries.length, 1)
        assert.isFalse(entries.some(({ amountMinor }) => amountMinor === 0))
      }
      const references = posted.map(({ reference }) => reference)
      assert.deepEqual(references, [...new Set(references)])
    })
  })

  test('posts nothing when the same news comes again', async ({ assert }) => {
    await holds([anyPayment, anyHistory, anyDelivery], (seed, history, delivery) => {
      const world = new PaymentWorld(seed, '77', about)
      for (const happening of history) world.happen(happening)
      const views = delivered(world.news, delivery)
      const once = post(views, seed)
      const again = post([...views, world.news.at(-1)!], seed)
      assert.deepEqual(again.posted, once.posted)
      assert.deepEqual(again.booked, once.booked)
    })
  })

  test('splits every amount without a rest', async ({ assert }) => {
    await holds([anyPayment], (seed) => {
      const world = new PaymentWorld(seed, '77', about)
      world.happen({ what: 'approve' })
      const { booked } = post(world.news, seed)
      const { grossMinor, chargesMinor, feeMinor, buckets } = booked
      assert.equal(grossMinor, seed.grossMinor)
      assert.equal(feeMinor + buckets.pendingMinor + chargesMinor, grossMinor)
      assert.isAtLeast(feeMinor, 0)
      assert.isAtLeast(buckets.pendingMinor, 0)
    })
  })
})
