import type { HttpContext } from '@adonisjs/core/http'
import { CheckApplication } from '#app/gateway/actions/check_application'
import { applicationTestLimits } from '#start/limiter'

/** A try of the application's id and secret. */
export default class ApplicationTestsController {
  async store({ response, session, auth, i18n }: HttpContext) {
    await applicationTestLimits(auth.getUserOrFail().id).consume()
    const verdict = await new CheckApplication().handle()
    const tone = verdict === 'accepted' ? 'success' : 'error'
    session.flash(tone, i18n.t(`gateway.application.verdicts.${verdict}`))
    return response.redirect().status(303).toPath('/admin/gateway')
  }
}
