import { errors, type HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { keyValidator } from '#app/admin/validators/payout'
import { CheckTenants, type TenantCheck } from '#app/gateway/actions/check_tenants'
import { namedTenant } from '#app/tenants/queries/named_tenant'

/** Asks Mercado Pago whether a tenant's account would take its money now. */
export default class TenantChecksController {
  async store(ctx: HttpContext) {
    const { params, request, response, auth } = ctx
    const { _key: key } = await request.validateUsing(keyValidator)
    const tenant = await namedTenant(params.id)
    if (!tenant) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key, userId, purpose: 'tenant.check' }, async () => {
      const onResult = (result: TenantCheck) => this.#tell(ctx, result)
      const input = { tenantId: tenant.id, isToBeApproved: tenant.state === 'pending' }
      await new CheckTenants().handle({ ...input, onResult })
      return `/admin/tenants/${tenant.id}`
    })
    return response.redirect().status(303).toPath(url)
  }

  #tell({ session, i18n }: HttpContext, { obstacles: [obstacle] }: TenantCheck) {
    if (!obstacle) return session.flash('success', i18n.t('guardian.check.well'))
    const reason = i18n.t(obstacle.key, obstacle.params)
    session.flash('warning', i18n.t('guardian.check.cannot', { reason }))
  }
}
