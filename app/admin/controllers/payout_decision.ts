import { errors, type HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import type Payout from '#app/payouts/models/payout'
import { findPayout } from '#app/payouts/queries/payout_list'

/** The payout of the address, whichever tenant's. */
export async function requestedPayout({ params, request }: HttpContext): Promise<Payout> {
  const payout = await findPayout(params.id)
  if (!payout) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  return payout
}

/**
 * Carries out an admin's decision once, however often its form is posted, and goes back to the
 * payout's page.
 * @param verb the state that the payout gets; its purpose, and the message that says so.
 */
export async function decide(
  ctx: HttpContext,
  key: string,
  verb: string,
  work: (payoutId: string) => Promise<unknown>
) {
  const { auth, response, session, i18n } = ctx
  const { id } = await requestedPayout(ctx)
  const { id: userId } = auth.getUserOrFail()
  const url = await once({ key, userId, purpose: `payout.${verb}` }, async () => {
    await work(id)
    return `/admin/payouts/${id}`
  })
  session.flash('success', i18n.t(`admin.payouts.done.${verb}`))
  return response.redirect().status(303).toPath(url)
}
