import { payoutView } from '../api/payout_view.js'
import type { Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { OUTCOME_NAMES, type OutcomeName } from '../payouts/outcomes.js'
import type { Payout } from '../payouts/payout.js'
import { settlePayout } from '../payouts/payout_life.js'
import { ed25519Key } from '../payouts/signature.js'
import type { PayoutAccess } from '../scenario.js'
import type { Simulator } from '../simulator.js'
import type { Application } from '../store/accounts.js'
import { boolean, inputOf, oneOf, queryInteger, text, type Input } from './input.js'
import { accountOf } from './movements.js'
import { Problem } from './problem.js'

export function payoutOf(sim: Simulator, call: Call): Payout {
  const payout = sim.payouts.find(call.params.id)
  if (!payout) throw new Problem(404, `there is no payout ${call.params.id}`)
  return payout
}

export const listControlledPayouts: Handler = (sim, call) => {
  const payouts = sim.payouts.latest(
    accountOf(sim, call).id,
    queryInteger(call, 'limit', 100, 1000)
  )
  return json(200, payouts.map(payoutView))
}

export const showControlledPayout: Handler = (sim, call) =>
  json(200, payoutView(payoutOf(sim, call)))

/** Throws InvalidPayoutState. */
export function decide(sim: Simulator, payout: Payout, outcome: OutcomeName): void {
  sim.store.transaction(() => settlePayout(sim, payout, outcome, sim.clock.now()))
}

/** Answers with the payout once what it caused was notified, or at least attempted. */
export const storePayoutOutcome: Handler = async (sim, call) => {
  const payout = payoutOf(sim, call)
  const outcome = oneOf(inputOf(call, ['outcome']), 'outcome', OUTCOME_NAMES)
  if (!outcome) throw new Problem(400, `outcome is needed: one of ${OUTCOME_NAMES.join(', ')}`)
  decide(sim, payout, outcome)
  await sim.catchUp()
  return json(200, payoutView(sim.payouts.find(payout.id)!))
}

/** Throws Problem. */
export function readAccess(input: Input, former: PayoutAccess): PayoutAccess {
  const publicKey = text(input, 'public_key')
  if (publicKey !== undefined && !ed25519Key(publicKey)) {
    throw new Problem(400, 'public_key must be the PEM of a public Ed25519 key')
  }
  return {
    allowed: boolean(input, 'allowed') ?? former.allowed,
    public_key: 'public_key' in input ? (publicKey ?? null) : former.public_key,
  }
}

/** Throws Problem. */
export function grantPayouts(sim: Simulator, clientId: string, input: Input): Application {
  const application = sim.accounts.application(clientId)
  if (!application) throw new Problem(404, `there is no application ${clientId}`)
  const former = application.payouts ?? { allowed: false, public_key: null }
  const payouts = readAccess(input, former)
  return sim.accounts.saveApplication({ ...application, payouts })
}

/** A `public_key` of null removes it. */
export const updatePayoutAccess: Handler = (sim, call) =>
  json(200, grantPayouts(sim, call.params.id, inputOf(call, ['allowed', 'public_key'])))
