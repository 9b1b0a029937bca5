import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { RenameConnection } from '#app/gateway/actions/rename_connection'
import ConnectionPolicy from '#app/gateway/policies/connection_policy'
import {
  connectionOf,
  connectionsOf,
  modeStanding,
  storeAccounts,
  waitingAttempts,
} from '#app/gateway/queries/connections'
import { labelValidator } from '#app/gateway/validators/connection'

/** A tenant's own accounts. */
export default class ConnectionsController {
  async index({ bouncer, tenant, membership, view }: HttpContext) {
    const policy = bouncer.with(ConnectionPolicy)
    await policy.authorize('see', membership)
    return view.render('pages/connections/index', {
      connections: await connectionsOf(tenant.id),
      attempts: await waitingAttempts(tenant.id),
      stores: await storeAccounts(tenant.id),
      standing: await modeStanding(tenant),
      mayManage: await policy.allows('manage', membership),
    })
  }

  async show({ bouncer, tenant, membership, params, view }: HttpContext) {
    const policy = bouncer.with(ConnectionPolicy)
    await policy.authorize('see', membership)
    const connection = await connectionOf(tenant.id, params.id)
    const stores = await storeAccounts(tenant.id)
    return view.render('pages/connections/show', {
      connection,
      stores: stores.filter((store) => store.connection?.id === connection.id),
      mayManage: await policy.allows('manage', membership),
    })
  }

  async update(ctx: HttpContext) {
    const { bouncer, tenant, membership, params, request, response, session, i18n } = ctx
    await bouncer.with(ConnectionPolicy).authorize('manage', membership)
    const { label } = await request.validateUsing(labelValidator)
    const { id } = params
    await new RenameConnection().handle({ tenantId: tenant.id, id, label, actor: actorOf(ctx) })
    session.flash('success', i18n.t('connect.label.saved'))
    return response.redirect().status(303).toRoute('connections.show', { slug: tenant.slug, id })
  }
}
