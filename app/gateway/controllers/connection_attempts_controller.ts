import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { BeginConnection } from '#app/gateway/actions/begin_connection'
import ConnectionPolicy from '#app/gateway/policies/connection_policy'
import { accountToChoose, attemptOf } from '#app/gateway/queries/connection_attempts'
import { connectionOf, modeStanding } from '#app/gateway/queries/connections'
import { newConnectionValidator } from '#app/gateway/validators/connection'
import { ConfirmPassword } from '#app/identity/actions/confirm_password'
import { connectionLimits } from '#start/limiter'

/** A try to connect an account: consent is asked for at Mercado Pago. */
export default class ConnectionAttemptsController {
  async create({ bouncer, tenant, membership, view }: HttpContext) {
    await bouncer.with(ConnectionPolicy).authorize('manage', membership)
    return view.render('pages/connections/create', { standing: await modeStanding(tenant) })
  }

  async store(ctx: HttpContext) {
    const { bouncer, membership, request, auth } = ctx
    await bouncer.with(ConnectionPolicy).authorize('manage', membership)
    const { label = null, password } = await request.validateUsing(newConnectionValidator)
    await new ConfirmPassword().handle(auth.getUserOrFail().id, password)
    return beginConnection(ctx, { connectionId: null, label })
  }

  async show({ bouncer, tenant, membership, params, auth, response, view }: HttpContext) {
    await bouncer.with(ConnectionPolicy).authorize('manage', membership)
    const attempt = await attemptOf(tenant.id, auth.getUserOrFail().id, params.id)
    const { id, reason, phase, connectionId } = attempt
    if (phase === 'asking') response.header('Refresh', '3')
    return view.render('pages/connections/attempt', {
      ...{ attempt: { id, reason }, phase },
      connection: connectionId ? await connectionOf(tenant.id, connectionId) : null,
      other: accountToChoose(attempt),
      standing: await modeStanding(tenant),
    })
  }
}

/**
 * The page that leads on to Mercado Pago. It is no redirect: the content security policy would
 * refuse one that follows a form to another site, and all that come after it there.
 */
export async function beginConnection(
  ctx: HttpContext,
  wanted: { connectionId: string | null; label: string | null }
) {
  const { tenant, auth, session, response, view } = ctx
  const { id: userId } = auth.getUserOrFail()
  await connectionLimits(userId, tenant.id).consume()
  const driver = ctx.ally.use('mercadopago')
  const attempt = await new BeginConnection().handle({
    ...wanted,
    ...{ tenantId: tenant.id, userId, sessionId: session.sessionId, actor: actorOf(ctx) },
  })
  const url = await driver.consentUrl(attempt)
  response.header('Refresh', `0; url=${url}`).header('Cache-Control', 'no-store')
  return view.render('pages/connections/leaving', { url })
}
