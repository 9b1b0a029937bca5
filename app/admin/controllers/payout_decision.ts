import { errors, type HttpContext } from '@adonisjs/core/http'
import { clock } from '#app/core/clock'
import { once } from '#app/core/forms/once'
import type Payout from '#app/payouts/models/payout'
import type { DestinationDetails } from '#app/payouts/actions/reveal_destination'
import { payoutHistory } from '#app/payouts/queries/payout_history'
import { findPayout } from '#app/payouts/queries/payout_list'
import { proofsOf } from '#app/payouts/queries/proofs'
import { payoutOverview } from '#app/payouts/queries/payout_overview'

/** The payout of the address, whichever tenant's. */
export async function requestedPayout({ params, request }: HttpContext): Promise<Payout> {
  const payout = await findPayout(params.id)
  if (!payout) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  return payout
}

/** @param revealed where the money goes, in full, for the one answer that was asked for it. */
export async function payoutPage(
  { view }: HttpContext,
  payout: Payout,
  revealed?: DestinationDetails
) {
  const history = await payoutHistory(payout)
  const proofs = await proofsOf(payout)
  const { standing } = await payoutOverview(payout.tenantId)
  const shown = { payout, history, proofs, standing, revealed, now: clock.now() }
  return view.render('pages/admin/payouts/show', shown)
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
