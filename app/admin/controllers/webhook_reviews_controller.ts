import type { HttpContext } from '@adonisjs/core/http'
import { reviewValidator } from '#app/admin/validators/webhooks'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { ReviewWebhookEvents } from '#app/webhooks/actions/review_webhook_events'

/** Says that somebody looked at rejected notifications, and what of. */
export default class WebhookReviewsController {
  async store(ctx: HttpContext) {
    const { request, response, auth, session, i18n } = ctx
    const { _key: key, ids, note } = await request.validateUsing(reviewValidator)
    const { id: userId } = auth.getUserOrFail()
    let count: number | null = null
    const url = await once({ key, userId, purpose: 'webhook.review' }, async () => {
      count = await new ReviewWebhookEvents().handle({ ids, note, userId, actor: actorOf(ctx) })
      return '/admin/webhooks/quarantine'
    })
    if (count !== null) {
      session.flash(count > 0 ? 'success' : 'warning', i18n.t('webhooks.review.done', { count }))
    }
    return response.redirect().status(303).toPath(url)
  }
}
