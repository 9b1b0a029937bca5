import type { Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import type { Simulator } from '../simulator.js'
import { SubscriptionRefusal, invalid } from '../subscriptions/subscription_refusal.js'
import { authenticated } from './api_call.js'
import { invoiceView } from './preapproval_view.js'
import { readFilters, readPage, type Conditions } from './subscription_search.js'

const FILTERS = { id: 'id', preapproval_id: 'preapproval_id', payer_id: 'payer_id' }

const showAuthorizedPayment: Handler = (sim, call) => {
  const account = authenticated(sim, call)
  const { id } = call.params
  const invoice = /^\d{1,15}$/.test(id) ? sim.subscriptions.invoice(Number(id)) : undefined
  if (invoice?.accountId !== account.id) {
    throw new SubscriptionRefusal(404, `The authorized payment with id ${id} does not exist`)
  }
  return json(200, invoiceView(sim, invoice))
}

/** Any of the payments that tried to collect it leads to an instalment. */
function addPayment(conditions: Conditions, sim: Simulator, call: Call): Conditions {
  const id = call.query.get('payment_id')
  if (!id) return conditions
  const recurring = sim.payments.find(Number(id))?.recurring
  const isInstalment = recurring?.operation === 'recurring_payment'
  return {
    where: `${conditions.where} and id = ?`,
    values: [...conditions.values, isInstalment ? recurring.invoiceId : null],
  }
}

const searchAuthorizedPayments: Handler = (sim, call) => {
  const account = authenticated(sim, call)
  const names = [...Object.keys(FILTERS), 'payment_id']
  if (!names.some((name) => call.query.get(name))) {
    throw invalid(`At least one of the filters is required: ${names.join(', ')}`)
  }
  const { where, values } = addPayment(readFilters(call, account.id, FILTERS), sim, call)
  const page = readPage(call)
  const { total, found } = sim.subscriptions.search('invoices', where, values, 'id', page)
  const results = found.map((invoice) => invoiceView(sim, invoice))
  return json(200, { paging: { ...page, total }, results })
}

/** Instalments, which are invoices in the words of the documentation. */
export const authorizedPaymentRoutes: Routes = {
  'GET /authorized_payments/search': searchAuthorizedPayments,
  'GET /authorized_payments/:id': showAuthorizedPayment,
}
