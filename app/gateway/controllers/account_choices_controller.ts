import { errors, type HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { ChooseAccount } from '#app/gateway/actions/choose_account'
import ConnectionPolicy from '#app/gateway/policies/connection_policy'
import { choiceValidator } from '#app/gateway/validators/connection'
import { ConfirmPassword } from '#app/identity/actions/confirm_password'

/** The answer to: this is not the account of before. */
export default class AccountChoicesController {
  async store(ctx: HttpContext) {
    const { bouncer, tenant, membership, params, request, response, session, auth } = ctx
    await bouncer.with(ConnectionPolicy).authorize('manage', membership)
    const { use, password } = await request.validateUsing(choiceValidator)
    const { id: userId } = auth.getUserOrFail()
    if (use === 'yes') await new ConfirmPassword().handle(userId, password!)
    const attempt = await new ChooseAccount().handle({
      ...{ tenantId: tenant.id, attemptId: params.id, userId, sessionId: session.sessionId },
      use: use === 'yes',
      actor: actorOf(ctx),
    })
    if (!attempt) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    return response
      .redirect()
      .status(303)
      .toRoute('connection_attempts.show', { slug: tenant.slug, id: attempt.id })
  }
}
