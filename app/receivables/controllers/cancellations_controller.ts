import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { CancelReceivable } from '#app/receivables/actions/cancel_receivable'
import { requestedReceivable } from '#app/receivables/controllers/requested_receivable'
import ReceivablePolicy from '#app/receivables/policies/receivable_policy'

export default class CancellationsController {
  async store(ctx: HttpContext) {
    const { tenant, membership, response, session, i18n } = ctx
    await ctx.bouncer.with(ReceivablePolicy).authorize('cancel', membership)
    const { id } = await requestedReceivable(ctx)
    await new CancelReceivable().handle({ tenant, receivableId: id, actor: actorOf(ctx) })
    session.flash('success', i18n.t('receivables.cancelled'))
    return response.redirect().status(303).toPath(`/t/${tenant.slug}/receivables/${id}`)
  }
}
