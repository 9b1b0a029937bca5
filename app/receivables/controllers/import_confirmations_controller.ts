import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { ConfirmImport } from '#app/receivables/actions/confirm_import'
import { requestedImport } from '#app/receivables/controllers/requested_import'

export default class ImportConfirmationsController {
  async store(ctx: HttpContext) {
    const { tenant, request, response, session, i18n } = ctx
    const { run, kind } = await requestedImport(ctx)
    const options = await request.validateUsing(kind.options)
    await new ConfirmImport().handle({ run, options, actor: actorOf(ctx) })
    session.flash('success', i18n.t('imports.confirmed'))
    return response.redirect().status(303).toPath(`/t/${tenant.slug}/imports/${run.id}`)
  }
}
