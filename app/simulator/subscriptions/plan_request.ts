import type { Caller } from '../api/api_call.js'
import { SITES } from '../data/sites.js'
import { fromMinor } from '../money.js'
import { isObject, type Body } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import { siteOf } from '../store/accounts.js'
import {
  checkCurrency,
  isMissing,
  readAmount,
  readBackUrl,
  readCycle,
  readObject,
  readText,
  readTrial,
  readWhole,
  required,
} from './fields.js'
import { newId } from './new_id.js'
import type { MethodsAllowed, Plan, Terms } from './plan.js'
import { editSubscribersOf } from './edit.js'
import { recordPlan } from './record.js'
import { invalid } from './subscription_refusal.js'

const MAX_REPETITIONS = 1200
const LAST_BILLING_DAY = 28

function readTerms(recurring: Body, siteId: string): Terms {
  const site = SITES[siteId]
  const cycle = readCycle(recurring)
  const amountMinor = required(readAmount(recurring, site), 'transaction_amount')
  checkCurrency(recurring, site)
  const { billing_day_proportional: proportional } = recurring
  if (!isMissing(proportional) && typeof proportional !== 'boolean') {
    throw invalid('Parameters passed are invalid')
  }
  const billingDay = readWhole(recurring, 'billing_day', 1, LAST_BILLING_DAY)
  if (cycle.frequencyType !== 'months' && (billingDay !== null || proportional === true)) {
    throw invalid('Only monthly frequencies are able to receive billing day or proportional')
  }
  return {
    ...cycle,
    amountMinor,
    freeTrial: readTrial(recurring),
    repetitions: readWhole(recurring, 'repetitions', 1, MAX_REPETITIONS),
    billingDay,
    billingDayProportional: billingDay !== null && proportional === true,
  }
}

function readIds(allowed: Body, name: string): string[] {
  const list = allowed[name]
  if (isMissing(list)) return []
  if (!Array.isArray(list)) throw invalid('Parameters passed are invalid')
  const ids = list.map((one) => (isObject(one) ? one.id : null))
  if (ids.some((id) => !isMissing(id) && typeof id !== 'string')) {
    throw invalid('Parameters passed are invalid')
  }
  return ids.filter((id): id is string => typeof id === 'string')
}

function readMethods(body: Body): MethodsAllowed | null {
  const allowed = readObject(body, 'payment_methods_allowed')
  if (!allowed) return null
  return { types: readIds(allowed, 'payment_types'), methods: readIds(allowed, 'payment_methods') }
}

/** Throws SubscriptionRefusal. */
export function createPlan(sim: Simulator, caller: Caller, body: unknown): Plan {
  if (!isObject(body)) throw invalid('Parameters passed are invalid')
  const at = sim.clock.now()
  const recurring = required(readObject(body, 'auto_recurring'), 'auto_recurring')
  const plan: Plan = {
    id: newId(),
    accountId: caller.id,
    clientId: caller.client_id,
    siteId: siteOf(caller).id,
    status: 'active',
    version: 0,
    reason: required(readText(body, 'reason'), 'reason'),
    backUrl: required(readBackUrl(body, caller), 'back_url'),
    externalReference: readText(body, 'external_reference'),
    terms: readTerms(recurring, caller.site_id),
    methodsAllowed: readMethods(body),
    liveMode: caller.liveMode,
    createdAt: at,
    updatedAt: at,
  }
  recordPlan(sim, plan, at)
  return plan
}

function readStatus(body: Body): Plan['status'] | null {
  const status = readText(body, 'status')
  if (status === null || status === 'active' || status === 'cancelled') return status
  throw invalid('Invalid value for status')
}

/** What a change leaves out stays, but for a trial beside another frequency. */
function mergedTerms(plan: Plan, changes: Body): Terms {
  const { terms } = plan
  const touchesCycle = 'frequency' in changes || 'frequency_type' in changes
  if (touchesCycle && terms.freeTrial && !('free_trial' in changes)) {
    throw invalid('The free trial property must be sent')
  }
  const { currencyId, decimals } = SITES[plan.siteId]
  const whole = {
    frequency: terms.frequency,
    frequency_type: terms.frequencyType,
    transaction_amount: fromMinor(terms.amountMinor, decimals),
    currency_id: currencyId,
    repetitions: terms.repetitions,
    billing_day: terms.billingDay,
    billing_day_proportional: terms.billingDayProportional,
    free_trial: terms.freeTrial && {
      frequency: terms.freeTrial.frequency,
      frequency_type: terms.freeTrial.frequencyType,
    },
    ...changes,
  }
  return readTerms(whole, plan.siteId)
}

/** Another amount or reason counts for its subscribers too, the rest for new ones. Throws SubscriptionRefusal. */
export function changePlan(sim: Simulator, caller: Caller, plan: Plan, body: unknown): void {
  if (!isObject(body)) throw invalid('Parameters passed are invalid')
  if (plan.status === 'cancelled') throw invalid('You can not modify a cancelled preapproval plan.')
  const recurring = readObject(body, 'auto_recurring')
  const changed: Plan = {
    ...plan,
    status: readStatus(body) ?? plan.status,
    version: plan.version + 1,
    reason: readText(body, 'reason') ?? plan.reason,
    backUrl: readBackUrl(body, caller) ?? plan.backUrl,
    externalReference: readText(body, 'external_reference') ?? plan.externalReference,
    terms: recurring ? mergedTerms(plan, recurring) : plan.terms,
    methodsAllowed: readMethods(body) ?? plan.methodsAllowed,
  }
  Object.assign(plan, changed)
  recordPlan(sim, plan, sim.clock.now())
  editSubscribersOf(sim, plan)
}
