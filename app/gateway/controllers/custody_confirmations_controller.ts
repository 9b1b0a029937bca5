import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { ConfirmCustody } from '#app/gateway/actions/confirm_custody'
import { custodyValidator } from '#app/gateway/validators/gateway'

export default class CustodyConfirmationsController {
  async store(ctx: HttpContext) {
    const { request, response, session, auth, i18n } = ctx
    const meta = { t: (key: string) => i18n.t(key) }
    const { country } = await request.validateUsing(custodyValidator, { meta })
    const { id: userId } = auth.getUserOrFail()
    await new ConfirmCustody().handle({ country, userId, actor: actorOf(ctx) })
    session.flash('success', i18n.t('gateway.custody.saved'))
    return response.redirect().status(303).toPath('/admin/gateway')
  }
}
