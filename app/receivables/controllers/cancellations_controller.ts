import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { CancelReceivable } from '#app/receivables/actions/cancel_receivable'
import { requestedReceivable } from '#app/receivables/controllers/requested_receivable'
import ReceivablePolicy from '#app/receivables/policies/receivable_policy'

export default class CancellationsController {
  async store(ctx: HttpContext) {
    const { tenant, membership, request, response, auth, session, i18n } = ctx
    await ctx.bouncer.with(ReceivablePolicy).authorize('cancel', membership)
    const { id } = await requestedReceivable(ctx)
    const { id: userId } = auth.getUserOrFail()
    const form = { key: request.input('_key'), userId, purpose: 'receivable.cancel' }
    const url = await once(form, async () => {
      await new CancelReceivable().handle({ tenant, receivableId: id, actor: actorOf(ctx) })
      return `/t/${tenant.slug}/receivables/${id}`
    })
    session.flash('success', i18n.t('receivables.cancelled'))
    return response.redirect().status(303).toPath(url)
  }
}
