import { errors, type HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { keyValidator } from '#app/admin/validators/payout'
import { ReplayWebhookEvents } from '#app/webhooks/actions/replay_webhook_events'
import { findWebhookEvent } from '#app/webhooks/queries/webhook_event_list'

/** Has a notification looked at again, as if it had just come. */
export default class WebhookReplaysController {
  async store(ctx: HttpContext) {
    const { params, request, response, auth, session, i18n } = ctx
    const { _key: key } = await request.validateUsing(keyValidator)
    const event = await findWebhookEvent(params.id)
    if (!event) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    const { id: userId } = auth.getUserOrFail()
    let wasPutBack = true
    const url = await once({ key, userId, purpose: 'webhook.replay' }, async () => {
      const input = { ids: [event.id], actor: actorOf(ctx) }
      const { replayId } = await new ReplayWebhookEvents().handle(input)
      wasPutBack = replayId !== null
      return `/admin/webhooks/${event.id}`
    })
    const [tone, text] = wasPutBack ? ['success', 'replayed'] : ['warning', 'not_replayed']
    session.flash(tone, i18n.t(`admin.webhooks.${text}`))
    return response.redirect().status(303).toPath(url)
  }
}
