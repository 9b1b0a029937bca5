import type { Routes } from '../http/router.js'
import { authorizedPaymentRoutes } from './authorized_payments.js'
import { cardTokenRoutes } from './card_tokens.js'
import { chargebackRoutes } from './chargebacks.js'
import { claimRoutes } from './claims.js'
import { customerCardRoutes } from './customer_cards.js'
import { customerRoutes } from './customers.js'
import { listIdentificationTypes, listPaymentMethods } from './catalogue.js'
import { oauthRoutes } from './oauth.js'
import { merchantOrderRoutes } from './merchant_orders.js'
import { orderRoutes } from './orders.js'
import { updatePayment } from './payment_update.js'
import { showPayment, storePayment } from './payments.js'
import { payoutRoutes } from './payouts.js'
import { planRoutes } from './plans.js'
import { preapprovalRoutes } from './preapprovals.js'
import { preferenceRoutes } from './preferences.js'
import { reportRoutes } from './reports.js'
import { listRefunds, showRefund, storeRefund } from './refunds.js'
import { searchPayments } from './search.js'
import { testUserRoutes } from './test_users.js'
import { userRoutes } from './users.js'

/** Mercado Pago's own paths. The first that fits answers, so `search` stands before `:id`. */
export const apiRoutes: Routes = {
  ...userRoutes,
  'GET /v1/payment_methods': listPaymentMethods,
  'GET /v1/identification_types': listIdentificationTypes,
  'POST /v1/payments': storePayment,
  'GET /v1/payments/search': searchPayments,
  'GET /v1/payments/:id': showPayment,
  'PUT /v1/payments/:id': updatePayment,
  'POST /v1/payments/:id/refunds': storeRefund,
  'GET /v1/payments/:id/refunds': listRefunds,
  'GET /v1/payments/:id/refunds/:refundId': showRefund,
  ...chargebackRoutes,
  ...claimRoutes,
  ...cardTokenRoutes,
  ...customerRoutes,
  ...customerCardRoutes,
  ...testUserRoutes,
  ...preferenceRoutes,
  ...merchantOrderRoutes,
  ...orderRoutes,
  ...oauthRoutes,
  ...payoutRoutes,
  ...reportRoutes,
  ...planRoutes,
  ...preapprovalRoutes,
  ...authorizedPaymentRoutes,
}
