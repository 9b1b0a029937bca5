import { errors, type HttpContext } from '@adonisjs/core/http'
import { useTimeZone } from '#app/core/http/reader'
import { receiptsOf } from '#app/payments/queries/receipts'
import { brandOf } from '#app/tenants/queries/brand'
import { payerPage, payerPageVersion } from '#app/receivables/queries/payer_page'

/** How often an open page looks again by itself where no script does. */
const LOOK_AGAIN_SECONDS = 60

/** For whoever has the link: no login, no session, nothing for a search engine. */
export default class PayerController {
  async show(ctx: HttpContext) {
    const { params, response, view } = ctx
    const page = await payerPage(params.token)
    if (!page) throw this.#missing(ctx)
    const { tenantId, id, tenant } = page.receivable
    useTimeZone(ctx, tenant.timeZone)
    this.#closed(response)
    return view.render('pages/payer/show', {
      ...page,
      receipts: await receiptsOf(tenantId, id),
      brand: await brandOf(tenant),
      lookAgain: LOOK_AGAIN_SECONDS,
    })
  }

  /** Whether the page would show something else by now: asked by the page itself. */
  async version(ctx: HttpContext) {
    const { params, response } = ctx
    const version = await payerPageVersion(params.token)
    if (version === null) throw this.#missing(ctx)
    this.#closed(response)
    return response.json({ version })
  }

  #closed(response: HttpContext['response']) {
    response.header('Cache-Control', 'no-store')
    response.header('X-Robots-Tag', 'noindex, nofollow')
  }

  #missing({ request }: HttpContext) {
    return new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  }
}
