import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { ChangeMode } from '#app/gateway/actions/change_mode'
import ConnectionPolicy from '#app/gateway/policies/connection_policy'
import { modeStanding } from '#app/gateway/queries/connections'
import { modeValidator } from '#app/gateway/validators/connection'
import { ConfirmPassword } from '#app/identity/actions/confirm_password'

/** Who receives the tenant's new charges. */
export default class ModesController {
  async edit({ bouncer, tenant, membership, view }: HttpContext) {
    await bouncer.with(ConnectionPolicy).authorize('manage', membership)
    return view.render('pages/connections/mode', { standing: await modeStanding(tenant) })
  }

  async update(ctx: HttpContext) {
    const { bouncer, tenant, membership, request, response, session, auth, i18n } = ctx
    await bouncer.with(ConnectionPolicy).authorize('manage', membership)
    const { mode, password } = await request.validateUsing(modeValidator)
    await new ConfirmPassword().handle(auth.getUserOrFail().id, password)
    await new ChangeMode().handle({ tenantId: tenant.id, mode, actor: actorOf(ctx) })
    session.flash('success', i18n.t(`connect.mode.saved.${mode}`))
    return response.redirect().status(303).toRoute('connections.index', { slug: tenant.slug })
  }
}
