import type { HttpContext } from '@adonisjs/core/http'
import { filled, zoneOf } from '#app/admin/controllers/desk_request'
import { carried, eventFilterOf } from '#app/admin/queries/desk_filter'
import { verdictReasons } from '#app/admin/validators/lists'
import { replayPreviewValidator, replayValidator } from '#app/admin/validators/webhooks'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { ReplayWebhookEvents } from '#app/webhooks/actions/replay_webhook_events'
import {
  eventGroups,
  newestEventId,
  replayableGroups,
  totalOf,
} from '#app/webhooks/queries/event_counts'
import { webhookEventStates } from '#app/webhooks/models/webhook_event'

/** How many one form may put back; the rest needs another one, or the command. */
const MOST_AT_ONCE = 1000

/** Has several notifications looked at again: the chosen ones, or all that a filter shows. */
export default class WebhookReplayBatchesController {
  /** How many it would be, before anything is done. */
  async create(ctx: HttpContext) {
    const form = await replayPreviewValidator.validate(filled(ctx))
    const filter = await eventFilterOf(form, zoneOf(ctx))
    const groups = await replayableGroups(filter)
    const fitting = totalOf(groups)
    return ctx.view.render('pages/admin/webhooks/replay', {
      ...{ ids: form.ids ?? [], groups, fitting, most: MOST_AT_ONCE, reasons: verdictReasons },
      leftAlone: totalOf(await eventGroups(filter)) - fitting,
      upTo: await newestEventId(filter),
      carried: carried(form),
    })
  }

  async store(ctx: HttpContext) {
    const { request, response, auth, session, i18n } = ctx
    const form = await request.validateUsing(replayValidator)
    const { id: userId } = auth.getUserOrFail()
    const filter = await eventFilterOf(form, zoneOf(ctx))
    const which = { states: webhookEventStates, ...dropUndefined(filter), upTo: form.up_to }
    const work = async () => {
      const input = { ...which, limit: MOST_AT_ONCE, actor: actorOf(ctx) }
      const { replayId } = await new ReplayWebhookEvents().handle(input)
      return replayId ? `/admin/webhooks?replay=${replayId}` : '/admin/webhooks'
    }
    const url = await once({ key: form._key, userId, purpose: 'webhook.replay_many' }, work)
    if (!url.includes('?')) session.flash('warning', i18n.t('webhooks.replay.none'))
    return response.redirect().status(303).toPath(url)
  }
}

const dropUndefined = <Values extends object>(values: Values): Partial<Values> =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined)
  ) as Partial<Values>
