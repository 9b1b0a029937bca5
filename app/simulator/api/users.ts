import { json } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import { authenticated } from './api_call.js'
import { POLICY_BLOCK, Refusal } from './refusal.js'
import { userView } from './user_view.js'

const showMe: Handler = (sim, call) => json(200, userView(sim, authenticated(sim, call)))

/** Reported to be closed to every application: what an account has is told by its reports alone. */
const showOwnBalance: Handler = (sim, call) => {
  authenticated(sim, call)
  throw new Refusal(403, POLICY_BLOCK)
}

export const userRoutes: Routes = {
  'GET /users/me': showMe,
  'GET /users/:id/mercadopago_account/balance': showOwnBalance,
}
