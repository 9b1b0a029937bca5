import { SITES } from '../data/sites.js'
import type { Payment } from '../payments/payment.js'
import { HOUR_MS, isoTime } from '../time.js'

const BUSINESS_INFO = {
  unit: 'online_payments',
  sub_unit: 'recurring',
  branch: 'Merchant Services',
}

/** Which subscription a charge belongs to; the check of a card names none. */
export function recurringPointOfInteraction({ recurring, siteId }: Payment) {
  if (recurring?.operation !== 'recurring_payment') {
    return { type: 'UNSPECIFIED', business_info: BUSINESS_INFO, transaction_data: {} }
  }
  const { cycle, billedAt } = recurring
  const there = isoTime(billedAt + SITES[siteId].utcOffsetHours * HOUR_MS)
  return {
    type: 'SUBSCRIPTIONS',
    business_info: BUSINESS_INFO,
    application_data: { name: 'recurring', version: null },
    transaction_data: {
      subscription_id: recurring.preapprovalId,
      plan_id: recurring.planId,
      invoice_id: String(recurring.invoiceId),
      subscription_sequence: { number: recurring.number, total: recurring.total },
      invoice_period: {
        period: cycle.frequency,
        type: cycle.frequencyType === 'days' ? 'daily' : 'monthly',
      },
      billing_date: there.slice(0, 10),
      first_time_use: recurring.number === 1,
      payment_reference: null,
      processor: null,
      user_present: null,
    },
  }
}
