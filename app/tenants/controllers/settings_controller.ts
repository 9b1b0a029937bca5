import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { timeZoneOptions } from '#app/core/time_zones'
import { ChangeSettings } from '#app/tenants/actions/change_settings'
import TenantPolicy from '#app/tenants/policies/tenant_policy'
import { settingsValidator } from '#app/tenants/validators/tenant_validator'

export default class SettingsController {
  async edit({ bouncer, membership, view }: HttpContext) {
    await bouncer.with(TenantPolicy).authorize('changeSettings', membership)
    return view.render('pages/tenants/settings', { timeZoneOptions })
  }

  async update(ctx: HttpContext) {
    const { bouncer, tenant, membership, request, session, response, i18n } = ctx
    await bouncer.with(TenantPolicy).authorize('changeSettings', membership)
    const form = await request.validateUsing(settingsValidator)
    const { statementDescriptor = null, ...rest } = form
    const settings = { ...rest, statementDescriptor }
    await new ChangeSettings().handle({ tenant, settings, actor: actorOf(ctx) })
    session.flash('success', i18n.t('tenants.settings.saved'))
    return response.redirect().status(303).toPath(`/t/${tenant.slug}/settings`)
  }
}
