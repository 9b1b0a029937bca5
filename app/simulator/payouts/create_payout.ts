import { netOf } from '../balance/parts.js'
import type { Simulator } from '../simulator.js'
import { siteOf, type Account } from '../store/accounts.js'
import { OUTCOMES, isOutcome, type OutcomeName } from './outcomes.js'
import type { Payout } from './payout.js'
import { openPayout, partsSent, refusePayout, settlePayout } from './payout_life.js'
import type { PayoutRequest } from './payout_request.js'
import { ulid } from './ulid.js'

function draftOf(account: Account, request: PayoutRequest, at: number): Payout {
  const site = siteOf(account)
  return {
    id: `${account.id}-${ulid(at)}`,
    accountId: account.id,
    clientId: account.client_id,
    siteId: site.id,
    currencyId: site.currencyId,
    status: 'new',
    statusDetail: '',
    feeMinor: account.settings.payout_fee_minor,
    returnedMinor: 0,
    createdAt: at,
    updatedAt: at,
    dueAt: null,
    ...request,
  }
}

/** The reference decides, as in Mercado Pago's own test mode; then the account's settings. */
function wantedOutcome(account: Account, reference: string | null): OutcomeName {
  if (isOutcome(reference)) return reference
  const { payout_outcome: chosen, payout_seconds: seconds } = account.settings
  return chosen ?? (seconds > 0 ? 'in_process' : 'processed')
}

/** Takes the money unless the payout fails at once, as it does without enough of it. */
export function createPayout(sim: Simulator, account: Account, request: PayoutRequest): Payout {
  const at = sim.clock.now()
  const payout = draftOf(account, request, at)
  const { availableMinor } = sim.balances.of(account.id)
  const isCovered = availableMinor + netOf(partsSent(payout)) >= 0
  const wanted = wantedOutcome(account, request.externalReference)
  const outcome = isCovered ? wanted : 'failed_insufficient_funds'
  if (OUTCOMES[outcome].status === 'failed') {
    refusePayout(sim, payout, outcome)
    return payout
  }
  openPayout(sim, payout)
  if (outcome !== 'new') settlePayout(sim, payout, outcome, at)
  return payout
}
