import { errors, type HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { actorOf } from '#app/core/http/actor'
import { SaveFeeDocument } from '#app/payments/actions/save_fee_document'
import Tenant from '#app/tenants/models/tenant'

const validator = vine.create({ number: vine.string().trim().maxLength(60).optional() })

export default class FeeDocumentsController {
  async update(ctx: HttpContext) {
    const { params, request, response, session, i18n } = ctx
    const owner = await Tenant.find(params.id)
    if (!owner) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    const { number } = await request.validateUsing(validator)
    const { month } = params
    const input = { tenantId: owner.id, month, number: number || null, actor: actorOf(ctx) }
    await new SaveFeeDocument().handle(input)
    session.flash('success', i18n.t('fees.document_saved'))
    return response.redirect().status(303).toPath(`/admin/fees/${month}/${owner.id}`)
  }
}
