import { errors, type HttpContext } from '@adonisjs/core/http'
import type Receivable from '#app/receivables/models/receivable'
import { findReceivable } from '#app/receivables/queries/find_receivable'
import { visibleStoreIds } from '#app/receivables/queries/visible_stores'

/** The receivable of the address; one of another tenant or store does not exist. */
export async function requestedReceivable(ctx: HttpContext): Promise<Receivable> {
  const { tenant, membership, params, request } = ctx
  const storeIds = await visibleStoreIds(membership)
  const receivable = await findReceivable({ tenantId: tenant.id, id: params.id, storeIds })
  if (!receivable) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  return receivable
}
