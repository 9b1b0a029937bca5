import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { ChooseStoreConnection } from '#app/gateway/actions/choose_store_connection'
import ConnectionPolicy from '#app/gateway/policies/connection_policy'
import { connectionsOf, storeAccounts } from '#app/gateway/queries/connections'
import { formMeta, storeConnectionValidator } from '#app/gateway/validators/connection'
import { storeOf } from '#app/tenants/queries/stores'

/** Which account one store charges with. */
export default class StoreConnectionsController {
  async edit({ bouncer, tenant, membership, params, view }: HttpContext) {
    await bouncer.with(ConnectionPolicy).authorize('manage', membership)
    const { id } = await storeOf(tenant.id, params.id)
    const stores = await storeAccounts(tenant.id)
    return view.render('pages/connections/store', {
      store: stores.find((store) => store.id === id),
      connections: await connectionsOf(tenant.id),
    })
  }

  async update(ctx: HttpContext) {
    const { bouncer, tenant, membership, params, request, response, session, i18n } = ctx
    await bouncer.with(ConnectionPolicy).authorize('manage', membership)
    const { id: storeId, name } = await storeOf(tenant.id, params.id)
    const form = await request.validateUsing(storeConnectionValidator, formMeta(ctx))
    await new ChooseStoreConnection().handle({
      ...{ tenantId: tenant.id, storeId, actor: actorOf(ctx) },
      connectionId: form.connection ?? null,
      mpStoreId: form.mp_store_id ?? null,
    })
    session.flash('success', i18n.t('connect.stores.saved', { name }))
    return response.redirect().status(303).toRoute('connections.index', { slug: tenant.slug })
  }
}
