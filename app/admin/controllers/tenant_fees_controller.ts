import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { SetTenantFee } from '#app/admin/actions/set_tenant_fee'
import { formMeta } from '#app/admin/validators/form_meta'
import { feeValidator } from '#app/admin/validators/tenant'

export default class TenantFeesController {
  async update(ctx: HttpContext) {
    const { params, request, response, auth, session, i18n } = ctx
    const { _key: key, percent = null } = await request.validateUsing(feeValidator, formMeta(ctx))
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key, userId, purpose: 'tenant.fee' }, async () => {
      await new SetTenantFee().handle({ tenantId: params.id, percent, actor: actorOf(ctx) })
      return `/admin/tenants/${params.id}`
    })
    session.flash('success', i18n.t('admin.tenants.fee_saved'))
    return response.redirect().status(303).toPath(url)
  }
}
