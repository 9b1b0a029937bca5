import { errors, type HttpContext } from '@adonisjs/core/http'
import { platformIdentity } from '#app/gateway/queries/platform_identity'
import { requestedPayout } from '#app/payouts/controllers/requested_payout'
import PayoutPolicy from '#app/payouts/policies/payout_policy'

/** A payout's paper, for who keeps papers: there is one once the money has left. */
export default class PayoutReceiptsController {
  async show(ctx: HttpContext) {
    const { membership, request, view } = ctx
    await ctx.bouncer.with(PayoutPolicy).authorize('manage', membership)
    const payout = await requestedPayout(ctx)
    if (!payout.paidAt) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    const platform = await platformIdentity()
    return view.render('pages/payouts/receipt', { payout, platform })
  }
}
