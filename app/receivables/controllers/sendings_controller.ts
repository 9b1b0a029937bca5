import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { SendReceivable } from '#app/receivables/actions/send_receivable'
import { requestedReceivable } from '#app/receivables/controllers/requested_receivable'
import ReceivablePolicy from '#app/receivables/policies/receivable_policy'

export default class SendingsController {
  /** Sends the bill by mail, once per click. */
  async store(ctx: HttpContext) {
    const { tenant, membership, request, response, auth, session, i18n } = ctx
    await ctx.bouncer.with(ReceivablePolicy).authorize('send', membership)
    const receivable = await requestedReceivable(ctx)
    const key = request.input('_key')
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key, userId, purpose: 'receivable.send' }, async () => {
      await new SendReceivable().handle({ receivable, actor: actorOf(ctx) })
      return `/t/${tenant.slug}/receivables/${receivable.id}`
    })
    session.flash('success', i18n.t('mails.sending.queued'))
    return response.redirect().status(303).toPath(url)
  }
}
