import { openAccount } from '../accounts/new_account.js'
import { SITES } from '../data/sites.js'
import { jsonBody } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import { isObject } from '../payments/payment_request.js'
import { wireTime } from '../time.js'
import { authenticated } from './api_call.js'
import { Refusal } from './refusal.js'

const MAX_TEST_USERS = 10

function refuse(message: string): never {
  throw new Refusal(400, { message, error: 'bad_request', status: 400, cause: [] })
}

/** A user that pays and charges among its like, of any site. */
export const storeTestUser: Handler = (sim, call) => {
  const caller = authenticated(sim, call)
  const body = jsonBody(call)
  if (!isObject(body)) refuse('the body must be a JSON object')
  const { site_id: siteId, description = '' } = body
  if (typeof siteId !== 'string' || !Object.hasOwn(SITES, siteId)) refuse('site_id is invalid')
  if (typeof description !== 'string') refuse('description must be a string')
  if (sim.accounts.madeBy(caller.id) >= MAX_TEST_USERS) {
    refuse(`no more than ${MAX_TEST_USERS} test users`)
  }
  const id = sim.store.nextId('payer')
  const user = openAccount(sim, {
    id,
    site_id: siteId,
    nickname: `TEST${id.toString(36).toUpperCase()}`,
    made_by: caller.id,
  })
  const at = wireTime(user.created_at)
  return json(201, {
    id: user.id,
    nickname: user.nickname,
    password: `qatest${String(id).slice(-4)}`,
    site_status: 'active',
    site_id: siteId,
    description,
    email: user.email,
    date_created: at,
    date_last_updated: at,
  })
}

/** The older path still stands in many guides. */
export const testUserRoutes: Routes = {
  'POST /users/test': storeTestUser,
  'POST /users/test_user': storeTestUser,
}
