import { errors, type HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import type ExceptionCase from '#app/payments/models/exception_case'
import { findException } from '#app/payments/queries/exceptions'

/** The exception of the address, whichever tenant's. */
export async function requestedException({ params, request }: HttpContext): Promise<ExceptionCase> {
  const exception = await findException('platform', params.id)
  if (!exception) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  return exception
}

/**
 * Carries out what an admin does with an exception once, however often its form is posted.
 * @param done the message below `exceptions.` that says so
 */
export async function decide(
  ctx: HttpContext,
  key: string,
  done: 'resolved' | 'noted',
  work: (decision: { exceptionId: string; userId: string }) => Promise<unknown>
) {
  const { auth, response, session, i18n } = ctx
  const { id: exceptionId } = await requestedException(ctx)
  const { id: userId } = auth.getUserOrFail()
  const url = await once({ key, userId, purpose: `exception.admin.${done}` }, async () => {
    await work({ exceptionId, userId })
    return `/admin/exceptions/${exceptionId}`
  })
  session.flash('success', i18n.t(`exceptions.${done}`))
  return response.redirect().status(303).toPath(url)
}
