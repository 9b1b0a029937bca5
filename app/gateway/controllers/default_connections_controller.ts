import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { ChooseDefaultConnection } from '#app/gateway/actions/choose_default_connection'
import ConnectionPolicy from '#app/gateway/policies/connection_policy'
import { defaultConnectionValidator } from '#app/gateway/validators/connection'
import { connectionOf, storeAccounts } from '#app/gateway/queries/connections'
import { ConfirmPassword } from '#app/identity/actions/confirm_password'

/** The connection of all stores that chose none. */
export default class DefaultConnectionsController {
  async create({ bouncer, tenant, membership, params, view }: HttpContext) {
    await bouncer.with(ConnectionPolicy).authorize('manage', membership)
    const stores = await storeAccounts(tenant.id)
    return view.render('pages/connections/default', {
      connection: await connectionOf(tenant.id, params.id),
      stores: stores.filter(({ chosenId }) => chosenId === null),
    })
  }

  async store(ctx: HttpContext) {
    const { bouncer, tenant, membership, params, request, response, session, auth, i18n } = ctx
    await bouncer.with(ConnectionPolicy).authorize('manage', membership)
    const { password } = await request.validateUsing(defaultConnectionValidator)
    await new ConfirmPassword().handle(auth.getUserOrFail().id, password)
    const { id, label } = await connectionOf(tenant.id, params.id)
    await new ChooseDefaultConnection().handle({ tenantId: tenant.id, id, actor: actorOf(ctx) })
    session.flash('success', i18n.t('connect.default.saved', { label }))
    return response.redirect().status(303).toRoute('connections.index', { slug: tenant.slug })
  }
}
