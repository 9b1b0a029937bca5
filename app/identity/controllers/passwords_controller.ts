import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { ChangePassword } from '#app/identity/actions/change_password'
import { beginSession } from '#app/identity/sessions'
import { passwordValidator } from '#app/identity/validators/account_validator'

export default class PasswordsController {
  async update(ctx: HttpContext) {
    const passwords = await ctx.request.validateUsing(passwordValidator)
    const user = ctx.auth.getUserOrFail()
    await new ChangePassword().handle({ user, actor: actorOf(ctx), ...passwords })
    await beginSession(ctx, user)
    ctx.session.flash('success', ctx.i18n.t('identity.account.password_changed'))
    return ctx.response.redirect().status(303).toPath('/account')
  }
}
