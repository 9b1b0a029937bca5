import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { decide } from '#app/admin/controllers/payout_decision'
import { keyValidator } from '#app/admin/validators/payout'
import { StartPayout } from '#app/payouts/actions/start_payout'

export default class PayoutStartsController {
  async store(ctx: HttpContext) {
    const { _key: key } = await ctx.request.validateUsing(keyValidator)
    return decide(ctx, key, 'processing', (payoutId) =>
      new StartPayout().handle({ payoutId, actor: actorOf(ctx) })
    )
  }
}
