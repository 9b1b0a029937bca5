import type { HttpContext } from '@adonisjs/core/http'
import TenantPolicy from '#app/tenants/policies/tenant_policy'
import { membersOf } from '#app/tenants/queries/members'

export default class MembersController {
  async index({ bouncer, tenant, membership, view }: HttpContext) {
    await bouncer.with(TenantPolicy).authorize('seeOrganisation', membership)
    return view.render('pages/tenants/members', { members: await membersOf(tenant.id) })
  }
}
