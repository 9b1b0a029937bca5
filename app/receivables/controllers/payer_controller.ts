import { errors, type HttpContext } from '@adonisjs/core/http'
import { useTimeZone } from '#app/core/http/reader'
import { payerPage } from '#app/receivables/queries/payer_page'

/** How often an open page looks again by itself, with or without scripts. */
const LOOK_AGAIN_SECONDS = 60

export default class PayerController {
  async show(ctx: HttpContext) {
    const { params, request, response, view } = ctx
    const page = await payerPage(params.token)
    if (!page) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])

    useTimeZone(ctx, page.receivable.tenant.timeZone)
    response.header('Cache-Control', 'no-store')
    response.header('X-Robots-Tag', 'noindex, nofollow')
    if (['open', 'overdue', 'preparing'].includes(page.phase)) {
      response.header('Refresh', String(LOOK_AGAIN_SECONDS))
    }
    return view.render('pages/payer/show', page)
  }
}
