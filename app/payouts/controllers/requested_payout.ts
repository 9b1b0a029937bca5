import { errors, type HttpContext } from '@adonisjs/core/http'
import type Payout from '#app/payouts/models/payout'
import { findPayout } from '#app/payouts/queries/payout_list'

/** The payout of the address; one of another tenant does not exist. */
export async function requestedPayout({ tenant, params, request }: HttpContext): Promise<Payout> {
  const payout = await findPayout(params.id, tenant.id)
  if (!payout) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  return payout
}
