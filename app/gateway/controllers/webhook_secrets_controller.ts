import { errors, type HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { AddWebhookSecret } from '#app/gateway/actions/add_webhook_secret'
import { RemoveWebhookSecret } from '#app/gateway/actions/remove_webhook_secret'
import { webhookSecretValidator } from '#app/gateway/validators/gateway'

export default class WebhookSecretsController {
  async store(ctx: HttpContext) {
    const { request, response, session, i18n } = ctx
    const meta = { t: (key: string) => i18n.t(key) }
    const { secret } = await request.validateUsing(webhookSecretValidator, { meta })
    await new AddWebhookSecret().handle({ secret, actor: actorOf(ctx) })
    session.flash('success', i18n.t('gateway.secrets.added'))
    return response.redirect().status(303).toPath('/admin/gateway')
  }

  async destroy(ctx: HttpContext) {
    const { params, request, response, session, i18n } = ctx
    const removed = await new RemoveWebhookSecret().handle({ id: params.id, actor: actorOf(ctx) })
    if (!removed) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    session.flash('success', i18n.t('gateway.secrets.removed'))
    return response.redirect().status(303).toPath('/admin/gateway')
  }
}
