import { errors, type HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { sendDownload } from '#app/core/http/send_download'
import { decide, requestedPayout } from '#app/admin/controllers/payout_decision'
import { keyValidator } from '#app/admin/validators/payout'
import { AddProof } from '#app/payouts/actions/add_proof'
import { findProof } from '#app/payouts/queries/proofs'

export default class PayoutProofsController {
  async show(ctx: HttpContext) {
    const { params, request } = ctx
    const proof = await findProof(await requestedPayout(ctx), params.proof)
    if (!proof) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    const { fileName: name, contentType, content } = proof
    return sendDownload(ctx, { name, contentType, content })
  }

  async store(ctx: HttpContext) {
    const { _key: key } = await ctx.request.validateUsing(keyValidator)
    const { id: userId } = ctx.auth.getUserOrFail()
    return decide(ctx, key, 'proved', (payoutId) =>
      new AddProof().handle({ payoutId, bytes: ctx.upload?.bytes, userId, actor: actorOf(ctx) })
    )
  }
}
