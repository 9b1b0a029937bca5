import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { formMeta } from '#app/admin/validators/form_meta'
import { decisionsValidator } from '#app/admin/validators/payout'
import { DecidePayouts } from '#app/payouts/actions/decide_payouts'

/** One decision on the payouts that were ticked. */
export default class PayoutDecisionsController {
  async store(ctx: HttpContext) {
    const { request, response, auth, session, i18n } = ctx
    const form = await request.validateUsing(decisionsValidator, formMeta(ctx))
    const { id: userId } = auth.getUserOrFail()
    const approve = form.decision === 'approve'
    const decision = approve ? { approve } : { approve, reason: form.reason! }
    const url = await once({ key: form._key, userId, purpose: 'payouts.decide' }, async () => {
      const input = { payoutIds: form.ids, decision, userId, actor: actorOf(ctx) }
      const { done, waiting, refused } = await new DecidePayouts().handle(input)
      const kind = waiting + refused > 0 ? 'warning' : 'success'
      const text = i18n.t(`admin.payouts.many.${form.decision}`, { done, waiting, refused })
      session.flash(kind, text)
      return '/admin/payouts'
    })
    return response.redirect().status(303).toPath(url)
  }
}
