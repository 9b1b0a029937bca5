import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { decide } from '#app/admin/controllers/payout_decision'
import { formMeta } from '#app/admin/validators/form_meta'
import { reasonValidator } from '#app/admin/validators/payout'
import { RejectPayout } from '#app/payouts/actions/reject_payout'

export default class PayoutRejectionsController {
  async store(ctx: HttpContext) {
    const { _key: key, reason } = await ctx.request.validateUsing(reasonValidator, formMeta(ctx))
    return decide(ctx, key, 'rejected', (payoutId) =>
      new RejectPayout().handle({ payoutId, reason, actor: actorOf(ctx) })
    )
  }
}
