import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { CancelPayout } from '#app/payouts/actions/cancel_payout'
import { requestedPayout } from '#app/payouts/controllers/requested_payout'
import PayoutPolicy from '#app/payouts/policies/payout_policy'
import { keyValidator } from '#app/payouts/validators/payout'

export default class PayoutCancellationsController {
  async store(ctx: HttpContext) {
    const { tenant, membership, request, response, auth, session, i18n } = ctx
    await ctx.bouncer.with(PayoutPolicy).authorize('manage', membership)
    const { id: payoutId } = await requestedPayout(ctx)
    const { _key: key } = await request.validateUsing(keyValidator)
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key, userId, purpose: 'payout.cancel' }, async () => {
      await new CancelPayout().handle({ payoutId, tenantId: tenant.id, actor: actorOf(ctx) })
      return `/t/${tenant.slug}/payouts/${payoutId}`
    })
    session.flash('success', i18n.t('payouts.cancelled'))
    return response.redirect().status(303).toPath(url)
  }
}
