import type { Routes } from '../http/router.js'
import { moveClock, showClock } from './clock.js'
import * as payments from './payments.js'

/** What only the simulator has: `docs/simulator.md` describes each. */
export const controlRoutes: Routes = {
  'GET /_simulator/clock': showClock,
  'POST /_simulator/clock': moveClock,

  'GET /_simulator/payments/:id': payments.showControlledPayment,
  'POST /_simulator/payments/:id/pay': payments.payPayment,
  'POST /_simulator/payments/:id/expire': payments.expirePayment,
  'POST /_simulator/payments/:id/refunds': payments.refundPayment,
  'POST /_simulator/payments/:id/chargebacks': payments.storeChargeback,
  'POST /_simulator/payments/:id/chargebacks/settle': payments.storeChargebackSettlement,
  'POST /_simulator/payments/:id/chargebacks/reimburse': payments.storeChargebackReimbursement,
  'POST /_simulator/payments/:id/mediations': payments.storeMediation,
  'POST /_simulator/payments/:id/mediations/win': payments.storeMediationVictory,
  'POST /_simulator/payments/:id/mediations/lose': payments.storeMediationLoss,
}
