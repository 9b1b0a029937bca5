import { errors, type HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { failureWords } from '#app/admin/failure_words'
import { keyValidator } from '#app/admin/validators/payout'
import { RefreshTokens } from '#app/gateway/actions/refresh_tokens'
import { connectionById } from '#app/gateway/queries/connection_list'

const TONES = { renewed: 'success', reused: 'success', refused: 'warning', failed: 'warning' }

/** Renews a connection's tokens at once. */
export default class ConnectionRenewalsController {
  async store(ctx: HttpContext) {
    const { params, request, response, auth, session, i18n } = ctx
    const { _key: key } = await request.validateUsing(keyValidator)
    const connection = await connectionById(params.id)
    if (!connection) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key, userId, purpose: 'connection.renew' }, async () => {
      const { tone, text } = await this.#renew(ctx, connection)
      session.flash(tone, i18n.t(`guardian.refreshed.${text.key}`, text.values))
      return `/admin/connections?q=${connection.mpUserId}`
    })
    return response.redirect().status(303).toPath(url)
  }

  async #renew(ctx: HttpContext, connection: NonNullable<Found>) {
    if (!connection.refreshTokenCiphertext) {
      return { tone: 'warning', text: { key: 'impossible', values: {} } }
    }
    const { outcome, reason } = await new RefreshTokens().renewNow(connection, actorOf(ctx))
    const values = { reason: failureWords(ctx.i18n)(reason ?? 'not_answered') }
    return { tone: TONES[outcome as keyof typeof TONES], text: { key: outcome, values } }
  }
}

type Found = Awaited<ReturnType<typeof connectionById>>
