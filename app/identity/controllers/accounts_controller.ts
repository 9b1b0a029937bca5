import type { HttpContext } from '@adonisjs/core/http'
import { rememberLocale } from '#app/core/http/reader'
import { timeZoneOptions } from '#app/core/time_zones'
import { UpdateProfile } from '#app/identity/actions/update_profile'
import { profileValidator } from '#app/identity/validators/account_validator'

/** What a user says of himself. */
export default class AccountsController {
  edit({ view, auth }: HttpContext) {
    return view.render('pages/identity/account', { user: auth.user, timeZoneOptions })
  }

  async update(ctx: HttpContext) {
    const profile = await ctx.request.validateUsing(profileValidator)
    await new UpdateProfile().handle(ctx.auth.getUserOrFail(), profile)
    rememberLocale(ctx, profile.locale)
    ctx.session.flash('success', ctx.i18n.t('identity.account.saved'))
    return ctx.response.redirect().status(303).toPath('/account')
  }
}
