import { setTimeout as wait } from 'node:timers/promises'
import { jsonBody, type Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import { createPayout } from '../payouts/create_payout.js'
import { PayoutRefusal } from '../payouts/payout_refusal.js'
import { readPayoutRequest } from '../payouts/payout_request.js'
import { checkSignature } from '../payouts/signature.js'
import type { Simulator } from '../simulator.js'
import type { Account } from '../store/accounts.js'
import { MINUTE_MS } from '../time.js'
import { authenticated } from './api_call.js'
import { once } from './idempotent.js'
import { payoutView } from './payout_view.js'

const SITES_WITH_PAYOUTS = ['MLB', 'MLC']
const TIMEOUT_MS = 2 * MINUTE_MS
const POLL_MS = 50

/** Mercado Pago lets only those send money whom it has agreed with. Throws PayoutRefusal. */
function requireAccess(sim: Simulator, account: Account, call: Call): void {
  if (!SITES_WITH_PAYOUTS.includes(account.site_id)) {
    throw new PayoutRefusal(400, 'invalid_site', 'Invalid site')
  }
  const access = sim.accounts.application(account.client_id)?.payouts
  if (!access?.allowed) {
    throw new PayoutRefusal(400, 'client_not_allowed', 'client id not allowed')
  }
  checkSignature(call, access.public_key)
}

/** Until the clock passed it, or as long in real time should the clock go back. */
async function hold(sim: Simulator, ms: number): Promise<void> {
  const until = sim.clock.now() + ms
  const realUntil = performance.now() + ms
  while (sim.clock.now() < until && performance.now() < realUntil) {
    await wait(POLL_MS, undefined, { ref: false })
  }
}

export const processPayout: Handler = async (sim, call) => {
  const account = authenticated(sim, call)
  requireAccess(sim, account, call)
  let isSlow = false
  const work = () => {
    const request = readPayoutRequest(jsonBody(call), account)
    if (request.externalReference === 'internal_server_error') {
      const message = 'There was an error communicating with transaction_intent'
      throw new PayoutRefusal(500, 'internal_server_error', message)
    }
    isSlow = request.externalReference === 'timeout'
    return payoutView(createPayout(sim, account, request))
  }
  const reply = once(sim, call, account, 'payout', work, 202)
  if (isSlow) await hold(sim, TIMEOUT_MS)
  return reply
}

export const showPayout: Handler = (sim, call) => {
  const account = authenticated(sim, call)
  const payout = sim.payouts.find(call.params.id)
  if (payout?.accountId !== account.id) {
    throw new PayoutRefusal(404, 'not_found', 'transaction intent not found')
  }
  return json(200, payoutView(payout))
}

export const payoutRoutes: Routes = {
  'POST /v1/transaction-intents/process': processPayout,
  'GET /v1/transaction-intents/:id': showPayout,
}
