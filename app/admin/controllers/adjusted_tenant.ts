import { errors, type HttpContext } from '@adonisjs/core/http'
import { payoutOverview } from '#app/payouts/queries/payout_overview'
import Tenant from '#app/tenants/models/tenant'

/** The tenant of the address. Not `tenant` on a page: the layout would take it for the reader's. */
export async function adjustedTenant({ params, request }: HttpContext): Promise<Tenant> {
  const shown = await Tenant.find(params.id)
  if (!shown) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  return shown
}

/** What a form about its money shows beside its fields. */
export async function adjustmentForm(shown: Tenant) {
  const { standing } = await payoutOverview(shown.id)
  return { shown, standing }
}
