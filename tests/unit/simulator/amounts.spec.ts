import { test } from '@japa/runner'
import { asOwner } from '../../../app/simulator/api/api_call.js'
import fc from 'fast-check'
import { PLATFORM_ACCESS_TOKEN, defaultScenario } from '../../../app/simulator/main.js'
import { pay } from '../../../app/simulator/life/approve.js'
import * as disputes from '../../../app/simulator/life/disputes.js'
import { InvalidState } from '../../../app/simulator/life/invalid_state.js'
import { RefundTooLarge, refund } from '../../../app/simulator/life/refund.js'
import { fromMinor, share, toMinor } from '../../../app/simulator/money.js'
import { createPayment } from '../../../app/simulator/payments/create_payment.js'
import type { Payment } from '../../../app/simulator/payments/payment.js'
import { readPaymentRequest } from '../../../app/simulator/payments/payment_request.js'
import { Simulator } from '../../../app/simulator/simulator.js'
import { holds } from '#tests/support/property'
import { boletoRequest } from './support.js'

type Step = (sim: Simulator, payment: Payment) => void

const steps = fc.oneof(
  fc.integer({ min: 1, max: 1_000_000 }).map((minor): Step => {
    return (sim, payment) => pay(sim, payment, minor)
  }),
  fc.integer({ min: 1, max: 400_000 }).map((minor): Step => {
    return (sim, payment) => refund(sim, payment, minor, 'collector')
  }),
  fc.constantFrom<Step>(
    disputes.openChargeback,
    disputes.settleChargeback,
    disputes.reimburseChargeback,
    disputes.openMediation,
    disputes.winMediation,
    disputes.loseMediation
  )
)

const settings = fc.record({
  fees: fc.record({
    bolbradesco: fc.record({
      basis_points: fc.integer({ min: 0, max: 10_000 }),
      fixed_minor: fc.integer({ min: 0, max: 2000 }),
    }),
  }),
  taxes: fc.array(
    fc.record({ name: fc.constant('tax'), basis_points: fc.integer({ min: 0, max: 5000 }) }),
    { maxLength: 3 }
  ),
  refunded_charges: fc.constantFrom('proportional' as const, 'kept' as const),
})

function brokenRule(payment: Payment): string | null {
  const charges = payment.charges.reduce((sum, charge) => sum + charge.originalMinor, 0)
  const paid = payment.approvedAt !== null
  const refunds = payment.refunds.reduce((sum, made) => sum + made.amountMinor, 0)
  if (paid && charges + payment.netMinor !== payment.amountMinor) return 'charges and net are gross'
  if (payment.netMinor < 0) return 'net is never negative'
  if (refunds !== payment.refundedMinor) return 'refunds add up'
  if (payment.refundedMinor + payment.lostMinor > payment.amountMinor)
    return 'no more goes than came'
  const returned = payment.charges.some((one) => one.refundedMinor > one.originalMinor)
  return returned ? 'no charge returns more than it took' : null
}

test.group('Simulator | amounts', (group) => {
  let sim: Simulator
  group.setup(() => {
    sim = new Simulator(':memory:', defaultScenario)
    sim.accounts.saveApplication({ ...sim.accounts.applications()[0], webhook_url: null })
    return () => sim.store.close()
  })

  test('stay consistent whatever happens to a payment', async ({ assert }) => {
    const owner = asOwner(sim.accounts.byToken(PLATFORM_ACCESS_TOKEN)!)
    const request = readPaymentRequest(sim, owner, boletoRequest())
    const nobody = { platform_id: null, integrator_id: null, corporation_id: null }
    const life = fc.array(steps, { maxLength: 20, size: 'max' })
    await holds([settings, life], (chosen, happenings) => {
      const account = sim.accounts.byToken(PLATFORM_ACCESS_TOKEN)!
      sim.accounts.save({ ...account, settings: { ...account.settings, ...chosen } })
      const payment = createPayment(sim, owner, request, nobody)
      for (const happen of happenings) {
        try {
          happen(sim, payment)
        } catch (error) {
          const expected = error instanceof InvalidState || error instanceof RefundTooLarge
          if (!expected) throw error
        }
        assert.isNull(brokenRule(payment))
        assert.deepEqual(sim.payments.find(payment.id), JSON.parse(JSON.stringify(payment)))
      }
    })
  })

  test('pass the wire and come back the same', async ({ assert }) => {
    const minors = fc.integer({ min: 0, max: 1e12 })
    await holds([minors, fc.constantFrom(0, 2)], (minor, decimals) => {
      assert.equal(toMinor(fromMinor(minor, decimals), decimals), minor)
    })
  })

  test('are shared to the minor unit, halves away from zero', ({ assert }) => {
    assert.equal(share(349, 50_00, 150_00), 116)
    assert.equal(share(1, 1, 2), 1)
    assert.equal(share(9e15, 9e15, 9e15), 9e15)
    assert.equal(share(5, 1, 0), 0)
  })
})
