import type { Claim } from '../disputes/chargeback.js'
import { json } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import { wireTime } from '../time.js'
import { authenticated } from './api_call.js'
import { Refusal } from './refusal.js'

function resolutionOf(claim: Claim) {
  if (claim.outcome === null) return null
  return {
    reason: claim.outcome === 'seller' ? 'payment_kept' : 'payment_refunded',
    date_created: wireTime(claim.updatedAt),
    decision: [{ benefited: claim.outcome === 'seller' ? 'respondent' : 'complainant' }],
    closed_by: 'mediator',
  }
}

function claimView(claim: Claim) {
  return {
    id: claim.id,
    resource_id: claim.paymentId,
    status: claim.outcome === null ? 'opened' : 'closed',
    type: 'mediations',
    stage: 'dispute',
    parent_id: null,
    resource: 'payment',
    reason_id: claim.reasonId,
    fulfilled: true,
    quantity_type: 'total',
    players: [
      { role: 'complainant', type: 'payer', user_id: claim.payerId, available_actions: [] },
      { role: 'respondent', type: 'collector', user_id: claim.accountId, available_actions: [] },
    ],
    resolution: resolutionOf(claim),
    site_id: claim.siteId,
    date_created: wireTime(claim.createdAt),
    last_updated: wireTime(claim.updatedAt),
  }
}

const showClaim: Handler = (sim, call) => {
  const account = authenticated(sim, call)
  const claim = sim.disputes.claim(Number(call.params.id))
  if (claim?.accountId !== account.id) {
    const message = 'Claim not found'
    throw new Refusal(404, { message, error: 'not_found', status: 404, cause: [] })
  }
  return json(200, claimView(claim))
}

export const claimRoutes: Routes = { 'GET /post-purchase/v1/claims/:id': showClaim }
