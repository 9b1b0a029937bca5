import { errors, type HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { nextPage } from '#app/admin/controllers/next_page'
import { batchValidator, pageValidator } from '#app/admin/validators/payout'
import { MakeBatch } from '#app/payouts/actions/make_batch'
import { batchList, findBatch, payoutsOfBatch, waitingForBatch } from '#app/payouts/queries/batches'

export default class PayoutBatchesController {
  async index(ctx: HttpContext) {
    const { request, view } = ctx
    const { after } = await pageValidator.validate(request.qs())
    const { batches, next } = await batchList(after)
    const waiting = await waitingForBatch()
    const shown = { batches, waiting, next: nextPage(ctx, next) }
    return view.render('pages/admin/payouts/batches', shown)
  }

  async store(ctx: HttpContext) {
    const { request, response, auth, session, i18n } = ctx
    const { _key: key, currency } = await request.validateUsing(batchValidator)
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key, userId, purpose: 'payout_batch.make' }, async () => {
      const { id } = await new MakeBatch().handle({ currency, userId, actor: actorOf(ctx) })
      return `/admin/payouts/batches/${id}`
    })
    session.flash('success', i18n.t('admin.payouts.batches.made'))
    return response.redirect().status(303).toPath(url)
  }

  async show(ctx: HttpContext) {
    const batch = await requestedBatch(ctx)
    const payouts = await payoutsOfBatch(batch.id)
    return ctx.view.render('pages/admin/payouts/batch', { batch, payouts })
  }
}

export async function requestedBatch({ params, request }: HttpContext) {
  const batch = await findBatch(params.id)
  if (!batch) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  return batch
}
