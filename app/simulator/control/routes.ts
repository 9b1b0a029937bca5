import type { Routes } from '../http/router.js'
import { listAccounts, storeAccount, updateAccount } from './accounts.js'
import { listApplications, storeApplication, updateApplication } from './applications.js'
import { moveClock, showClock } from './clock.js'
import { destroyConnection, listControlledConnections, storeConsent } from './connections.js'
import * as deliveries from './deliveries.js'
import { destroyFault, destroyFaults, listFaults, storeFault } from './faults.js'
import { listMovements, showBalance, storeMovement } from './movements.js'
import * as payments from './payments.js'
import * as payouts from './payouts.js'
import * as preapprovals from './preapprovals.js'
import { payPreference } from './preferences.js'
import { listJournal, storeReset } from './state.js'

/** What only the simulator has: `docs/simulator.md` describes each. */
export const controlRoutes: Routes = {
  'GET /_simulator/clock': showClock,
  'POST /_simulator/clock': moveClock,

  'GET /_simulator/accounts': listAccounts,
  'POST /_simulator/accounts': storeAccount,
  'PATCH /_simulator/accounts/:id': updateAccount,
  'GET /_simulator/applications': listApplications,
  'POST /_simulator/applications': storeApplication,
  'PATCH /_simulator/applications/:id': updateApplication,
  'POST /_simulator/applications/:id/consents': storeConsent,
  'GET /_simulator/accounts/:id/connections': listControlledConnections,
  'DELETE /_simulator/accounts/:id/connections/:clientId': destroyConnection,

  'GET /_simulator/payments/:id': payments.showControlledPayment,
  'POST /_simulator/payments/:id/pay': payments.payPayment,
  'POST /_simulator/payments/:id/approve': payments.approvePayment,
  'POST /_simulator/payments/:id/reject': payments.rejectPayment,
  'POST /_simulator/payments/:id/expire': payments.expirePayment,
  'POST /_simulator/payments/:id/cancel': payments.cancelPayment,
  'POST /_simulator/payments/:id/refunds': payments.refundPayment,
  'POST /_simulator/payments/:id/refunds/:refundId/approve': payments.approveRefund,
  'POST /_simulator/payments/:id/refunds/:refundId/reject': payments.rejectRefund,
  'POST /_simulator/payments/:id/chargebacks': payments.storeChargeback,
  'POST /_simulator/payments/:id/chargebacks/settle': payments.storeChargebackSettlement,
  'POST /_simulator/payments/:id/chargebacks/reimburse': payments.storeChargebackReimbursement,
  'POST /_simulator/payments/:id/mediations': payments.storeMediation,
  'POST /_simulator/payments/:id/mediations/win': payments.storeMediationVictory,
  'POST /_simulator/payments/:id/mediations/lose': payments.storeMediationLoss,

  'POST /_simulator/preferences/:id/pay': payPreference,

  'GET /_simulator/accounts/:id/preapprovals': preapprovals.listControlledPreapprovals,
  'GET /_simulator/preapprovals/:id': preapprovals.showControlledPreapproval,
  'POST /_simulator/preapprovals/:id/authorize': preapprovals.storeAgreement,
  'POST /_simulator/preapprovals/:id/card': preapprovals.updateCardName,
  'POST /_simulator/preapprovals/:id/charge': preapprovals.storeCharge,
  'POST /_simulator/preapprovals/:id/cancel': preapprovals.storeCancellation,
  'POST /_simulator/preapproval_plans/:id/subscriptions': preapprovals.storeSubscription,

  'GET /_simulator/accounts/:id/balance': showBalance,
  'GET /_simulator/accounts/:id/movements': listMovements,
  'POST /_simulator/accounts/:id/movements': storeMovement,
  'GET /_simulator/accounts/:id/payouts': payouts.listControlledPayouts,
  'PATCH /_simulator/applications/:id/payouts': payouts.updatePayoutAccess,
  'GET /_simulator/payouts/:id': payouts.showControlledPayout,
  'POST /_simulator/payouts/:id/outcome': payouts.storePayoutOutcome,

  'GET /_simulator/deliveries': deliveries.listDeliveries,
  'POST /_simulator/deliveries/flush': deliveries.storeFlush,
  'POST /_simulator/deliveries/:id/redeliver': deliveries.storeRedelivery,
  'POST /_simulator/notifications': deliveries.storeNotification,

  'GET /_simulator/faults': listFaults,
  'POST /_simulator/faults': storeFault,
  'DELETE /_simulator/faults': destroyFaults,
  'DELETE /_simulator/faults/:id': destroyFault,

  'GET /_simulator/journal': listJournal,
  'POST /_simulator/reset': storeReset,
}
