import { asOwner } from '../../../app/simulator/api/api_call.js'
import fc from 'fast-check'
import { InsufficientBalance } from '../../../app/simulator/balance/balances.js'
import { OWN_KINDS, moveOwnMoney } from '../../../app/simulator/balance/own_movements.js'
import { pay } from '../../../app/simulator/life/approve.js'
import * as disputes from '../../../app/simulator/life/disputes.js'
import { settleDue } from '../../../app/simulator/life/endings.js'
import { InvalidState } from '../../../app/simulator/life/invalid_state.js'
import { RefundTooLarge, refund } from '../../../app/simulator/life/refund.js'
import { PLATFORM_ACCESS_TOKEN, defaultScenario } from '../../../app/simulator/main.js'
import { createPayment } from '../../../app/simulator/payments/create_payment.js'
import type { Payment } from '../../../app/simulator/payments/payment.js'
import { readPaymentRequest } from '../../../app/simulator/payments/payment_request.js'
import { createPayout } from '../../../app/simulator/payouts/create_payout.js'
import { OUTCOME_NAMES, type OutcomeName } from '../../../app/simulator/payouts/outcomes.js'
import {
  InvalidPayoutState,
  settleDuePayouts,
  settlePayout,
} from '../../../app/simulator/payouts/payout_life.js'
import { readPayoutRequest } from '../../../app/simulator/payouts/payout_request.js'
import type { AccountSettings } from '../../../app/simulator/scenario.js'
import { Simulator } from '../../../app/simulator/simulator.js'
import type { Account } from '../../../app/simulator/store/accounts.js'
import { payoutRequest } from './payout_support.js'
import { boletoRequest, pixRequest } from './support.js'

/** One seller, and what it has charged and sent so far. */
export interface World {
  sim: Simulator
  account: Account
  payments: number[]
  payouts: string[]
}

export type Step = (world: World) => void

const REFUSALS = [InvalidState, RefundTooLarge, InvalidPayoutState, InsufficientBalance]
const NOBODY = { platform_id: null, integrator_id: null, corporation_id: null }

function onPayment(index: number, act: (sim: Simulator, payment: Payment) => void): Step {
  return ({ sim, payments }) => {
    const id = payments[index % Math.max(payments.length, 1)]
    if (id !== undefined) sim.store.transaction(() => act(sim, sim.payments.find(id)!))
  }
}

function charge({ sim, account, payments }: World, isPix: boolean, isPaid: boolean): void {
  const body = isPix ? pixRequest() : boletoRequest()
  const caller = asOwner(account)
  const request = readPaymentRequest(sim, caller, body)
  const payment = createPayment(sim, caller, request, NOBODY)
  payments.push(payment.id)
  if (isPaid) pay(sim, payment)
}

function send(world: World, amount: number, reference: string): void {
  const request = readPayoutRequest(payoutRequest(amount, reference), world.account)
  world.payouts.push(createPayout(world.sim, world.account, request).id)
}

function decide({ sim, payouts }: World, index: number, outcome: OutcomeName) {
  const payout = sim.payouts.find(payouts[index % Math.max(payouts.length, 1)] ?? '')
  if (payout) settlePayout(sim, payout, outcome, sim.clock.now())
}

function advance({ sim }: World, days: number): void {
  sim.clock.advance(days * 86_400_000)
  settleDue(sim, sim.clock.now())
  settleDuePayouts(sim, sim.clock.now())
}

function loseAtOnce(sim: Simulator, payment: Payment): void {
  disputes.openMediation(sim, payment)
  disputes.loseMediation(sim, payment)
}

const index = fc.nat(9)
const minor = fc.integer({ min: 1, max: 60_000 })

/** Anything that may happen to money, most of it refused by the state that it meets. */
export const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(fc.boolean(), fc.boolean()).map(
      ([isPix, isPaid]): Step =>
        (world) =>
          charge(world, isPix, isPaid)
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(index, minor)
      .map(([at, amount]) => onPayment(at, (sim, one) => pay(sim, one, amount))),
  },
  fc
    .tuple(index, minor)
    .map(([at, amount]) => onPayment(at, (sim, one) => refund(sim, one, amount, 'collector'))),
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        index,
        fc.constantFrom(
          disputes.openChargeback,
          disputes.settleChargeback,
          disputes.reimburseChargeback,
          disputes.openMediation,
          disputes.winMediation,
          disputes.loseMediation,
          loseAtOnce
        )
      )
      .map(([at, act]) => onPayment(at, act)),
  },
  fc.tuple(minor, fc.constantFrom('plain', ...OUTCOME_NAMES)).map(
    ([amount, reference]): Step =>
      (world) =>
        send(world, amount / 100, reference)
  ),
  fc.tuple(index, fc.constantFrom(...OUTCOME_NAMES)).map(
    ([at, outcome]): Step =>
      (world) =>
        decide(world, at, outcome)
  ),
  fc.record({ kind: fc.constantFrom(...OWN_KINDS), amountMinor: minor, feeMinor: fc.nat(500) }).map(
    (movement): Step =>
      ({ sim, account }) =>
        moveOwnMoney(sim, account, movement)
  ),
  fc.integer({ min: 1, max: 20 }).map(
    (days): Step =>
      (world) =>
        advance(world, days)
  )
)

export const settings: fc.Arbitrary<Partial<AccountSettings>> = fc.record({
  taxes: fc.constantFrom<AccountSettings['taxes']>([], [{ name: 'tax', basis_points: 237 }]),
  refunded_charges: fc.constantFrom('proportional', 'kept'),
  payout_fee_minor: fc.nat(300),
  payout_seconds: fc.constantFrom(0, 86_400),
})

export function newWorld(chosen: Partial<AccountSettings>): World {
  const sim = new Simulator(':memory:', defaultScenario)
  sim.accounts.saveApplication({ ...sim.accounts.applications()[0], webhook_url: null })
  const former = sim.accounts.byToken(PLATFORM_ACCESS_TOKEN)!
  const account = sim.accounts.save({ ...former, settings: { ...former.settings, ...chosen } })
  return { sim, account, payments: [], payouts: [] }
}

/** What is not legal at the moment does not happen. */
export function live(world: World, happenings: Step[]): void {
  for (const happen of happenings) {
    try {
      happen(world)
    } catch (error) {
      if (!REFUSALS.some((refusal) => error instanceof refusal)) throw error
    }
  }
}
