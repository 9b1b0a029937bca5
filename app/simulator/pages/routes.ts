import type { Routes } from '../http/router.js'
import { showBank, storeBankPayment } from './bank.js'
import { checkoutRoutes } from './checkout.js'
import { showClockPage, storeClockMove } from './clock.js'
import { listConnections, storeConnectionRemoval } from './connections.js'
import { listFaultsPage, storeFaultPage, storeFaultRemoval } from './faults.js'
import { showHome, storeWebhookAddress } from './home.js'
import * as logs from './logs.js'
import { showMoney, storeMoney } from './money.js'
import { listOrdersPage, showOrderPage } from './orders.js'
import * as payouts from './payouts.js'
import * as reports from './reports.js'
import * as review from './review.js'
import { listPayments, showPaymentPage, storePaymentAction } from './payments.js'
import { subscriptionCheckoutRoutes } from './subscription_checkout.js'
import { subscriptionRoutes } from './subscriptions.js'
import { storeRefundDecision } from './refunds.js'
import { showTicket, storeTicketPayment } from './ticket.js'

/** What a payer, a seller and whoever tests would look at. */
export const pageRoutes: Routes = {
  'GET /': showHome,
  'POST /applications/:id/webhook': storeWebhookAddress,
  'GET /payments': listPayments,
  'GET /payments/:id': showPaymentPage,
  'POST /payments/:id/actions': storePaymentAction,
  'POST /payments/:id/rejection': review.storePaymentRejection,
  'POST /payments/:id/refunds/:refundId': storeRefundDecision,
  'GET /payments/:id/ticket': showTicket,
  'POST /payments/:id/ticket': storeTicketPayment,
  'GET /orders': listOrdersPage,
  'GET /orders/:id': showOrderPage,
  'GET /accounts/:id/connections': listConnections,
  'POST /accounts/:id/connections/removal': storeConnectionRemoval,
  'GET /review': review.showReview,
  'POST /review/:id/approval': review.storeReviewApproval,
  'POST /review/:id/rejection': review.storeReviewRejection,
  ...checkoutRoutes,
  ...subscriptionCheckoutRoutes,
  ...subscriptionRoutes,
  'GET /bank': showBank,
  'POST /bank': storeBankPayment,
  'GET /money': showMoney,
  'POST /money': storeMoney,
  'GET /payouts': payouts.listPayoutsPage,
  'GET /payouts/:id': payouts.showPayoutPage,
  'POST /payouts/:id/outcome': payouts.storePayoutOutcomePage,
  'POST /applications/:id/payouts': payouts.storePayoutAccess,
  'GET /reports': reports.listReportsPage,
  'POST /reports': reports.storeReportPage,
  'GET /reports/:id/file': reports.showReportFile,
  'GET /clock': showClockPage,
  'POST /clock': storeClockMove,
  'GET /faults': listFaultsPage,
  'POST /faults': storeFaultPage,
  'POST /faults/:id/removal': storeFaultRemoval,
  'GET /deliveries': logs.listDeliveriesPage,
  'POST /deliveries/flush': logs.storeFlushPage,
  'POST /deliveries/:id/redelivery': logs.storeRedeliveryPage,
  'GET /journal': logs.listJournalPage,
}
