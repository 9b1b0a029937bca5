import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { DiscardImport } from '#app/receivables/actions/discard_import'
import { requestedImport } from '#app/receivables/controllers/requested_import'

export default class ImportDiscardsController {
  async store(ctx: HttpContext) {
    const { tenant, response, session, i18n } = ctx
    const { run } = await requestedImport(ctx)
    await new DiscardImport().handle(run, actorOf(ctx))
    session.flash('success', i18n.t('imports.discard.done'))
    return response.redirect().status(303).toPath(`/t/${tenant.slug}/imports/${run.kind}/new`)
  }
}
