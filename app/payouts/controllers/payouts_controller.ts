import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#app/core/clock'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { RequestPayout } from '#app/payouts/actions/request_payout'
import { requestedPayout } from '#app/payouts/controllers/requested_payout'
import PayoutPolicy from '#app/payouts/policies/payout_policy'
import { currentDestination } from '#app/payouts/queries/destinations'
import { payoutHistory } from '#app/payouts/queries/payout_history'
import { payoutList } from '#app/payouts/queries/payout_list'
import { payoutOverview } from '#app/payouts/queries/payout_overview'
import { proofsOf } from '#app/payouts/queries/proofs'
import { formMeta } from '#app/payouts/validators/form_meta'
import { pageValidator, payoutValidator } from '#app/payouts/validators/payout'

export default class PayoutsController {
  async index(ctx: HttpContext) {
    const { tenant, membership, request, view } = ctx
    await ctx.bouncer.with(PayoutPolicy).authorize('manage', membership)
    const { after } = await pageValidator.validate(request.qs())
    const overview = await payoutOverview(tenant.id)
    const destination = await currentDestination(tenant.id)
    const page = await payoutList({ tenantId: tenant.id, after })
    return view.render('pages/payouts/index', {
      ...overview,
      ...page,
      destination,
      now: clock.now(),
    })
  }

  async create(ctx: HttpContext) {
    const { tenant, membership, response, view } = ctx
    await ctx.bouncer.with(PayoutPolicy).authorize('manage', membership)
    const overview = await payoutOverview(tenant.id)
    if (overview.hindrance) return response.redirect().toRoute('payouts.index', [tenant.slug])
    const destination = await currentDestination(tenant.id)
    return view.render('pages/payouts/create', { ...overview, destination })
  }

  async store(ctx: HttpContext) {
    const { tenant, membership, request, response, auth, session, i18n } = ctx
    await ctx.bouncer.with(PayoutPolicy).authorize('manage', membership)
    const form = await request.validateUsing(payoutValidator, formMeta(ctx))
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key: form._key, userId, purpose: 'payout.request' }, async () => {
      const { id } = await new RequestPayout().handle({
        tenantId: tenant.id,
        currency: tenant.currency,
        amountMinor: form.amount,
        userId,
        password: form.password,
        actor: actorOf(ctx),
      })
      return `/t/${tenant.slug}/payouts/${id}`
    })
    session.flash('success', i18n.t('payouts.requested'))
    return response.redirect().status(303).toPath(url)
  }

  async show(ctx: HttpContext) {
    const { membership, view } = ctx
    await ctx.bouncer.with(PayoutPolicy).authorize('manage', membership)
    const payout = await requestedPayout(ctx)
    const history = await payoutHistory(payout)
    const proofs = await proofsOf(payout)
    return view.render('pages/payouts/show', { payout, history, proofs, now: clock.now() })
  }
}
