import { errors, type HttpContext } from '@adonisjs/core/http'
import { sendDownload } from '#app/core/http/send_download'
import { requestedPayout } from '#app/payouts/controllers/requested_payout'
import PayoutPolicy from '#app/payouts/policies/payout_policy'
import { findProof } from '#app/payouts/queries/proofs'

export default class PayoutProofsController {
  async show(ctx: HttpContext) {
    const { membership, params, request } = ctx
    await ctx.bouncer.with(PayoutPolicy).authorize('manage', membership)
    const proof = await findProof(await requestedPayout(ctx), params.proof)
    if (!proof) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    const { fileName: name, contentType, content } = proof
    return sendDownload(ctx, { name, contentType, content })
  }
}
