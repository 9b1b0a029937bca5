import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { CloseDay } from '#app/admin/actions/close_day'
import { nextPage } from '#app/admin/controllers/next_page'
import { dailyCloses, lastClose } from '#app/admin/queries/daily_closes'
import { ledgerPosition, owedMinor } from '#app/admin/queries/ledger_position'
import { userNames } from '#app/admin/queries/user_names'
import { closeListValidator } from '#app/admin/validators/close'
import { keyValidator } from '#app/admin/validators/payout'
import { verification } from '#app/ledger/queries/verification'
import { postingChecks } from '#app/payments/queries/posting_checks'

/** Whether what is owed to everybody is what lies at the provider: now, and day by day. */
export default class CloseController {
  async show(ctx: HttpContext) {
    const { request, view } = ctx
    const { after, verify } = await closeListValidator.validate(request.qs())
    const { closes, next } = await dailyCloses({ after })
    const last = await lastClose()
    return view.render('pages/admin/close/show', {
      ...{ closes, last, owedMinor },
      positions: await ledgerPosition(),
      names: await userNames([...closes, ...last].map(({ closedBy }) => closedBy)),
      // Reads all entries: only when somebody asks.
      checked: verify ? await verification(postingChecks) : null,
      next: nextPage(ctx, next),
    })
  }

  async store(ctx: HttpContext) {
    const { request, response, auth, session, i18n } = ctx
    const { _key: key } = await request.validateUsing(keyValidator)
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key, userId, purpose: 'day.close' }, async () => {
      const { isNew } = await new CloseDay().handle({ actor: actorOf(ctx) })
      session.flash('success', i18n.t(isNew ? 'admin.close.done' : 'admin.close.done_before'))
      return '/admin/close'
    })
    return response.redirect().status(303).toPath(url)
  }
}
