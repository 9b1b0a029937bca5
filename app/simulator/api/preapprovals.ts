import { jsonBody, type Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import type { Simulator } from '../simulator.js'
import { siteOf, type Account } from '../store/accounts.js'
import { change } from '../subscriptions/change.js'
import type { Preapproval } from '../subscriptions/preapproval.js'
import { readPreapproval } from '../subscriptions/preapproval_request.js'
import { subscribe } from '../subscriptions/subscribe.js'
import { SubscriptionRefusal, invalid } from '../subscriptions/subscription_refusal.js'
import { siteMinor } from '../data/sites.js'
import { authenticated } from './api_call.js'
import { preapprovalView } from './preapproval_view.js'
import {
  addFreeText,
  orderBy,
  readFilters,
  readPage,
  type Conditions,
} from './subscription_search.js'

const FILTERS = {
  payer_id: 'payer_id',
  preapproval_plan_id: 'preapproval_plan_id',
  semaphore: 'semaphore',
  status: 'status',
}

const SORTED = [
  'date_created',
  'last_modified',
  'next_payment_date',
  'payer_id',
  'reason',
  'status',
  'transaction_amount',
] as const

/** Whose it is makes a difference here, unlike elsewhere. Throws SubscriptionRefusal. */
function ownPreapproval(sim: Simulator, account: Account, id: string): Preapproval {
  const preapproval = sim.subscriptions.find(id)
  if (!preapproval) {
    throw new SubscriptionRefusal(404, `The preapproval with id ${id} does not exist`)
  }
  if (preapproval.accountId !== account.id) {
    throw invalid('the preapprovalId is not valid for callerId')
  }
  return preapproval
}

const storePreapproval: Handler = (sim, call) => {
  const caller = authenticated(sim, call)
  const request = readPreapproval(sim, caller, jsonBody(call))
  return json(201, preapprovalView(sim, subscribe(sim, caller, request)))
}

const showPreapproval: Handler = (sim, call) => {
  const preapproval = ownPreapproval(sim, authenticated(sim, call), call.params.id)
  return json(200, preapprovalView(sim, preapproval))
}

const updatePreapproval: Handler = (sim, call) => {
  const caller = authenticated(sim, call)
  const preapproval = ownPreapproval(sim, caller, call.params.id)
  change(sim, caller, preapproval, jsonBody(call))
  return json(200, preapprovalView(sim, preapproval))
}

/** An amount that the currency does not have equals none. */
function addAmount(conditions: Conditions, call: Call, account: Account): Conditions {
  const text = call.query.get('transaction_amount')
  if (!text) return conditions
  const minor = siteMinor(Number(text), siteOf(account))
  return {
    where: `${conditions.where} and transaction_amount = ?`,
    values: [...conditions.values, minor],
  }
}

function addEmail(conditions: Conditions, call: Call): Conditions {
  const email = call.query.get('payer_email')
  if (!email) return conditions
  return {
    where: `${conditions.where} and payer_email = ?`,
    values: [...conditions.values, email.toLowerCase()],
  }
}

/** A state that does not exist finds nothing; other names than these are not looked at. */
const searchPreapprovals: Handler = (sim, call) => {
  const account = authenticated(sim, call)
  const equal = addEmail(readFilters(call, account.id, FILTERS), call)
  const filters = addAmount(equal, call, account)
  const columns = ['id', 'reason', 'payer_email', 'external_reference']
  const { where, values } = addFreeText(filters, call, columns)
  const [field, direction = 'asc'] = (call.query.get('sort') || 'date_created:desc').split(':')
  const order = orderBy(field, direction, SORTED)
  const page = readPage(call)
  const { total, found } = sim.subscriptions.search('preapprovals', where, values, order, page)
  const results = found.map((preapproval) => ({
    ...preapprovalView(sim, preapproval),
    payer_first_name: '',
    payer_last_name: '',
  }))
  return json(200, { paging: { ...page, total }, results })
}

/** Subscriptions. */
export const preapprovalRoutes: Routes = {
  'POST /preapproval': storePreapproval,
  'GET /preapproval/search': searchPreapprovals,
  'GET /preapproval/:id': showPreapproval,
  'PUT /preapproval/:id': updatePreapproval,
}
