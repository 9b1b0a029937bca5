import type { HttpContext } from '@adonisjs/core/http'
import { mailsAreSent } from '#config/mail'
import TenantPolicy from '#app/tenants/policies/tenant_policy'
import { membersOf } from '#app/tenants/queries/members'

export default class MembersController {
  async index({ bouncer, tenant, membership, view }: HttpContext) {
    await bouncer.with(TenantPolicy).authorize('seeOrganisation', membership)
    const members = await membersOf(tenant.id)
    return view.render('pages/tenants/members', { members, mailsAreSent })
  }
}
