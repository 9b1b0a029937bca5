import { jsonBody } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import { changePlan, createPlan } from '../subscriptions/plan_request.js'
import { findPlan } from '../subscriptions/preapproval_request.js'
import { authenticated } from './api_call.js'
import { planView } from './plan_view.js'
import { addFreeText, orderBy, readFilters, readPage } from './subscription_search.js'

const SORTED = ['date_created', 'last_modified', 'reason', 'status'] as const

const storePlan: Handler = (sim, call) => {
  const caller = authenticated(sim, call)
  const body = jsonBody(call)
  const plan = sim.store.transaction(() => createPlan(sim, caller, body))
  return json(201, planView(sim, plan))
}

const showPlan: Handler = (sim, call) => {
  const { id } = authenticated(sim, call)
  return json(200, planView(sim, findPlan(sim, id, call.params.id)))
}

const updatePlan: Handler = (sim, call) => {
  const caller = authenticated(sim, call)
  const plan = findPlan(sim, caller.id, call.params.id)
  const body = jsonBody(call)
  sim.store.transaction(() => changePlan(sim, caller, plan, body))
  return json(200, planView(sim, plan))
}

const searchPlans: Handler = (sim, call) => {
  const { id } = authenticated(sim, call)
  const filters = readFilters(call, id, { status: 'status' })
  const { where, values } = addFreeText(filters, call, ['reason'])
  const field = call.query.get('sort') || 'date_created'
  const order = orderBy(field, call.query.get('criteria') || 'desc', SORTED)
  const page = readPage(call)
  const { total, found } = sim.subscriptions.search('plans', where, values, order, page)
  const results = found.map((plan) => ({
    ...planView(sim, plan),
    subscribed: sim.subscriptions.countOfPlan(plan.id),
  }))
  return json(200, { paging: { ...page, total }, results })
}

/** Templates of subscriptions. */
export const planRoutes: Routes = {
  'POST /preapproval_plan': storePlan,
  'GET /preapproval_plan/search': searchPlans,
  'GET /preapproval_plan/:id': showPlan,
  'PUT /preapproval_plan/:id': updatePlan,
}
