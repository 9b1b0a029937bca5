import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { SetHoldback } from '#app/admin/actions/set_holdback'
import { adjustedTenant } from '#app/admin/controllers/adjusted_tenant'
import { holdbackValidator } from '#app/admin/validators/adjustment'
import { formMeta } from '#app/admin/validators/form_meta'

export default class TenantHoldbacksController {
  async update(ctx: HttpContext) {
    const { request, response, auth, session, i18n } = ctx
    const { id: tenantId } = await adjustedTenant(ctx)
    const form = await request.validateUsing(holdbackValidator, formMeta(ctx))
    const { id: userId } = auth.getUserOrFail()
    const { holdback_percent: percent, holdback_days: days } = form
    const holdback = percent && days ? { percent, days } : null
    const url = await once({ key: form._key, userId, purpose: 'tenant.holdback' }, async () => {
      await new SetHoldback().handle({ tenantId, holdback, actor: actorOf(ctx) })
      return `/admin/tenants/${tenantId}`
    })
    session.flash('success', i18n.t('admin.tenants.holdback_saved'))
    return response.redirect().status(303).toPath(url)
  }
}
