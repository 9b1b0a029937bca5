import type { HttpContext } from '@adonisjs/core/http'
import { filled } from '#app/admin/controllers/desk_request'
import { nextPage } from '#app/admin/controllers/next_page'
import { userNames } from '#app/admin/queries/user_names'
import { verdictReasons } from '#app/admin/validators/lists'
import { quarantineValidator } from '#app/admin/validators/webhooks'
import { eventGroups, totalOf } from '#app/webhooks/queries/event_counts'
import { webhookEventList } from '#app/webhooks/queries/webhook_event_list'

/** The notifications that were rejected, until somebody has looked at them. */
export default class WebhookQuarantineController {
  async index(ctx: HttpContext) {
    const { reason, view = 'open', after } = await quarantineValidator.validate(filled(ctx))
    const rejected = { states: ['rejected'] as const, isReviewed: view === 'reviewed' }
    const { events, next } = await webhookEventList({ ...rejected, reason, after })
    const groups = await eventGroups({ states: ['rejected'], isReviewed: false })
    return ctx.view.render('pages/admin/webhooks/quarantine', {
      ...{ events, groups, reason, shown: view, reasons: verdictReasons },
      total: totalOf(groups),
      names: await userNames(events.map(({ reviewedBy }) => reviewedBy)),
      next: nextPage(ctx, next),
    })
  }
}
