import { randomUUID } from 'node:crypto'
import type { Caller } from '../api/api_call.js'
import { SITES } from '../data/sites.js'
import { preferenceChanged } from '../merchant_orders/order_life.js'
import type { Attribution } from '../payments/create_payment.js'
import type { Simulator } from '../simulator.js'
import { isoTime } from '../time.js'
import type { Preference } from './preference.js'
import type { PreferenceRequest } from './preference_request.js'

function tell(sim: Simulator, preference: Preference, effect: string, at: number): void {
  const { terms } = preference
  sim.journal.effect(effect, at, {
    preference_id: preference.id,
    account_id: preference.accountId,
    client_id: preference.clientId,
    external_reference: terms.externalReference,
    currency: SITES[preference.siteId].currencyId,
    amount_minor: terms.totalMinor,
    marketplace_fee_minor: terms.marketplaceFee?.minor ?? 0,
    ends_at: terms.endsAt === null ? null : isoTime(terms.endsAt),
  })
}

export function createPreference(
  sim: Simulator,
  caller: Caller,
  request: PreferenceRequest,
  attribution: Attribution
): Preference {
  const at = sim.clock.now()
  const preference: Preference = {
    id: `${caller.id}-${randomUUID()}`,
    accountId: caller.id,
    clientId: caller.client_id,
    via: caller.via,
    siteId: caller.site_id,
    liveMode: caller.liveMode,
    createdAt: at,
    updatedAt: null,
    attribution,
    ...request,
  }
  sim.preferences.save(preference)
  tell(sim, preference, 'preference.created', at)
  return preference
}

/** Whoever changes it is asked anew, by what right an application keeps a fee. */
export function changePreference(
  sim: Simulator,
  former: Preference,
  caller: Caller,
  request: PreferenceRequest
): Preference {
  const at = sim.clock.now()
  const { via, client_id: clientId, liveMode } = caller
  const preference = { ...former, via, clientId, liveMode, updatedAt: at, ...request }
  sim.preferences.save(preference)
  tell(sim, preference, 'preference.updated', at)
  preferenceChanged(sim, preference, at)
  return preference
}
