import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#app/core/clock'
import { failureWords } from '#app/admin/failure_words'
import { filled } from '#app/admin/controllers/desk_request'
import { nextPage } from '#app/admin/controllers/next_page'
import { tenantIdsLike } from '#app/admin/queries/tenant_list'
import { connectionListValidator } from '#app/admin/validators/lists'
import { healths } from '#app/gateway/queries/connection_health'
import { connectionList, healthCounts } from '#app/gateway/queries/connection_list'
import { keyAges } from '#app/gateway/queries/key_ages'

/** The accounts that businesses connected: who could not charge now, who is near the end. */
export default class ConnectionsController {
  async index(ctx: HttpContext) {
    const { after, ...form } = await connectionListValidator.validate(filled(ctx))
    const { q, state, health } = form
    const found = q ? { tenantIds: await tenantIdsLike(q), mpUserId: q } : undefined
    const { connections, next } = await connectionList({ state, health, found, after })
    return ctx.view.render('pages/admin/connections/index', {
      ...{ form, connections, healths, now: clock.now() },
      failureWords: failureWords(ctx.i18n),
      counts: await healthCounts(),
      keys: await keyAges(),
      next: nextPage(ctx, next),
    })
  }
}
