import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { Disconnect } from '#app/gateway/actions/disconnect'
import { EndConnection } from '#app/gateway/actions/end_connection'
import ConnectionPolicy from '#app/gateway/policies/connection_policy'
import { connectionOf, storeAccounts } from '#app/gateway/queries/connections'
import { disconnectionValidator } from '#app/gateway/validators/connection'
import { ConfirmPassword } from '#app/identity/actions/confirm_password'
import { countOpenCharges, openChargesOn } from '#app/receivables/queries/open_charges'

/** The end of a connection: at once, or when nothing on it can be paid any more. */
export default class DisconnectionsController {
  async create({ bouncer, tenant, membership, params, view }: HttpContext) {
    await bouncer.with(ConnectionPolicy).authorize('manage', membership)
    const connection = await connectionOf(tenant.id, params.id)
    const on = { tenantId: tenant.id, connectionId: connection.id }
    const stores = await storeAccounts(tenant.id)
    const isUsed = tenant.mode === 'connected' && connection.maySell
    return view.render('pages/connections/disconnect', {
      connection,
      stopping: isUsed ? stores.filter((store) => store.connection?.id === connection.id) : [],
      openCount: await countOpenCharges(on),
      openCharges: await openChargesOn(on),
    })
  }

  async store(ctx: HttpContext) {
    const { bouncer, tenant, membership, params, request, response, session, auth, i18n } = ctx
    await bouncer.with(ConnectionPolicy).authorize('manage', membership)
    const form = await request.validateUsing(disconnectionValidator)
    await new ConfirmPassword().handle(auth.getUserOrFail().id, form.password)
    const { id, label, state } = await connectionOf(tenant.id, params.id)
    const one = { tenantId: tenant.id, id, actor: actorOf(ctx) }
    // One that is leaving already can still be ended at once.
    if (state !== 'disconnecting' || !form.at_once) await new Disconnect().handle(one)
    if (form.at_once) await new EndConnection().handle({ ...one, reason: 'at_once' })
    const told = form.at_once ? 'connect.disconnect.done' : 'connect.disconnect.begun'
    session.flash('success', i18n.t(told, { label }))
    return response.redirect().status(303).toRoute('connections.show', { slug: tenant.slug, id })
  }
}
