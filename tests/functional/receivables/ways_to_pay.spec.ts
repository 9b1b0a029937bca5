import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { BeginScheduledCharge } from '#app/receivables/actions/begin_scheduled_charge'
import { ResumeCharges } from '#app/receivables/actions/resume_charges'
import Charge from '#app/receivables/models/charge'
import { givenReceivable, givenSeller, issue } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

test.group('A Pix', () => {
  test('carries its text, lives until the end of the last day and holds no address', async ({
    assert,
  }) => {
    const tenant = await givenSeller({ tradeName: 'Açaí & Cia do Zé' })
    const receivable = await givenReceivable(tenant)

    const charge = await issue(tenant, receivable, 'pix')

    assert.equal(charge.state, 'pending')
    assert.match(charge.qrCode!, /br\.gov\.bcb\.pix/)
    assert.isNull(charge.digitableLine)
    assert.equal(charge.estimatedChargesMinor, 1_49)
    const end = DateTime.fromISO(receivable.payUntil, { zone: tenant.timeZone }).endOf('day')
    assert.equal(charge.expiresAt.toMillis(), end.toMillis())
    const payment = await simulator.payment(charge.providerPaymentId!)
    assert.equal(payment.payment_method_id, 'pix')
    assert.equal(payment.statement_descriptor, 'ACAI CIA DO Z')
  })

  test('can be paid on the day it is made, unless the day is nearly over', async ({ assert }) => {
    const tenant = await givenSeller()
    const midnight = clock.now().setZone(tenant.timeZone).endOf('day')
    await simulator.advance({
      seconds: Math.floor(midnight.diff(clock.now(), 'seconds').seconds) - 1900,
    })
    const today = await givenReceivable(tenant, { dueInDays: 0 })
    const charge = await issue(tenant, today, 'pix')
    assert.equal(charge.state, 'pending')

    await simulator.advance({ seconds: 200 })
    const late = await givenReceivable(tenant, { dueInDays: 0 })
    await assert.rejects(() => issue(tenant, late, 'pix'), 'PayUntilTooSoon')
  })

  test('of a far due date waits for its day', async ({ assert }) => {
    const tenant = await givenSeller()
    const charge = await issue(tenant, await givenReceivable(tenant, { dueInDays: 60 }), 'pix')
    assert.equal(charge.state, 'scheduled')

    await simulator.advance({ days: 35 })
    await new ResumeCharges().handle()

    await charge.refresh()
    assert.equal(charge.state, 'pending')
    assert.isNotNull(charge.qrCode)
  })
})

test.group('Several ways of paying one receivable', () => {
  test('stand beside each other, one of a kind', async ({ assert }) => {
    const tenant = await givenSeller()
    const receivable = await givenReceivable(tenant)

    const first = await Promise.all(
      (['boleto', 'pix', 'link'] as const).map((method) => issue(tenant, receivable, method))
    )
    const again = await Promise.all(
      (['boleto', 'pix', 'link'] as const).map((method) => issue(tenant, receivable, method))
    )

    assert.deepEqual(
      first.map(({ state }) => state),
      ['pending', 'pending', 'pending']
    )
    assert.deepEqual(
      again.map(({ id }) => id),
      first.map(({ id }) => id)
    )
    assert.lengthOf(await Charge.all(), 3)
  })

  test('the account and the fee of a scheduled one are those of its day', async ({ assert }) => {
    const tenant = await givenSeller()
    const charge = await issue(tenant, await givenReceivable(tenant, { dueInDays: 60 }), 'pix')
    await tenant.entitlement.merge({ platformFeePercent: '3.00' }).save()

    const begun = await new BeginScheduledCharge().handle(charge)

    assert.equal(begun?.feePercent, '3.00')
    assert.equal(begun?.providerApi, 'payments')
  })
})
