import { SITES } from '../data/sites.js'
import { fromMinor } from '../money.js'
import type { Simulator } from '../simulator.js'
import type { Cycle } from '../subscriptions/cycle.js'
import type { Plan } from '../subscriptions/plan.js'
import { wireTime } from '../time.js'

const DAYS_OF_A_MONTH = 30

function trialView({ frequency, frequencyType }: Cycle) {
  const days = frequencyType === 'days' ? frequency : frequency * DAYS_OF_A_MONTH
  return { frequency, frequency_type: frequencyType, first_invoice_offset: days }
}

function recurringView({ siteId, terms }: Plan) {
  const { currencyId, decimals } = SITES[siteId]
  return {
    frequency: terms.frequency,
    frequency_type: terms.frequencyType,
    ...(terms.repetitions !== null && { repetitions: terms.repetitions }),
    ...(terms.billingDay !== null && { billing_day: terms.billingDay }),
    billing_day_proportional: terms.billingDayProportional,
    ...(terms.freeTrial && { free_trial: trialView(terms.freeTrial) }),
    transaction_amount: fromMinor(terms.amountMinor, decimals),
    currency_id: currencyId,
  }
}

const idOf = (id: string) => ({ id })

/** The plan as `GET /preapproval_plan/:id` answers it. */
export function planView(sim: Simulator, plan: Plan) {
  const { methodsAllowed } = plan
  return {
    id: plan.id,
    application_id: Number(plan.clientId),
    collector_id: plan.accountId,
    reason: plan.reason,
    auto_recurring: recurringView(plan),
    payment_methods_allowed: {
      payment_types: (methodsAllowed?.types ?? []).map(idOf),
      payment_methods: (methodsAllowed?.methods ?? []).map(idOf),
    },
    back_url: plan.backUrl,
    external_reference: plan.externalReference,
    init_point: `${sim.url}/subscriptions/checkout?preapproval_plan_id=${plan.id}`,
    date_created: wireTime(plan.createdAt),
    last_modified: wireTime(plan.updatedAt),
    status: plan.status,
  }
}
