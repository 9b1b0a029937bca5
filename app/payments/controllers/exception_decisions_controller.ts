import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { ResolveException } from '#app/payments/actions/resolve_exception'
import { requestedException } from '#app/payments/controllers/requested_exception'
import ExceptionPolicy from '#app/payments/policies/exception_policy'
import { decisionValidator } from '#app/payments/validators/exception'

export default class ExceptionDecisionsController {
  async store(ctx: HttpContext) {
    const { tenant, membership, request, response, auth, session, i18n } = ctx
    await ctx.bouncer.with(ExceptionPolicy).authorize('decide', membership)
    const { id: exceptionId } = await requestedException(ctx)
    const { _key: key, decision } = await request.validateUsing(decisionValidator)
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key, userId, purpose: 'exception.decide' }, async () => {
      const owner = { tenantId: tenant.id }
      const actor = actorOf(ctx)
      await new ResolveException().handle({ owner, exceptionId, decision, userId, actor })
      return `/t/${tenant.slug}/exceptions/${exceptionId}`
    })
    session.flash('success', i18n.t('exceptions.resolved'))
    return response.redirect().status(303).toPath(url)
  }
}
