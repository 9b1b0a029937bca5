import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { ChangeSchedule } from '#app/receivables/actions/change_schedule'
import { requestedSchedule } from '#app/receivables/controllers/requested_schedule'
import { scheduleStateValidator } from '#app/receivables/validators/schedule'

export default class ScheduleStatesController {
  async update(ctx: HttpContext) {
    const { tenant, request, response, session, i18n } = ctx
    const { id } = await requestedSchedule(ctx)
    const { state: to } = await request.validateUsing(scheduleStateValidator)
    await new ChangeSchedule().handle({ tenant, id, to, actor: actorOf(ctx) })
    session.flash('success', i18n.t(`schedules.changed.${to}`))
    return response.redirect().status(303).toPath(`/t/${tenant.slug}/schedules/${id}`)
  }
}
