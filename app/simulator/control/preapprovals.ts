import { invoiceView, preapprovalView } from '../api/preapproval_view.js'
import { Refusal } from '../api/refusal.js'
import { testCard } from '../checkout/payer_details.js'
import { testCardOf } from '../data/test_numbers.js'
import type { Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import type { Simulator } from '../simulator.js'
import { cancel } from '../subscriptions/change.js'
import {
  InvalidSubscriptionState,
  agree,
  chargeNow,
  renameCard,
  subscribeTo,
  type PayerInput,
} from '../subscriptions/payer.js'
import type { Plan } from '../subscriptions/plan.js'
import type { Preapproval } from '../subscriptions/preapproval.js'
import { boolean, inputOf, queryInteger, text, type Input } from './input.js'
import { accountOf } from './movements.js'
import { Problem } from './problem.js'

/** Throws Problem. */
export function preapprovalOf(sim: Simulator, call: Call): Preapproval {
  const preapproval = sim.subscriptions.find(call.params.id)
  if (!preapproval) throw new Problem(404, `there is no subscription ${call.params.id}`)
  return preapproval
}

/** What only the simulator tells: who pays, with which names on the cards, and each instalment. */
function controlledView(sim: Simulator, preapproval: Preapproval) {
  return {
    ...preapprovalView(sim, preapproval),
    payer_email: preapproval.payer.email,
    cardholder_name: preapproval.card?.card.cardholder.name ?? null,
    cardholder_name_secondary: preapproval.secondaryCard?.card.cardholder.name ?? null,
    authorized_payments: sim.subscriptions
      .invoicesOf(preapproval.id)
      .map((invoice) => invoiceView(sim, invoice)),
  }
}

function refusing<Value>(work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) throw new Problem(400, error.message)
    throw error
  }
}

/** Answers with the subscription when what it caused was notified, or at least attempted. */
function acting(
  known: readonly string[],
  act: (sim: Simulator, preapproval: Preapproval, input: Input) => void
): Handler {
  return async (sim, call) => {
    const preapproval = preapprovalOf(sim, call)
    const input = inputOf(call, known)
    refusing(() => act(sim, preapproval, input))
    await sim.catchUp()
    return json(200, controlledView(sim, sim.subscriptions.find(preapproval.id)!))
  }
}

const PAYER_NAMES = ['email', 'cardholder_name'] as const

function payerOf(sim: Simulator, siteId: string, input: Input, email: string): PayerInput {
  const name = text(input, 'cardholder_name') ?? 'APRO'
  const card = testCard(testCardOf(siteId, 'master'), name, siteId, sim.clock.now())
  return { email: text(input, 'email') ?? email, card }
}

/** Latest first; ask on with the `position` of the last one. */
export const listControlledPreapprovals: Handler = (sim, call) => {
  const account = accountOf(sim, call)
  const before = queryInteger(call, 'before', 1e15, 1e15)
  const latest = sim.subscriptions.latest(
    account.id,
    before,
    queryInteger(call, 'limit', 100, 1000)
  )
  return json(
    200,
    latest.map(({ position, preapproval }) => ({
      position,
      ...controlledView(sim, preapproval),
    }))
  )
}

export const showControlledPreapproval: Handler = (sim, call) =>
  json(200, controlledView(sim, preapprovalOf(sim, call)))

/** What the payer does on the checkout: agrees, or gives another card. */
export const storeAgreement = acting(PAYER_NAMES, (sim, preapproval, input) =>
  agree(sim, preapproval, payerOf(sim, preapproval.siteId, input, preapproval.payer.email))
)

export const updateCardName = acting(
  ['cardholder_name', 'secondary'],
  (sim, preapproval, input) => {
    const name = text(input, 'cardholder_name')
    if (!name) throw new Problem(400, 'cardholder_name is needed')
    renameCard(sim, preapproval, boolean(input, 'secondary') ? 'secondaryCard' : 'card', name)
  }
)

export const storeCharge = acting([], (sim, preapproval) =>
  sim.store.transaction(() => chargeNow(sim, preapproval))
)

export const storeCancellation = acting([], (sim, preapproval) => {
  if (preapproval.status === 'cancelled') throw new InvalidSubscriptionState(preapproval, 'cancel')
  cancel(sim, preapproval, 'payer')
})

function planOf(sim: Simulator, call: Call): Plan {
  const plan = sim.subscriptions.plan(call.params.id)
  if (!plan) throw new Problem(404, `there is no plan ${call.params.id}`)
  return plan
}

/** Somebody subscribes to a plan on its checkout. */
export const storeSubscription: Handler = async (sim, call) => {
  const plan = planOf(sim, call)
  const input = inputOf(call, PAYER_NAMES)
  const payer = payerOf(sim, plan.siteId, input, 'payer@example.com')
  const { id } = refusing(() => subscribeTo(sim, plan, payer))
  await sim.catchUp()
  return json(201, controlledView(sim, sim.subscriptions.find(id)!))
}
