import { errors, type HttpContext } from '@adonisjs/core/http'
import { filled, zoneOf } from '#app/admin/controllers/desk_request'
import { nextPage } from '#app/admin/controllers/next_page'
import { carried, eventFilterOf } from '#app/admin/queries/desk_filter'
import { openSilences } from '#app/admin/queries/silences'
import { providerNow } from '#app/admin/queries/provider_now'
import { userNames } from '#app/admin/queries/user_names'
import { verdictReasons } from '#app/admin/validators/lists'
import { askValidator, eventListValidator } from '#app/admin/validators/webhooks'
import { accountOfCollector } from '#app/gateway/queries/accounts'
import { webhookEventStates } from '#app/webhooks/models/webhook_event'
import { eventGroups, recentEvents, totalOf } from '#app/webhooks/queries/event_counts'
import { findWebhookEvent, webhookEventList } from '#app/webhooks/queries/webhook_event_list'
import { replayOutcome } from '#app/webhooks/queries/webhook_replays'

export default class WebhookEventsController {
  async index(ctx: HttpContext) {
    const { after, ...form } = await eventListValidator.validate(filled(ctx))
    const filter = await eventFilterOf(form, zoneOf(ctx))
    const { events, next } = await webhookEventList({ ...filter, after })
    const outcome = form.replay ? await replayOutcome(form.replay) : null
    const quarantined = await eventGroups({ states: ['rejected'], isReviewed: false })
    return ctx.view.render('pages/admin/webhooks/index', {
      ...{ form, events, outcome, webhookEventStates, reasons: verdictReasons },
      carried: carried(form),
      recent: await recentEvents(),
      quarantined: totalOf(quarantined),
      silences: await openSilences(),
      names: await userNames([outcome?.replay.userId]),
      next: nextPage(ctx, next),
    })
  }

  /** With `?ask=now` also what the provider says at this moment. */
  async show(ctx: HttpContext) {
    const { params, request, view } = ctx
    const { ask } = await askValidator.validate(filled(ctx))
    const event = await findWebhookEvent(params.id)
    if (!event) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    return view.render('pages/admin/webhooks/show', {
      ...{ event, reasons: verdictReasons },
      isOurAccount: event.mpUserId !== null && (await accountOfCollector(event.mpUserId)) !== null,
      now: ask ? await providerNow(event) : null,
      names: await userNames([event.reviewedBy, event.replay?.userId]),
    })
  }
}
