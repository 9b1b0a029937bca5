import type { HttpContext } from '@adonisjs/core/http'
import { rememberLocale } from '#app/core/http/reader'
import { UpdateProfile } from '#app/identity/actions/update_profile'
import { localeValidator } from '#app/identity/validators/account_validator'

/** The language switch in the footer, before and after login. */
export default class LanguagesController {
  async store(ctx: HttpContext) {
    const { locale } = await ctx.request.validateUsing(localeValidator)
    rememberLocale(ctx, locale)
    const user = ctx.auth.user
    if (user) await new UpdateProfile().handle(user, { ...user.profile, locale })
    return ctx.response.redirect().status(303).withQs().back()
  }
}
