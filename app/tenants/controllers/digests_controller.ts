import type { HttpContext } from '@adonisjs/core/http'
import { ChooseDigest } from '#app/tenants/actions/choose_digest'
import TenantPolicy from '#app/tenants/policies/tenant_policy'
import { digestValidator } from '#app/tenants/validators/tenant_validator'

/** The member's own daily mail of what was paid. */
export default class DigestsController {
  async update(ctx: HttpContext) {
    const { bouncer, tenant, membership, request, session, response, i18n } = ctx
    await bouncer.with(TenantPolicy).authorize('seeBalance', membership)
    const { digest: wanted = false } = await request.validateUsing(digestValidator)
    await new ChooseDigest().handle({ tenant, membership, wanted })
    session.flash('success', i18n.t('tenants.settings.saved'))
    return response.redirect().status(303).toPath(`/t/${tenant.slug}/members`)
  }
}
