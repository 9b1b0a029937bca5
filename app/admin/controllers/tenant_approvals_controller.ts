import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { keyValidator } from '#app/admin/validators/payout'
import { ApproveTenant } from '#app/tenants/actions/approve_tenant'

/** Lets a tenant that waited charge from now on. */
export default class TenantApprovalsController {
  async store(ctx: HttpContext) {
    const { params, request, response, auth, session, i18n } = ctx
    const { _key: key } = await request.validateUsing(keyValidator)
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key, userId, purpose: 'tenant.approve' }, async () => {
      const input = { tenantId: params.id, actor: actorOf(ctx) }
      const { tradeName: name } = await new ApproveTenant().handle(input)
      session.flash('success', i18n.t('guardian.steps.approved', { name }))
      return `/admin/tenants/${params.id}`
    })
    return response.redirect().status(303).toPath(url)
  }
}
