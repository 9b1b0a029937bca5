import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { adjustedTenant, adjustmentForm } from '#app/admin/controllers/adjusted_tenant'
import { nextPage } from '#app/admin/controllers/next_page'
import { AdjustBalance } from '#app/admin/actions/adjust_balance'
import { userNames } from '#app/admin/queries/user_names'
import { adjustmentValidator, moneyMeta } from '#app/admin/validators/adjustment'
import { pageValidator } from '#app/admin/validators/payout'
import { adjustmentList } from '#app/ledger/queries/adjustments'

/** What admins gave a tenant or took from it. */
export default class AdjustmentsController {
  async index(ctx: HttpContext) {
    const { request, view } = ctx
    const shown = await adjustedTenant(ctx)
    const { after } = await pageValidator.validate(request.qs())
    const { adjustments, next } = await adjustmentList({ tenantId: shown.id, after })
    const names = await userNames(adjustments.map(({ adjustment }) => adjustment.createdBy))
    return view.render('pages/admin/adjustments/index', {
      ...{ shown, adjustments, names },
      next: nextPage(ctx, next),
    })
  }

  async create(ctx: HttpContext) {
    const form = await adjustmentForm(await adjustedTenant(ctx))
    return ctx.view.render('pages/admin/adjustments/create', form)
  }

  async store(ctx: HttpContext) {
    const { request, response, auth, session, i18n } = ctx
    const { id: tenantId, currency } = await adjustedTenant(ctx)
    const form = await request.validateUsing(adjustmentValidator, moneyMeta(ctx, currency))
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key: form._key, userId, purpose: 'adjustment.make' }, async () => {
      await new AdjustBalance().handle({
        ...{ tenantId, userId, reason: form.reason, password: form.password },
        amountMinor: form.direction === 'give' ? form.amount : -form.amount,
        mayOverdraw: Boolean(form.overdraw),
        actor: actorOf(ctx),
      })
      return `/admin/tenants/${tenantId}/adjustments`
    })
    session.flash('success', i18n.t('admin.adjustments.made'))
    return response.redirect().status(303).toPath(url)
  }
}
