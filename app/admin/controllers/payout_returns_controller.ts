import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { decide } from '#app/admin/controllers/payout_decision'
import { formMeta } from '#app/admin/validators/form_meta'
import { reasonValidator } from '#app/admin/validators/payout'
import { ReturnPayout } from '#app/payouts/actions/return_payout'

export default class PayoutReturnsController {
  async store(ctx: HttpContext) {
    const { _key: key, reason } = await ctx.request.validateUsing(reasonValidator, formMeta(ctx))
    return decide(ctx, key, 'returned', (payoutId) =>
      new ReturnPayout().handle({ payoutId, reason, actor: actorOf(ctx) })
    )
  }
}
