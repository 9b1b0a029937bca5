import type { HttpContext } from '@adonisjs/core/http'
import { decide } from '#app/admin/controllers/exception_decision'
import { exceptionDecisionValidator } from '#app/admin/validators/exception'
import { actorOf } from '#app/core/http/actor'
import { ResolveException } from '#app/payments/actions/resolve_exception'

export default class ExceptionDecisionsController {
  async store(ctx: HttpContext) {
    const { _key: key, decision } = await ctx.request.validateUsing(exceptionDecisionValidator)
    const input = { owner: 'platform' as const, decision, actor: actorOf(ctx) }
    return decide(ctx, key, 'resolved', (chosen) =>
      new ResolveException().handle({ ...input, ...chosen })
    )
  }
}
