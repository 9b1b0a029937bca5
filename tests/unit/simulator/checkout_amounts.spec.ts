import { test } from '@japa/runner'
import fc from 'fast-check'
import { merchantOrderView } from '../../../app/simulator/api/merchant_order_view.js'
import { attemptPayment } from '../../../app/simulator/checkout/attempt.js'
import { CheckoutRefusal } from '../../../app/simulator/checkout/checkout_refusal.js'
import { CARD_KINDS, offersOf } from '../../../app/simulator/checkout/offers.js'
import { testCard, testPayer } from '../../../app/simulator/checkout/payer_details.js'
import { testCardOf } from '../../../app/simulator/data/test_numbers.js'
import { pay } from '../../../app/simulator/life/approve.js'
import { settleDueOrders } from '../../../app/simulator/merchant_orders/order_life.js'
import type { Payment } from '../../../app/simulator/payments/payment.js'
import {
  changePreference,
  createPreference,
} from '../../../app/simulator/preferences/keep_preference.js'
import type { Preference } from '../../../app/simulator/preferences/preference.js'
import { readPreferenceRequest } from '../../../app/simulator/preferences/preference_request.js'
import { holds } from '#tests/support/property'
import { replayOrders } from './checkout_replay.js'
import { close, happen, openMarket, stories, type Happening, type Market } from './happenings.js'

const NOBODY = { platform_id: null, integrator_id: null, corporation_id: null }
const cents = (amount: number) => Math.round(amount * 100)

const basket = fc.record({
  items: fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 9 }),
      price: fc.integer({ min: 1, max: 99_999 }),
    }),
    { minLength: 1, maxLength: 4 }
  ),
  shipping: fc.option(fc.nat(5_000)),
  feePercent: fc.nat(100),
})

type Basket = typeof basket extends fc.Arbitrary<infer Value> ? Value : never

function totalOf({ items, shipping }: Basket): number {
  return items.reduce((sum, { quantity, price }) => sum + quantity * price, shipping ?? 0)
}

function requestOf(chosen: Basket, feeMinor: number): Record<string, unknown> {
  return {
    items: chosen.items.map(({ quantity, price }) => ({
      title: 'Soap',
      quantity,
      unit_price: price / 100,
    })),
    ...(chosen.shipping !== null && {
      shipments: { mode: 'custom', cost: chosen.shipping / 100 },
    }),
    marketplace_fee: feeMinor / 100,
  }
}

function prefer({ sim, seller }: Market, body: Record<string, unknown>): Preference {
  return createPreference(sim, seller, readPreferenceRequest(sim, seller, body), NOBODY)
}

function attempt({ sim }: Market, preference: Preference, offerId: string, name: string): Payment {
  const { siteId } = preference
  const isCard = (CARD_KINDS as readonly string[]).includes(offerId)
  return attemptPayment(sim, preference, {
    offerId,
    payer: testPayer(siteId),
    card: isCard ? testCard(testCardOf(siteId, 'master'), name, siteId, sim.clock.now()) : {},
    installments: 1,
    institution: null,
  })
}

function owned({ sim }: Market, id: number): number {
  const { availableMinor, pendingMinor, blockedMinor } = sim.balances.of(id)
  return availableMinor + pendingMinor + blockedMinor
}

const OFFERS = ['credit_card', 'credit_card', 'pix', 'bolbradesco']
const CARDHOLDERS = ['APRO', 'FUND', 'CONT', 'pending_challenge']

/** Somebody goes to the checkout, whatever it lets them do there. */
const attempts = fc
  .record({ offer: fc.constantFrom(...OFFERS), name: fc.constantFrom(...CARDHOLDERS) })
  .map(({ offer, name }) => (market: Market, preference: Preference) => {
    try {
      const latest = market.sim.preferences.find(preference.id)!
      market.payments.push(attempt(market, latest, offer, name).id)
    } catch (error) {
      if (!(error instanceof CheckoutRefusal)) throw error
    }
  })

/** The shop gives it more or less time. */
const extensions = fc
  .integer({ min: -5, max: 40 })
  .map((days) => ({ sim, seller }: Market, preference: Preference) => {
    const former = sim.preferences.find(preference.id)!
    const endsAt = new Date(sim.clock.now() + days * 86_400_000).toISOString()
    const body = { expires: true, expiration_date_to: endsAt }
    const request = readPreferenceRequest(sim, seller, body, former.body)
    changePreference(sim, former, seller, request)
  })

/** A bank's customer pays less than was asked. */
const shortPayments = fc
  .integer({ min: 1, max: 33_37 })
  .map((minor) => ({ sim, payments }: Market, preference: Preference) => {
    const ids = sim.merchantOrders.of(preference.id).flatMap(({ paymentIds }) => paymentIds)
    const waiting = payments
      .filter((id) => ids.includes(id))
      .map((id) => sim.payments.find(id)!)
      .find(({ status, card }) => status === 'pending' && !card)
    if (waiting) sim.store.transaction(() => pay(sim, waiting, minor))
  })

const visits = fc.oneof(
  { weight: 2, arbitrary: shortPayments },
  { weight: 6, arbitrary: attempts },
  { weight: 1, arbitrary: extensions }
)

test.group('Simulator | amounts of the checkout', () => {
  test('come to the cent from the items to seller, owner and Mercado Pago', async ({ assert }) => {
    const check = (chosen: Basket, offerId: string) => {
      const market = openMarket()
      const total = totalOf(chosen)
      const fee = Math.floor((total * chosen.feePercent) / 100)
      const preference = prefer(market, requestOf(chosen, fee))
      assert.equal(preference.terms.totalMinor, total)
      if (offersOf(preference, total).some(({ id }) => id === offerId)) {
        const payment = attempt(market, preference, offerId, 'APRO')
        if (!payment.card) pay(market.sim, payment)
        const [charged] = payment.charges
        const kept = payment.charges.find(({ name }) => name === 'application_fee')
        assert.equal(payment.amountMinor, total)
        assert.equal(kept?.originalMinor ?? 0, Math.min(fee, total - charged.originalMinor))
        const parts = owned(market, market.seller.id) + owned(market, market.platform.id)
        assert.equal(parts + charged.originalMinor, total)
        const order = market.sim.merchantOrders.find(payment.merchantOrderId!)!
        assert.deepInclude(order, { orderStatus: 'paid', paidMinor: total, totalMinor: total })
      }
      close(market)
    }
    const offers = fc.constantFrom('pix', 'credit_card')
    await holds([basket, offers], check, { longRuns: 3_000 })
  }).timeout(300_000)

  test('of each order are the sum of its payments, and the journal alone tells them', async ({
    assert,
  }) => {
    const seen = new Set<string>()
    await holds(
      [stories, fc.array(visits, { minLength: 20, maxLength: 40, size: 'max' })],
      (story, guests) => {
        const market = openMarket()
        const { sim } = market
        const price = { title: 'Soap', quantity: 3, unit_price: 33.37 }
        const preference = prefer(market, { items: [price], marketplace_fee: 5 })
        story.forEach((happening: Happening, index) => {
          guests[index]?.(market, preference)
          happen(market, happening)
          settleDueOrders(sim, sim.clock.now())
        })
        const told = replayOrders(sim.journal.read(0, 100_000))
        const orders = sim.merchantOrders.of(preference.id)
        assert.equal(told.size, orders.length)
        for (const order of orders) {
          seen.add(order.orderStatus)
          const view = merchantOrderView(sim, order)
          assert.deepEqual(told.get(order.id), {
            status: view.status,
            orderStatus: view.order_status,
            paid: cents(view.paid_amount),
            refunded: cents(view.refunded_amount),
            payments: view.payments.map(({ id }) => id),
          })
          const back = view.payments.reduce((sum, one) => sum + cents(one.amount_refunded), 0)
          assert.equal(back, cents(view.refunded_amount))
        }
        close(market)
      },
      { runs: 100, longRuns: 1_500 }
    )
    assert.sameMembers(
      [...seen],
      [
        ...['payment_required', 'payment_in_process', 'partially_paid', 'paid'],
        ...['partially_reverted', 'reverted', 'expired'],
      ]
    )
  }).timeout(600_000)
})
