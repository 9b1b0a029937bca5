import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { RotateLink } from '#app/receivables/actions/rotate_link'
import { requestedReceivable } from '#app/receivables/controllers/requested_receivable'
import ReceivablePolicy from '#app/receivables/policies/receivable_policy'

/** The address of a receivable's payer's page. */
export default class LinksController {
  async update(ctx: HttpContext) {
    const { tenant, membership, request, response, auth, session, i18n } = ctx
    await ctx.bouncer.with(ReceivablePolicy).authorize('rotateLink', membership)
    const { id: receivableId } = await requestedReceivable(ctx)
    const { id: userId } = auth.getUserOrFail()
    const form = { key: request.input('_key'), userId, purpose: 'receivable.rotate_link' }
    const url = await once(form, async () => {
      await new RotateLink().handle({ tenantId: tenant.id, receivableId, actor: actorOf(ctx) })
      return `/t/${tenant.slug}/receivables/${receivableId}`
    })
    session.flash('success', i18n.t('receivables.payer_page.rotated'))
    return response.redirect().status(303).toPath(url)
  }
}
