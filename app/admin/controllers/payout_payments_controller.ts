import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { decide } from '#app/admin/controllers/payout_decision'
import { formMeta } from '#app/admin/validators/form_meta'
import { paidValidator } from '#app/admin/validators/payout'
import { MarkPayoutPaid } from '#app/payouts/actions/mark_payout_paid'

/** A payout's payment: what the bank calls the transfer, and its paper, if there is one. */
export default class PayoutPaymentsController {
  async store(ctx: HttpContext) {
    const form = await ctx.request.validateUsing(paidValidator, formMeta(ctx))
    const { id: userId } = ctx.auth.getUserOrFail()
    return decide(ctx, form._key, 'paid', (payoutId) =>
      new MarkPayoutPaid().handle({
        payoutId,
        bankReference: form.bank_reference,
        proof: ctx.upload && { bytes: ctx.upload.bytes, userId },
        actor: actorOf(ctx),
      })
    )
  }
}
