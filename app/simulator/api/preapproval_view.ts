import { SITES } from '../data/sites.js'
import { fromMinor } from '../money.js'
import type { Simulator } from '../simulator.js'
import { outstanding } from '../subscriptions/bill.js'
import type { Invoice } from '../subscriptions/invoice.js'
import type { Preapproval } from '../subscriptions/preapproval.js'
import { wireTime } from '../time.js'

function recurringView({ siteId, terms, startAt, endAt, createdAt }: Preapproval) {
  const { currencyId, decimals } = SITES[siteId]
  const { freeTrial, billingDay, repetitions } = terms
  return {
    frequency: terms.frequency,
    frequency_type: terms.frequencyType,
    start_date: wireTime(startAt ?? createdAt),
    ...(endAt !== null && { end_date: wireTime(endAt) }),
    ...(repetitions !== null && { repetitions }),
    ...(billingDay !== null && { billing_day: billingDay }),
    billing_day_proportional: terms.billingDayProportional,
    has_billing_day: billingDay !== null,
    currency_id: currencyId,
    transaction_amount: fromMinor(terms.amountMinor, decimals),
    free_trial: freeTrial && {
      frequency: freeTrial.frequency,
      frequency_type: freeTrial.frequencyType,
    },
  }
}

function summarizedView(sim: Simulator, preapproval: Preapproval) {
  const { decimals } = SITES[preapproval.siteId]
  const { quantity, minor, lastAt, lastMinor, semaphore } = preapproval.collected
  const left = outstanding(sim, preapproval)
  return {
    quotas: preapproval.quotas,
    charged_quantity: quantity === 0 ? null : quantity,
    charged_amount: quantity === 0 ? null : fromMinor(minor, decimals),
    pending_charge_quantity: left?.quantity ?? null,
    pending_charge_amount: left && fromMinor(left.minor, decimals),
    last_charged_date: wireTime(lastAt),
    last_charged_amount: lastMinor === null ? null : fromMinor(lastMinor, decimals),
    semaphore,
  }
}

/** The subscription as `GET /preapproval/:id` answers it. */
export function preapprovalView(sim: Simulator, preapproval: Preapproval) {
  const { card, secondaryCard } = preapproval
  return {
    id: preapproval.id,
    version: preapproval.version,
    application_id: Number(preapproval.clientId),
    collector_id: preapproval.accountId,
    ...(preapproval.planId !== null && { preapproval_plan_id: preapproval.planId }),
    reason: preapproval.reason,
    external_reference: preapproval.externalReference,
    back_url: preapproval.backUrl,
    init_point: `${sim.url}/subscriptions/checkout?preapproval_id=${preapproval.id}`,
    auto_recurring: recurringView(preapproval),
    first_invoice_offset: preapproval.firstInvoiceOffset,
    payer_id: preapproval.payer.id,
    // Never told, though it was asked for.
    payer_email: '',
    card_id: card?.id ?? null,
    payment_method_id: card?.methodId ?? null,
    card_id_secondary: secondaryCard?.id ?? null,
    payment_method_id_secondary: secondaryCard?.methodId ?? null,
    next_payment_date: wireTime(preapproval.nextPaymentAt),
    date_created: wireTime(preapproval.createdAt),
    last_modified: wireTime(preapproval.updatedAt),
    summarized: summarizedView(sim, preapproval),
    status: preapproval.status,
  }
}

/** The instalment as `GET /authorized_payments/:id` answers it. */
export function invoiceView(sim: Simulator, invoice: Invoice) {
  const { siteId } = sim.subscriptions.find(invoice.preapprovalId)!
  const { currencyId, decimals } = SITES[siteId]
  const payment = invoice.paymentId === null ? undefined : sim.payments.find(invoice.paymentId)
  const isDone = invoice.status === 'processed' || invoice.status === 'cancelled'
  return {
    id: invoice.id,
    type: 'scheduled',
    date_created: wireTime(invoice.createdAt),
    last_modified: wireTime(invoice.updatedAt),
    preapproval_id: invoice.preapprovalId,
    payer_id: invoice.payerId,
    reason: invoice.reason,
    external_reference: invoice.externalReference,
    currency_id: currencyId,
    transaction_amount: fromMinor(invoice.amountMinor, decimals),
    debit_date: wireTime(invoice.debitAt),
    retry_attempt: invoice.attempts,
    next_retry_date: wireTime(invoice.status === 'recycling' ? invoice.nextTryAt : null),
    status: invoice.status,
    summarized: isDone ? 'done' : 'pending',
    payment_method_id: 'card',
    ...(payment && {
      payment: {
        id: payment.id,
        status: payment.status,
        status_detail: payment.statusDetail,
      },
    }),
    ...(payment?.status === 'rejected' && { rejection_code: payment.statusDetail }),
  }
}
