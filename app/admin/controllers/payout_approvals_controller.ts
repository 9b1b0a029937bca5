import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { decide } from '#app/admin/controllers/payout_decision'
import { keyValidator } from '#app/admin/validators/payout'
import { SendPayout } from '#app/payouts/actions/send_payout'

export default class PayoutApprovalsController {
  async store(ctx: HttpContext) {
    const { _key: key } = await ctx.request.validateUsing(keyValidator)
    const { id: userId } = ctx.auth.getUserOrFail()
    return decide(ctx, key, 'approved', async (payoutId) => {
      const hindrance = await new SendPayout().handle({ payoutId, userId, actor: actorOf(ctx) })
      if (hindrance) ctx.session.flash('warning', ctx.i18n.t('admin.payouts.held_back'))
    })
  }
}
