import { errors, type HttpContext } from '@adonisjs/core/http'
import { nextPage } from '#app/admin/controllers/next_page'
import { eventListValidator, verdictReasons } from '#app/admin/validators/lists'
import { webhookEventStates } from '#app/webhooks/models/webhook_event'
import { findWebhookEvent, webhookEventList } from '#app/webhooks/queries/webhook_event_list'

export default class WebhookEventsController {
  async index(ctx: HttpContext) {
    const { request, view } = ctx
    const form = await eventListValidator.validate(request.qs())
    const { state: filter, reason, topic, after } = form
    const states = filter ? [filter] : undefined
    const { events, next } = await webhookEventList({ states, reason, topic, after })
    const filters = { filter, reason, webhookEventStates, reasons: verdictReasons }
    return view.render('pages/admin/webhooks/index', {
      ...filters,
      events,
      next: nextPage(ctx, next),
    })
  }

  async show({ params, request, view }: HttpContext) {
    const event = await findWebhookEvent(params.id)
    if (!event) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    return view.render('pages/admin/webhooks/show', { event, reasons: verdictReasons })
  }
}
