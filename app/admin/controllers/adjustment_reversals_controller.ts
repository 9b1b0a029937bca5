import { errors, type HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { adjustedTenant, adjustmentForm } from '#app/admin/controllers/adjusted_tenant'
import { AdjustBalance } from '#app/admin/actions/adjust_balance'
import { reversalValidator } from '#app/admin/validators/adjustment'
import { formMeta } from '#app/admin/validators/form_meta'
import { reversibleAdjustment } from '#app/ledger/queries/adjustments'

/** A mistake is taken back by another adjustment. */
export default class AdjustmentReversalsController {
  async create(ctx: HttpContext) {
    const { params, request, view } = ctx
    const form = await adjustmentForm(await adjustedTenant(ctx))
    const adjustment = await reversibleAdjustment(form.shown.id, params.adjustment)
    if (!adjustment) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    return view.render('pages/admin/adjustments/reverse', { ...form, adjustment })
  }

  async store(ctx: HttpContext) {
    const { params, request, response, auth, session, i18n } = ctx
    const { id: tenantId } = await adjustedTenant(ctx)
    const form = await request.validateUsing(reversalValidator, formMeta(ctx))
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key: form._key, userId, purpose: 'adjustment.reverse' }, async () => {
      await new AdjustBalance().handle({
        ...{ tenantId, userId, reason: form.reason, password: form.password },
        reverses: params.adjustment,
        mayOverdraw: Boolean(form.overdraw),
        actor: actorOf(ctx),
      })
      return `/admin/tenants/${tenantId}/adjustments`
    })
    session.flash('success', i18n.t('admin.adjustments.reversed_done'))
    return response.redirect().status(303).toPath(url)
  }
}
