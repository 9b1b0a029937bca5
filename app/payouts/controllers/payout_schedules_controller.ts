import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { SaveSchedule } from '#app/payouts/actions/save_schedule'
import { frequencies } from '#app/payouts/due_dates'
import PayoutPolicy from '#app/payouts/policies/payout_policy'
import { payoutOverview } from '#app/payouts/queries/payout_overview'
import { formMeta } from '#app/payouts/validators/form_meta'
import { scheduleValidator } from '#app/payouts/validators/schedule'

export default class PayoutSchedulesController {
  async edit(ctx: HttpContext) {
    const { tenant, membership, view } = ctx
    await ctx.bouncer.with(PayoutPolicy).authorize('manage', membership)
    const overview = await payoutOverview(tenant.id)
    return view.render('pages/payouts/schedule', { ...overview, frequencies })
  }

  async update(ctx: HttpContext) {
    const { tenant, membership, request, response, auth, session, i18n } = ctx
    await ctx.bouncer.with(PayoutPolicy).authorize('manage', membership)
    const form = await request.validateUsing(scheduleValidator, formMeta(ctx))
    const { automatic = false, frequency, weekday, minimum = 0, keep = 0 } = form
    const days = { frequency, weekday, monthDay: form.month_day }
    const values = { ...days, automatic, minimumMinor: minimum, keepMinor: keep }
    const { id: userId } = auth.getUserOrFail()
    const url = await once(
      { key: form._key, userId, purpose: 'payout_schedule.save' },
      async () => {
        await new SaveSchedule().handle({ tenantId: tenant.id, values, actor: actorOf(ctx) })
        return `/t/${tenant.slug}/payouts`
      }
    )
    session.flash('success', i18n.t('payouts.schedule.saved'))
    return response.redirect().status(303).toPath(url)
  }
}
