import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { NoteException } from '#app/payments/actions/note_exception'
import { requestedException } from '#app/payments/controllers/requested_exception'
import ExceptionPolicy from '#app/payments/policies/exception_policy'
import { noteValidator } from '#app/payments/validators/exception'

export default class ExceptionNotesController {
  async store(ctx: HttpContext) {
    const { tenant, membership, request, response, auth, session, i18n } = ctx
    await ctx.bouncer.with(ExceptionPolicy).authorize('decide', membership)
    const { id: exceptionId } = await requestedException(ctx)
    const { _key: key, text } = await request.validateUsing(noteValidator)
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key, userId, purpose: 'exception.note' }, async () => {
      const owner = { tenantId: tenant.id }
      await new NoteException().handle({ owner, exceptionId, text, userId, actor: actorOf(ctx) })
      return `/t/${tenant.slug}/exceptions/${exceptionId}`
    })
    session.flash('success', i18n.t('exceptions.noted'))
    return response.redirect().status(303).toPath(url)
  }
}
