import fc from 'fast-check'
import { asOwner, type Caller } from '../../../app/simulator/api/api_call.js'
import { tokenize } from '../../../app/simulator/cards/tokenize.js'
import { approveReview, reject } from '../../../app/simulator/life/cards.js'
import { openChargeback } from '../../../app/simulator/life/disputes.js'
import { cancel as cancelPayment, settleDue } from '../../../app/simulator/life/endings.js'
import { InvalidState } from '../../../app/simulator/life/invalid_state.js'
import { refund } from '../../../app/simulator/life/refund.js'
import { PLATFORM_ACCOUNT_ID, defaultScenario } from '../../../app/simulator/main.js'
import { refundableMinor, type Payment } from '../../../app/simulator/payments/payment.js'
import { Simulator } from '../../../app/simulator/simulator.js'
import { cancel, change } from '../../../app/simulator/subscriptions/change.js'
import { settleDueSubscriptions } from '../../../app/simulator/subscriptions/due.js'
import {
  InvalidSubscriptionState,
  agree,
  chargeNow,
  renameCard,
  subscribeTo,
} from '../../../app/simulator/subscriptions/payer.js'
import { changePlan, createPlan } from '../../../app/simulator/subscriptions/plan_request.js'
import type { Preapproval } from '../../../app/simulator/subscriptions/preapproval.js'
import { readPreapproval } from '../../../app/simulator/subscriptions/preapproval_request.js'
import { subscribe } from '../../../app/simulator/subscriptions/subscribe.js'
import { SubscriptionRefusal } from '../../../app/simulator/subscriptions/subscription_refusal.js'
import { cardInput } from './card_support.js'
import { planRequest, preapprovalRequest, recurring } from './subscription_support.js'

const DAY_MS = 86_400_000

/** One seller, and what was subscribed to so far. */
export interface Club {
  sim: Simulator
  seller: Caller
  subscriptions: string[]
  plans: string[]
}

export type Happening = (club: Club) => void

export function openClub(): Club {
  const sim = new Simulator(':memory:', defaultScenario)
  sim.accounts.saveApplication({ ...sim.accounts.applications()[0], webhook_url: null })
  return {
    sim,
    seller: asOwner(sim.accounts.find(PLATFORM_ACCOUNT_ID)!),
    subscriptions: [],
    plans: [],
  }
}

const NAMES = ['APRO', 'APRO', 'APRO', 'FUND', 'CALL', 'CONT']
const name = fc.constantFrom(...NAMES)
const cents = fc.integer({ min: 100, max: 9_999 })

/** Short cycles, so that much happens within a few moves of the clock. */
const terms = fc
  .record({
    frequency: fc.integer({ min: 1, max: 9 }),
    frequency_type: fc.constantFrom('days', 'days', 'months'),
    cents,
    trial: fc.option(fc.integer({ min: 1, max: 5 })),
  })
  .map(({ frequency, frequency_type: type, cents: minor, trial }) =>
    recurring({
      frequency,
      frequency_type: type,
      transaction_amount: minor / 100,
      ...(trial && { free_trial: { frequency: trial, frequency_type: 'days' } }),
    })
  )

function cardOf({ sim, seller }: Club, holder = 'APRO'): string {
  return tokenize(sim, seller, cardInput(holder)).id
}

const subscribing = fc
  .record({ terms, hasCard: fc.boolean(), lasts: fc.option(fc.integer({ min: 1, max: 60 })) })
  .map(({ terms: auto, hasCard, lasts }): Happening => (club) => {
    const { sim, seller } = club
    const end = lasts && new Date(sim.clock.now() + lasts * DAY_MS).toISOString()
    const body = preapprovalRequest({
      auto_recurring: { ...auto, ...(end && { end_date: end }) },
      ...(hasCard && { card_token_id: cardOf(club) }),
    })
    club.subscriptions.push(subscribe(sim, seller, readPreapproval(sim, seller, body)).id)
  })

const planning = fc
  .record({
    terms,
    repetitions: fc.option(fc.integer({ min: 1, max: 5 })),
    day: fc.option(fc.integer({ min: 1, max: 28 })),
    proportional: fc.boolean(),
  })
  .map(({ terms: auto, repetitions, day, proportional }): Happening => (club) => {
    const monthly = day && auto.frequency_type === 'months'
    const body = planRequest({
      auto_recurring: {
        ...auto,
        repetitions,
        ...(monthly && { billing_day: day, billing_day_proportional: proportional }),
      },
    })
    const { sim, seller } = club
    club.plans.push(sim.store.transaction(() => createPlan(sim, seller, body)).id)
  })

function onPlan(act: (club: Club, planId: string) => void): Happening {
  return (club) => {
    const planId = club.plans.at(-1)
    if (planId !== undefined) act(club, planId)
  }
}

const joining = fc.constant(
  onPlan((club, planId) => {
    const plan = club.sim.subscriptions.plan(planId)!
    const payer = { email: 'bea@example.com', card: cardInput() }
    club.subscriptions.push(subscribeTo(club.sim, plan, payer).id)
  })
)

/** On one of the latest few, so that much happens to each. */
function onSubscription(act: (club: Club, preapproval: Preapproval) => void) {
  return fc.nat(2).map((index): Happening => (club) => {
    const id = club.subscriptions.at(-1 - index)
    if (id !== undefined) act(club, club.sim.subscriptions.find(id)!)
  })
}

function put(body: (club: Club) => Record<string, unknown>) {
  return onSubscription((club, preapproval) =>
    change(club.sim, club.seller, preapproval, body(club))
  )
}

/** On the payment of the latest try of a subscription. */
function onPayment(act: (sim: Simulator, payment: Payment) => void) {
  return onSubscription(({ sim }, { id }) => {
    const invoice = sim.subscriptions.invoicesOf(id).at(-1)
    const payment = invoice?.paymentId ? sim.payments.find(invoice.paymentId) : undefined
    if (payment) sim.store.transaction(() => act(sim, payment))
  })
}

const renaming = name.chain((holder) =>
  onSubscription(({ sim }, preapproval) => renameCard(sim, preapproval, 'card', holder))
)

/** What may stand before time passes. */
export const beginnings = fc.oneof(subscribing, planning, joining, renaming)

const advancing = fc.integer({ min: 1, max: 12 * 24 }).map((hours): Happening => ({ sim }) => {
  sim.clock.advance(hours * 3_600_000)
  settleDueSubscriptions(sim, sim.clock.now())
  settleDue(sim, sim.clock.now())
})

/** Everything that a seller, a payer, an issuer, Mercado Pago or time may do. */
export const happenings = fc.oneof(
  { arbitrary: subscribing, weight: 4 },
  { arbitrary: planning, weight: 2 },
  { arbitrary: joining, weight: 3 },
  {
    arbitrary: cents.map((minor) =>
      onPlan(({ sim, seller }, planId) => {
        const body = { auto_recurring: { transaction_amount: minor / 100 } }
        const plan = sim.subscriptions.plan(planId)!
        sim.store.transaction(() => changePlan(sim, seller, plan, body))
      })
    ),
    weight: 1,
  },
  { arbitrary: advancing, weight: 10 },
  { arbitrary: put(() => ({ status: 'paused' })), weight: 1 },
  { arbitrary: put(() => ({ status: 'authorized' })), weight: 2 },
  { arbitrary: put(() => ({ status: 'cancelled' })), weight: 1 },
  {
    arbitrary: cents.chain((minor) =>
      put(() => ({ auto_recurring: { transaction_amount: minor / 100 } }))
    ),
    weight: 2,
  },
  {
    arbitrary: name.chain((holder) => put((club) => ({ card_token_id: cardOf(club, holder) }))),
    weight: 1,
  },
  {
    arbitrary: put((club) => ({
      card_token_id_secondary: cardOf(club),
      payment_method_id_secondary: 'master',
    })),
    weight: 1,
  },
  { arbitrary: renaming, weight: 4 },
  {
    arbitrary: onSubscription(({ sim }, preapproval) =>
      agree(sim, preapproval, { email: preapproval.payer.email, card: cardInput() })
    ),
    weight: 2,
  },
  {
    arbitrary: onSubscription(({ sim }, preapproval) =>
      sim.store.transaction(() => chargeNow(sim, preapproval))
    ),
    weight: 2,
  },
  {
    arbitrary: onSubscription(({ sim }, preapproval) => {
      if (preapproval.status !== 'cancelled') cancel(sim, preapproval, 'payer')
    }),
    weight: 1,
  },
  { arbitrary: onPayment(approveReview), weight: 2 },
  { arbitrary: onPayment((sim, payment) => reject(sim, payment, 'bank_error')), weight: 2 },
  { arbitrary: onPayment((sim, payment) => cancelPayment(sim, payment)), weight: 1 },
  { arbitrary: onPayment((sim, payment) => openChargeback(sim, payment)), weight: 1 },
  {
    arbitrary: onPayment((sim, payment) => {
      refund(sim, payment, refundableMinor(payment), 'collector')
    }),
    weight: 1,
  }
)

/** What is not allowed at the moment is refused. */
export function happen(club: Club, happening: Happening): void {
  try {
    happening(club)
  } catch (error) {
    const refusals = [SubscriptionRefusal, InvalidSubscriptionState, InvalidState]
    if (!refusals.some((refusal) => error instanceof refusal)) throw error
  }
}
