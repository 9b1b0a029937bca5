import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { decide } from '#app/admin/controllers/payout_decision'
import { approvalValidator } from '#app/admin/validators/payout'
import { ApprovePayout } from '#app/payouts/actions/approve_payout'
import { SendPayout } from '#app/payouts/actions/send_payout'

export default class PayoutApprovalsController {
  /** Goes on to the transfer, unless it is to wait for a file of transfers. */
  async store(ctx: HttpContext) {
    const { _key: key, wait = false } = await ctx.request.validateUsing(approvalValidator)
    const { id: userId } = ctx.auth.getUserOrFail()
    return decide(ctx, key, 'approved', async (payoutId) => {
      const input = { payoutId, userId, actor: actorOf(ctx) }
      const held = wait ? await this.#approve(input) : await new SendPayout().handle(input)
      if (held) ctx.session.flash('warning', ctx.i18n.t(`admin.payouts.held.${held}`))
    })
  }

  async #approve(input: Parameters<ApprovePayout['handle']>[0]) {
    const { state } = await new ApprovePayout().handle(input)
    return state === 'approved' ? null : 'second_person'
  }
}
