import type { HttpContext } from '@adonisjs/core/http'
import { nextPage } from '#app/admin/controllers/next_page'
import { payoutPage, requestedPayout } from '#app/admin/controllers/payout_decision'
import { payoutListValidator } from '#app/admin/validators/payout'
import { payoutStates, type PayoutState } from '#app/payouts/models/payout'
import { waitingForBatch } from '#app/payouts/queries/batches'
import { payoutList } from '#app/payouts/queries/payout_list'

/** What waits for a decision or a transfer. */
const open: PayoutState[] = ['requested', 'approved', 'processing']

export default class PayoutsController {
  async index(ctx: HttpContext) {
    const { request, view } = ctx
    const { state: filter = 'open', after } = await payoutListValidator.validate(request.qs())
    const states = filter === 'open' ? open : [filter]
    const { payouts, next } = await payoutList({ states, after })
    return view.render('pages/admin/payouts/index', {
      payouts,
      filter,
      payoutStates,
      waiting: await waitingForBatch(),
      next: nextPage(ctx, next),
    })
  }

  async show(ctx: HttpContext) {
    return payoutPage(ctx, await requestedPayout(ctx))
  }
}
