import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { ShareReceivable } from '#app/receivables/actions/share_receivable'
import { requestedReceivable } from '#app/receivables/controllers/requested_receivable'
import ReceivablePolicy from '#app/receivables/policies/receivable_policy'

export default class SharesController {
  /** Opens a draft, so that its link can be passed on. */
  async store(ctx: HttpContext) {
    const { tenant, membership, response, session, i18n } = ctx
    await ctx.bouncer.with(ReceivablePolicy).authorize('send', membership)
    const { id: receivableId } = await requestedReceivable(ctx)
    const share = { tenantId: tenant.id, receivableId, actor: actorOf(ctx) }
    await new ShareReceivable().handle(share)
    session.flash('success', i18n.t('mails.sending.opened'))
    return response.redirect().status(303).toPath(`/t/${tenant.slug}/receivables/${receivableId}`)
  }
}
