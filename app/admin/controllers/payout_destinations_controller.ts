import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { payoutPage, requestedPayout } from '#app/admin/controllers/payout_decision'
import { RevealDestination } from '#app/payouts/actions/reveal_destination'

/** Where a payout's transfer goes, in full: a post, as looking is written into the audit log. */
export default class PayoutDestinationsController {
  /** Where its forms and the language switch lead back to: to the payout, without the account. */
  async show({ params, response, session }: HttpContext) {
    session.reflash()
    return response.redirect().toPath(`/admin/payouts/${params.id}`)
  }

  async store(ctx: HttpContext) {
    const payout = await requestedPayout(ctx)
    const input = { payoutId: payout.id, actor: actorOf(ctx) }
    const revealed = await new RevealDestination().handle(input)
    return payoutPage(ctx, payout, revealed)
  }
}
