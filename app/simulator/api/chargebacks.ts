import { SITES } from '../data/sites.js'
import type { Chargeback } from '../disputes/chargeback.js'
import { document } from '../disputes/documents.js'
import { filesOf, type Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import { fromMinor } from '../money.js'
import type { Simulator } from '../simulator.js'
import { wireTime } from '../time.js'
import { authenticated } from './api_call.js'
import { ApiError } from './api_error.js'
import { Refusal } from './refusal.js'
import { wholeNumber } from './search.js'

const DEFAULT_LIMIT = 30
const MAX_LIMIT = 100

function missing(): Refusal {
  const message = 'Chargeback not found'
  return new Refusal(404, { message, error: 'not_found', status: 404, cause: [] })
}

/** By its own id, or by that of the payment. Throws Refusal. */
function chargebackOf(sim: Simulator, call: Call): Chargeback {
  const account = authenticated(sim, call)
  const { id } = call.params
  const chargeback = sim.disputes.chargeback(id) ?? sim.disputes.chargebackOf(Number(id))
  if (chargeback?.accountId !== account.id) throw missing()
  return chargeback
}

function statusOf({ coverageApplied, documentationStatus }: Chargeback): string {
  if (coverageApplied !== null) return coverageApplied ? 'won' : 'lost'
  return documentationStatus === 'review_pending' ? 'in_review' : 'new'
}

/** The names that the official packages know, beside those of the reference. */
function officialView(chargeback: Chargeback, currencyId: string) {
  return {
    payment_id: chargeback.paymentId,
    status: statusOf(chargeback),
    currency_id: currencyId,
    reason_id: chargeback.reason,
    last_modified: wireTime(chargeback.updatedAt),
  }
}

function chargebackView(sim: Simulator, chargeback: Chargeback) {
  const { currencyId, decimals } = SITES[chargeback.siteId]
  return {
    id: chargeback.id,
    payments: [chargeback.paymentId],
    currency: currencyId,
    amount: fromMinor(chargeback.amountMinor, decimals),
    reason: chargeback.reason,
    coverage_applied: chargeback.coverageApplied,
    coverage_elegible: chargeback.coverageEligible,
    documentation_required: chargeback.documentationRequired,
    documentation_status: chargeback.documentationStatus,
    documentation: chargeback.documentation.map(({ id, type, name }) => ({
      type,
      url: `${sim.url}/v1/chargebacks/documentation/other/${id}`,
      description: `File: ${name}`,
    })),
    date_documentation_deadline: wireTime(chargeback.deadlineAt),
    date_created: wireTime(chargeback.createdAt),
    date_last_updated: wireTime(chargeback.updatedAt),
    live_mode: chargeback.liveMode,
    ...officialView(chargeback, currencyId),
  }
}

const showChargeback: Handler = (sim, call) =>
  json(200, chargebackView(sim, chargebackOf(sim, call)))

function readPaymentId(call: Call): number | null {
  const id = call.query.get('payment_id')
  if (id !== null && !/^\d{1,15}$/.test(id)) throw new ApiError(1, '[payment_id]')
  return id === null ? null : Number(id)
}

const searchChargebacks: Handler = (sim, call) => {
  const account = authenticated(sim, call)
  const limit = wholeNumber(call, 'limit', DEFAULT_LIMIT, MAX_LIMIT)
  const offset = wholeNumber(call, 'offset', 0, Number.MAX_SAFE_INTEGER)
  const paymentId = readPaymentId(call)
  const found = sim.disputes.searchChargebacks(account.id, paymentId, limit, offset)
  const results = found.chargebacks.map((chargeback) => chargebackView(sim, chargeback))
  return json(200, { paging: { total: found.total, limit, offset }, results })
}

const storeDocumentation: Handler = async (sim, call) => {
  const { id } = chargebackOf(sim, call)
  const files = await filesOf(call)
  // Whoever else was heard while the files were read may have changed the case.
  const chargeback = sim.disputes.chargeback(id)!
  document(sim, chargeback, files)
  return json(200, chargebackView(sim, chargeback))
}

const showDocument: Handler = (sim, call) => {
  const account = authenticated(sim, call)
  const stored = sim.disputes.document(call.params.id)
  const chargeback = stored && sim.disputes.chargeback(stored.chargeback_id)
  if (!stored || chargeback?.accountId !== account.id) throw missing()
  return { status: 200, headers: { 'content-type': stored.type }, body: stored.content }
}

export const chargebackRoutes: Routes = {
  'GET /v1/chargebacks/search': searchChargebacks,
  'GET /v1/chargebacks/:id': showChargeback,
  'POST /v1/chargebacks/:id/documentation': storeDocumentation,
  'GET /v1/chargebacks/documentation/other/:id': showDocument,
}
