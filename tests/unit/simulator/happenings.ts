import fc from 'fast-check'
import { asOwner, type Caller } from '../../../app/simulator/api/api_call.js'
import { tokenize } from '../../../app/simulator/cards/tokenize.js'
import { approve } from '../../../app/simulator/oauth/authorization.js'
import { pay } from '../../../app/simulator/life/approve.js'
import * as cards from '../../../app/simulator/life/cards.js'
import * as disputes from '../../../app/simulator/life/disputes.js'
import { cancel, expire, settleDue } from '../../../app/simulator/life/endings.js'
import { InvalidState } from '../../../app/simulator/life/invalid_state.js'
import {
  RefundTooLarge,
  finishRefund,
  refund,
  startRefund,
} from '../../../app/simulator/life/refund.js'
import {
  FOREIGN_ACCOUNT_ID,
  PLATFORM_ACCOUNT_ID,
  PLATFORM_CLIENT_ID,
  defaultScenario,
} from '../../../app/simulator/main.js'
import { settleDueChargebacks } from '../../../app/simulator/disputes/chargebacks.js'
import { createPayment } from '../../../app/simulator/payments/create_payment.js'
import {
  underWayMinor,
  type Payment,
  type PaymentStatus,
} from '../../../app/simulator/payments/payment.js'
import { readPaymentRequest } from '../../../app/simulator/payments/payment_request.js'
import { Simulator } from '../../../app/simulator/simulator.js'
import { cardInput } from './card_support.js'
import { boletoRequest, pixRequest } from './support.js'

/** The platform, and a seller that it acts for. */
export interface Market {
  sim: Simulator
  platform: Caller
  seller: Caller
  payments: number[]
}

export type Happening = (market: Market) => void

const NOBODY = { platform_id: null, integrator_id: null, corporation_id: null }
const CENTS = fc.integer({ min: 400, max: 5_000_00 })
const NAMES = ['APRO', 'APRO', 'APRO', 'CONT', 'FUND', 'pending_challenge']

export function openMarket(): Market {
  const sim = new Simulator(':memory:', defaultScenario)
  sim.accounts.saveApplication({ ...sim.accounts.applications()[0], webhook_url: null })
  const account = (id: number) => asOwner(sim.accounts.find(id)!)
  const application = sim.accounts.application(PLATFORM_CLIENT_ID)!
  const request = { application, redirectUri: 'http://x/', state: null, challenge: null }
  approve(sim, request, account(FOREIGN_ACCOUNT_ID))
  const seller: Caller = {
    ...account(FOREIGN_ACCOUNT_ID),
    client_id: PLATFORM_CLIENT_ID,
    via: 'authorization_code',
  }
  return { sim, platform: account(PLATFORM_ACCOUNT_ID), seller, payments: [] }
}

export function close({ sim }: Market): void {
  sim.store.close()
}

function bodyOf({ sim }: Market, caller: Caller, method: number, name: string) {
  if (method === 0) return boletoRequest()
  if (method === 1) return pixRequest()
  const { id } = tokenize(sim, caller, cardInput(name))
  const payer = { email: 'ana@example.com' }
  return { token: id, installments: 1, payment_method_id: 'master', payer }
}

const charge = fc
  .record({
    cents: CENTS,
    fee: fc.option(fc.integer({ min: 1, max: 100 })),
    method: fc.nat(2),
    name: fc.constantFrom(...NAMES),
    capture: fc.boolean(),
    forSeller: fc.boolean(),
  })
  .map(({ cents, fee, method, name, capture, forSeller }): Happening => (market) => {
    const caller = forSeller ? market.seller : market.platform
    const body: Record<string, unknown> = {
      ...bodyOf(market, caller, method, name),
      transaction_amount: cents / 100,
    }
    if (method === 2) body.capture = capture
    if (forSeller && fee) body.application_fee = Math.floor((cents * fee) / 100) / 100
    const request = readPaymentRequest(market.sim, caller, body)
    market.payments.push(createPayment(market.sim, caller, request, NOBODY).id)
  })

type Act = (sim: Simulator, payment: Payment, cents: number) => void

/** What a payment is when something can happen to it: in a state, or with a refund under way. */
type Aim = PaymentStatus | 'giving back'

function isAimed(payment: Payment, aim: Aim): boolean {
  return aim === 'giving back' ? underWayMinor(payment) > 0 : payment.status === aim
}

/** The latest such payment, or any of the latest few: then most of it is refused. */
function aimAt({ sim, payments }: Market, aim: Aim | null, index: number) {
  const latest = payments.toReversed().map((id) => sim.payments.find(id)!)
  const aimed = aim && latest.find((payment) => isAimed(payment, aim))
  return aimed ?? latest[index % 3]
}

function onPayment(act: Act, aim: Aim) {
  return fc
    .record({ aimed: fc.boolean(), index: fc.nat(2), cents: CENTS })
    .map(({ aimed, index, cents }): Happening => (market) => {
      const { sim } = market
      const payment = aimAt(market, aimed ? aim : null, index)
      if (payment) sim.store.transaction(() => act(sim, payment, cents))
    })
}

function allOf(payment: Payment): number {
  return payment.amountMinor - payment.refundedMinor - payment.lostMinor
}

const refundPart: Act = (sim, payment, cents) => {
  refund(sim, payment, Math.min(cents, allOf(payment)), 'collector')
}

const startRefundOfPart: Act = (sim, payment, cents) => {
  startRefund(sim, payment, Math.min(cents, allOf(payment)), 'collector')
}

function finish(status: 'approved' | 'rejected'): Act {
  return (sim, payment) => {
    const underWay = payment.refunds.find((made) => made.status === 'in_process')
    if (underWay) finishRefund(sim, payment, underWay, status)
  }
}

const DAYS_PASS = fc.integer({ min: 1, max: 20 }).map((days): Happening => ({ sim }) => {
  sim.clock.advance(days * 86_400_000)
  settleDue(sim, sim.clock.now())
  settleDueChargebacks(sim, sim.clock.now())
})

const HAPPENINGS: [weight: number, arbitrary: fc.Arbitrary<Happening>][] = [
  [6, charge],
  [7, onPayment((sim, payment) => pay(sim, payment), 'pending')],
  [1, onPayment(pay, 'pending')],
  [2, onPayment(cards.approveReview, 'in_process')],
  [2, onPayment((sim, payment) => cards.capture(sim, payment), 'authorized')],
  [2, onPayment(cards.capture, 'authorized')],
  [1, onPayment((sim, payment) => cards.reject(sim, payment, 'bank_error'), 'in_process')],
  [1, onPayment((sim, payment) => cancel(sim, payment), 'pending')],
  [1, onPayment((sim, payment) => expire(sim, payment, sim.clock.now()), 'pending')],
  [3, onPayment(refundPart, 'approved')],
  [3, onPayment(startRefundOfPart, 'approved')],
  [2, onPayment(finish('approved'), 'giving back')],
  [3, onPayment(finish('rejected'), 'giving back')],
  [4, onPayment((sim, payment) => disputes.openChargeback(sim, payment), 'approved')],
  [3, onPayment((sim, payment) => disputes.settleChargeback(sim, payment), 'charged_back')],
  [1, onPayment(disputes.settleChargeback, 'charged_back')],
  [2, onPayment((sim, payment) => disputes.reimburseChargeback(sim, payment), 'charged_back')],
  [
    2,
    onPayment((sim, payment) => disputes.reimburseChargeback(sim, payment, true), 'charged_back'),
  ],
  [3, onPayment((sim, payment) => disputes.openMediation(sim, payment), 'approved')],
  [4, onPayment(disputes.winMediation, 'in_mediation')],
  [3, onPayment((sim, payment) => disputes.loseMediation(sim, payment), 'in_mediation')],
  [2, onPayment(disputes.loseMediation, 'in_mediation')],
  [5, DAYS_PASS],
]

/** Everything that a payer, a seller, a bank, Mercado Pago or time may do. */
const happenings = fc.oneof(...HAPPENINGS.map(([weight, arbitrary]) => ({ weight, arbitrary })))

/** Long enough, whatever the library thinks of sizes, that each effect occurs in many of 300. */
export const stories = fc.array(happenings, { minLength: 40, maxLength: 80, size: 'max' })

/** What is not legal is refused and changes nothing. */
export function happen(market: Market, happening: Happening): void {
  try {
    happening(market)
  } catch (error) {
    const refusals = [InvalidState, RefundTooLarge, disputes.CoveredTooMuch, cards.CaptureTooLarge]
    if (!refusals.some((refusal) => error instanceof refusal)) throw error
  }
}
