import type { HttpContext } from '@adonisjs/core/http'
import { decide } from '#app/admin/controllers/exception_decision'
import { exceptionLinkValidator } from '#app/admin/validators/exception'
import { actorOf } from '#app/core/http/actor'
import { LinkPayment } from '#app/payments/actions/link_payment'

export default class ExceptionLinksController {
  async store(ctx: HttpContext) {
    const { _key: key, receivable } = await ctx.request.validateUsing(exceptionLinkValidator)
    const input = { receivableId: receivable, actor: actorOf(ctx) }
    return decide(ctx, key, 'resolved', (chosen) =>
      new LinkPayment().handle({ ...input, ...chosen })
    )
  }
}
