import { jsonBody, type Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import { changePreference, createPreference } from '../preferences/keep_preference.js'
import type { Preference } from '../preferences/preference.js'
import { NamedRefusal } from '../preferences/preference_refusal.js'
import { readPreferenceRequest } from '../preferences/preference_request.js'
import type { Simulator } from '../simulator.js'
import { callerOf, type Caller } from './api_call.js'
import { elements, filtersOf, pageOf } from './elements.js'
import { attributionOf } from './payments.js'
import { preferenceElement } from './preference_element.js'
import { preferenceView } from './preference_view.js'

const FILTERS = {
  external_reference: 'external_reference = ?',
  site_id: `data ->> '$.siteId' = ?`,
  sponsor_id: `cast(coalesce(data ->> '$.terms.sponsorId', 0) as text) = ?`,
  marketplace: `iif(data ->> '$.via' = 'authorization_code',
    'MP-MKT-' || (data ->> '$.clientId'), 'NONE') = ?`,
}

/** Throws NamedRefusal `invalid_access_token`. */
function requireCaller(sim: Simulator, call: Call): Caller {
  const caller = callerOf(sim, call)
  if (!caller) throw new NamedRefusal('invalid_access_token', 'access denied', 401)
  return caller
}

/** Of this seller; another's is as missing as one that never was. Throws NamedRefusal `invalid_id`. */
function ownPreference(sim: Simulator, caller: Caller, id: string): Preference {
  const preference = sim.preferences.find(id)
  if (preference?.accountId !== caller.id) {
    throw new NamedRefusal('invalid_id', 'preference_id not found', 404)
  }
  return preference
}

const storePreference: Handler = (sim, call) => {
  const caller = requireCaller(sim, call)
  const request = readPreferenceRequest(sim, caller, jsonBody(call))
  const preference = sim.store.transaction(() =>
    createPreference(sim, caller, request, attributionOf(call))
  )
  return json(201, preferenceView(sim, preference))
}

const showPreference: Handler = (sim, call) => {
  const preference = ownPreference(sim, requireCaller(sim, call), call.params.id)
  return json(200, preferenceView(sim, preference))
}

const updatePreference: Handler = (sim, call) => {
  const caller = requireCaller(sim, call)
  const former = ownPreference(sim, caller, call.params.id)
  const request = readPreferenceRequest(sim, caller, jsonBody(call), former.body)
  const preference = sim.store.transaction(() => changePreference(sim, former, caller, request))
  return json(200, preferenceView(sim, preference))
}

const searchPreferences: Handler = (sim, call) => {
  const caller = requireCaller(sim, call)
  const { limit, offset } = pageOf(call)
  const { where, values } = filtersOf(call, FILTERS)
  const all = [caller.id, ...values]
  const { found, total } = sim.preferences.search(`account_id = ?${where}`, all, limit, offset)
  return json(200, elements(found.map(preferenceElement), total, offset))
}

export const preferenceRoutes: Routes = {
  'POST /checkout/preferences': storePreference,
  'GET /checkout/preferences/search': searchPreferences,
  'GET /checkout/preferences/:id': showPreference,
  'PUT /checkout/preferences/:id': updatePreference,
}
