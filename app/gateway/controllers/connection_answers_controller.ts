import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { CompleteConnection } from '#app/gateway/actions/complete_connection'
import { slugOf } from '#app/tenants/queries/slug_of'

const UNKNOWN = '/tenant/gateway/unknown'

/** Where Mercado Pago sends the owner back to. It shows nothing itself: a reload replays nothing. */
export default class ConnectionAnswersController {
  async show(ctx: HttpContext) {
    const { request, response, session, auth } = ctx
    const { state } = request.qs()
    const to = (path: string) => response.redirect().status(303).toPath(path)
    if (typeof state !== 'string' || !(await auth.check())) return to(UNKNOWN)
    const { id: userId } = auth.getUserOrFail()
    const driver = ctx.ally.use('mercadopago')
    const attempt = await new CompleteConnection().handle({
      state,
      userId,
      sessionId: session.sessionId,
      isDenied: driver.accessDenied(),
      exchange: (verifier) => driver.grant(verifier),
      actor: actorOf(ctx),
    })
    // Another user's looks like none: what became of it is for its own user's eyes.
    if (attempt?.userId !== userId) return to(UNKNOWN)
    return to(`/t/${await slugOf(attempt.tenantId)}/gateway/attempts/${attempt.id}`)
  }

  /** For answers that belong to nothing that this user began. */
  async unknown({ response, view }: HttpContext) {
    response.status(400)
    return view.render('pages/connections/unknown')
  }
}
