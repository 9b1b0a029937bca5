import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import type { Claim } from './chargeback.js'

/** Product not received. */
const USUAL_REASON = 'PNR3430'

export function openClaim(sim: Simulator, payment: Payment, reasonId = USUAL_REASON): Claim {
  const at = sim.clock.now()
  const claim: Claim = {
    id: sim.store.nextId('claim'),
    paymentId: payment.id,
    accountId: payment.collectorId,
    clientId: payment.clientId,
    siteId: payment.siteId,
    payerId: payment.payer.id,
    reasonId,
    outcome: null,
    liveMode: payment.liveMode,
    createdAt: at,
    updatedAt: at,
  }
  save(sim, claim, 'created')
  return claim
}

export function closeClaim(sim: Simulator, payment: Payment, outcome: 'seller' | 'payer'): Claim {
  const claim = { ...sim.disputes.claimOf(payment.id)!, outcome, updatedAt: sim.clock.now() }
  save(sim, claim, 'updated')
  return claim
}

function save(sim: Simulator, claim: Claim, action: 'created' | 'updated'): void {
  sim.disputes.saveClaim(claim)
  const { accountId, clientId, updatedAt: at } = claim
  const url = sim.accounts.application(clientId)?.webhook_url
  if (!url) return
  const dataId = String(claim.id)
  const topic = 'topic_claims_integration_wh'
  sim.notifier.announce({ accountId, clientId, url, topic, dataId, action: '' }, at, {
    action: undefined,
    actions: [action],
    application_id: Number(clientId),
    data: { id: dataId, resource: `/post-purchase/v1/claims/${dataId}` },
    live_mode: claim.liveMode,
    version: Math.floor(at / 1000),
  })
}
