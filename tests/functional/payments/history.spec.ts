import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { VerifyLedger } from '#app/ledger/actions/verify_ledger'
import { ReleaseBalances } from '#app/payments/actions/release_balances'
import { SettlePayment } from '#app/payments/actions/settle_payment'
import Payment from '#app/payments/models/payment'
import Refund from '#app/payments/models/refund'
import { postingChecks } from '#app/payments/queries/posting_checks'
import { percentText } from '#app/core/money'
import { givenTenant, next } from '#tests/support/given'
import { bucketsOf, givenCharge } from '#tests/support/money'
import {
  anyDelivery,
  anyHistory,
  anyPayment,
  delivered,
  PaymentWorld,
  type Happening,
  type PaymentSeed,
} from '#tests/support/payment_world'
import { givenPlatformAccount } from '#tests/support/posted_money'
import { holds } from '#tests/support/property'
import { givenReceivable } from '#tests/support/receivables'

/** 100.00, of which the provider keeps 3.00 and the platform 1.00. */
const plain: PaymentSeed = {
  grossMinor: 10_000,
  charges: [{ type: 'fee', percent: 3 }],
  feeBasisPoints: 100,
  returnsCharges: true,
  tellsNet: true,
  type: 'ticket',
}

async function given(seed: PaymentSeed, history: Happening[]) {
  const tenant = await givenTenant()
  if (seed.holdbackBasisPoints) {
    const holdbackPercent = percentText(seed.holdbackBasisPoints)
    await tenant.entitlement.merge({ holdbackPercent, holdbackDays: 365 }).save()
  }
  const account = await givenPlatformAccount()
  const receivable = await givenReceivable(tenant, { amountMinor: seed.grossMinor })
  const charge = await givenCharge(receivable, account, {
    feePercent: percentText(seed.feeBasisPoints),
  })
  const { collectorId, externalReference, currency } = charge
  const world = new PaymentWorld(seed, `5${Date.now()}${next()}`, {
    collectorId,
    externalReference,
    currency,
  })
  for (const happening of history) world.happen(happening)
  return { tenant, receivable, charge, world }
}

async function sums(tenantId: string) {
  const rows = await db
    .from('ledger_entries')
    .where('tenant_id', tenantId)
    .groupBy('account')
    .select('account')
    .sum('amount_minor as minor')
  const of = (account: string) => Number(rows.find((row) => row.account === account)?.minor ?? 0)
  return { gateway: of('platform:gateway'), feeRevenue: 0 - of('platform:fee_revenue') }
}

/** What `ledger:verify` would complain of. */
async function findings() {
  const { checks } = await new VerifyLedger().handle(postingChecks)
  return checks.filter(({ offences }) => offences > 0)
}

test.group('Any history of a payment', () => {
  test('is booked to the same end in any order, doubled, two at a time', async ({ assert }) => {
    await holds(
      [anyPayment, anyHistory, anyDelivery],
      async (seed, history, delivery) => {
        const { tenant, charge, receivable, world } = await given(seed, history)
        const views = delivered(world.news, delivery)
        for (let at = 0; at < views.length; at += 2) {
          const pair = views.slice(at, at + 2)
          await Promise.all(pair.map((view) => new SettlePayment().settle(view)))
        }
        const { gateway, feeRevenue, pending, available, reserved } = world.expected()
        assert.deepEqual(await bucketsOf(tenant), [pending, available, reserved])
        assert.deepEqual(await sums(tenant.id), { gateway, feeRevenue })
        await charge.refresh()
        await receivable.refresh()
        const last = world.news.at(-1)!
        const payment = await Payment.findByOrFail('providerPaymentId', last.id)
        assert.equal(payment.status, last.status)
        assert.equal(receivable.paidMinor, last.approvedAt ? seed.grossMinor : 0)
        assert.equal(receivable.refundedMinor, last.refundedMinor)
        assert.equal(charge.providerPaymentId, last.id)
        assert.deepEqual([charge.state, receivable.state], world.states())
      },
      { runs: 100, longRuns: 3000 }
    )
    assert.deepEqual(await findings(), [])
  }).timeout(0)

  test('gives the same books when it is told again from nothing', async ({ assert }) => {
    await holds(
      [anyPayment, anyHistory],
      async (seed, history) => {
        const first = await given(seed, history)
        for (const view of first.world.news) await new SettlePayment().settle(view)
        const second = await given(seed, history)
        await new SettlePayment().settle(second.world.news.at(-1)!)
        assert.deepEqual(await bucketsOf(first.tenant), await bucketsOf(second.tenant))
        assert.deepEqual(await sums(first.tenant.id), await sums(second.tenant.id))
        const references = async ({ tenant, world }: typeof first) => {
          const rows = await db
            .from('ledger_transactions')
            .where('tenant_id', tenant.id)
            .whereIn('kind', ['payment_approved', 'refund', 'dispute_lost'])
            .orderBy('reference')
          // A refund during a dispute opens it again as the second; only who saw the first counts so.
          return rows.map(({ reference }) =>
            reference.replaceAll(world.id, 'N').replace(/(:N):\d+:lost$/, '$1:lost')
          )
        }
        assert.deepEqual(await references(first), await references(second))
      },
      { runs: 60, longRuns: 2000 }
    )
  }).timeout(0)

  test('a refund counts when it is approved, not before', async ({ assert }) => {
    const { tenant, receivable, world } = await given(plain, [
      { what: 'approve' },
      { what: 'refund', percent: 30 },
    ])
    const view = world.news.at(-1)!
    const asked = view.refunds.map((refund) => ({ ...refund, status: 'in_process' }))
    const { charges } = world.news.at(-2)!
    await new SettlePayment().settle({ ...view, charges, refunds: asked, refundedMinor: 0 })
    assert.deepEqual(await bucketsOf(tenant), [9600, 0, 0])
    const refund = await Refund.firstOrFail()
    assert.isFalse(refund.isPosted)
    await new SettlePayment().settle(view)
    await refund.refresh()
    assert.isTrue(refund.isPosted)
    assert.deepEqual(await bucketsOf(tenant), [6720, 0, 0])
    await receivable.refresh()
    assert.equal(receivable.state, 'partially_refunded')
  })

  test('two payments of one receivable both count, whichever comes first', async ({ assert }) => {
    const first = await given(plain, [{ what: 'approve' }])
    const second = await givenCharge(first.receivable, await givenPlatformAccount(), {
      method: 'pix',
      state: 'expired',
    })
    const { collectorId, externalReference, currency } = second
    const other = new PaymentWorld(plain, `6${Date.now()}`, {
      collectorId,
      externalReference,
      currency,
    })
    other.happen({ what: 'approve' })
    await Promise.all(
      [first.world, other].map(({ news }) => new SettlePayment().settle(news.at(-1)!))
    )
    await first.receivable.refresh()
    assert.equal(first.receivable.state, 'overpaid')
    assert.equal(first.receivable.paidMinor, 20_000)
    assert.deepEqual(await bucketsOf(first.tenant), [19_200, 0, 0])
    const cases = await db.from('exception_cases').select('kind')
    assert.deepEqual(
      cases.map(({ kind }) => kind),
      ['double_payment']
    )
  })

  test('of a connected tenant books nothing, and keeps what the platform earned', async ({
    assert,
  }) => {
    const { tenant, charge, world, receivable } = await given({ ...plain, tellsNet: false }, [
      { what: 'approve' },
      { what: 'refund', percent: 30 },
      { what: 'charge_back' },
    ])
    await charge.merge({ mode: 'connected' }).save()
    for (const view of world.news) {
      await new SettlePayment().settle({ ...view, applicationFeeMinor: 100 })
    }
    assert.deepEqual(await bucketsOf(tenant), [0, 0, 0])
    assert.lengthOf(await db.from('ledger_transactions'), 0)
    const payment = await Payment.firstOrFail()
    assert.containsSubset(payment.$attributes, {
      mode: 'connected',
      isPosted: false,
      feeMinor: 100,
      refundedMinor: 3000,
      releaseCheckAt: null,
    })
    await receivable.refresh()
    assert.equal(receivable.state, 'charged_back')
    assert.deepEqual(await findings(), [])
    assert.deepEqual(await new ReleaseBalances().handle(), {
      state: 'done',
      released: 0,
      late: 0,
      failed: 0,
    })
  })
})
