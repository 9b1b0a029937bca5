import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { requestedResults } from '#app/admin/controllers/payout_results_controller'
import { keyValidator } from '#app/admin/validators/payout'
import { ApplyResults } from '#app/payouts/actions/apply_results'

export default class PayoutResultApplicationsController {
  async store(ctx: HttpContext) {
    const { request, response, auth, session, i18n } = ctx
    const file = await requestedResults(ctx)
    const { _key: key } = await request.validateUsing(keyValidator)
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key, userId, purpose: 'payout_results.apply' }, async () => {
      const { paid, failed, refused } = await new ApplyResults().handle({
        file,
        actor: actorOf(ctx),
      })
      const text = i18n.t('admin.payouts.results.applied', { paid, failed, refused })
      session.flash(refused > 0 ? 'warning' : 'success', text)
      return `/admin/payouts/results/${file.id}`
    })
    return response.redirect().status(303).toPath(url)
  }
}
