import type { Routes } from '../http/router.js'
import { showPayment, storePayment, updatePayment } from './payments.js'
import { showMe } from './users.js'

/** Mercado Pago's own paths. */
export const apiRoutes: Routes = {
  'GET /users/me': showMe,
  'POST /v1/payments': storePayment,
  'GET /v1/payments/:id': showPayment,
  'PUT /v1/payments/:id': updatePayment,
}
