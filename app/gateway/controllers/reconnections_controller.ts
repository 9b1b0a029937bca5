import type { HttpContext } from '@adonisjs/core/http'
import { beginConnection } from '#app/gateway/controllers/connection_attempts_controller'
import ConnectionPolicy from '#app/gateway/policies/connection_policy'
import { connectionOf } from '#app/gateway/queries/connections'

/** The same account, authorised again: everything on it stays. */
export default class ReconnectionsController {
  async store(ctx: HttpContext) {
    const { bouncer, tenant, membership, params } = ctx
    await bouncer.with(ConnectionPolicy).authorize('manage', membership)
    const { id, label } = await connectionOf(tenant.id, params.id)
    return beginConnection(ctx, { connectionId: id, label })
  }
}
