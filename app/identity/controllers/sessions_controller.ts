import type { HttpContext } from '@adonisjs/core/http'
import { LogIn } from '#app/identity/actions/log_in'
import { beginSession, endSession } from '#app/identity/sessions'
import { loginValidator } from '#app/identity/validators/login_validator'

/** A session: begun at login, ended at logout. */
export default class SessionsController {
  create({ view }: HttpContext) {
    return view.render('pages/identity/login')
  }

  async store(ctx: HttpContext) {
    const credentials = await ctx.request.validateUsing(loginValidator)
    const user = await new LogIn().handle({ ...credentials, ip: ctx.request.ip() })
    await beginSession(ctx, user)
    return ctx.response.redirect().status(303).toIntended('/')
  }

  async destroy(ctx: HttpContext) {
    await endSession(ctx)
    return ctx.response.redirect().status(303).toPath('/login')
  }
}
