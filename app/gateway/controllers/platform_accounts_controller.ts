import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { SavePlatformAccount } from '#app/gateway/actions/save_platform_account'
import { accountValidator } from '#app/gateway/validators/gateway'

export default class PlatformAccountsController {
  async store(ctx: HttpContext) {
    const { request, response, session, i18n } = ctx
    const meta = { t: (key: string) => i18n.t(key) }
    const { token } = await request.validateUsing(accountValidator, { meta })
    const { nickname } = await new SavePlatformAccount().handle({ token, actor: actorOf(ctx) })
    session.flash('success', i18n.t('gateway.account.saved', { nickname }))
    return response.redirect().status(303).toPath('/admin/gateway')
  }
}
