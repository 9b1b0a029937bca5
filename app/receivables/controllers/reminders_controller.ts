import type { HttpContext } from '@adonisjs/core/http'
import { mailsAreSent } from '#config/mail'
import { actorOf } from '#app/core/http/actor'
import { SaveReminders } from '#app/receivables/actions/save_reminders'
import ReceivablePolicy from '#app/receivables/policies/receivable_policy'
import { reminderChoice } from '#app/receivables/queries/reminders'
import { daysOf, remindersValidator } from '#app/receivables/validators/reminders'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** When a tenant's customers are reminded. */
export default class RemindersController {
  async edit({ bouncer, tenant, membership, view }: HttpContext) {
    await bouncer.with(ReceivablePolicy).authorize('setReminders', membership)
    const { isOn, days, hour } = await reminderChoice(tenant.id)
    return view.render('pages/receivables/reminders', {
      ...{ isOn, hour, mailsAreSent },
      before: days.flatMap((day) => (day < 0 ? -day : [])).join(', '),
      onDueDate: days.includes(0),
      after: days.filter((day) => day > 0).join(', '),
      hours: HOURS.map((one) => ({ value: one, label: `${String(one).padStart(2, '0')}:00` })),
    })
  }

  async update(ctx: HttpContext) {
    const { bouncer, tenant, membership, request, session, response, i18n } = ctx
    await bouncer.with(ReceivablePolicy).authorize('setReminders', membership)
    const meta = { t: (key: string) => i18n.t(key) }
    const form = await request.validateUsing(remindersValidator, { meta })
    const choice = { isOn: form.is_on ?? false, days: daysOf(form), hour: form.hour }
    await new SaveReminders().handle({ tenant, choice, actor: actorOf(ctx) })
    session.flash('success', i18n.t('tenants.settings.saved'))
    return response.redirect().status(303).toPath(`/t/${tenant.slug}/settings/reminders`)
  }
}
