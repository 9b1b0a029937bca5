import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#app/core/clock'
import { chooseCustomer, receivableFormPage } from '#app/receivables/controllers/receivable_form'
import { requestedReceivable } from '#app/receivables/controllers/requested_receivable'
import ReceivablePolicy from '#app/receivables/policies/receivable_policy'
import { findAnyCustomer, findCustomer } from '#app/receivables/queries/customer_list'
import { copyOf } from '#app/receivables/receivable_copy'
import { newReceivableValidator } from '#app/receivables/validators/receivable'
import { chosen } from '#app/core/http/query_string'

/** The same once more: a form that is filled in; nothing exists until it is posted. */
export default class CopiesController {
  async create(ctx: HttpContext) {
    const { tenant, membership, view, bouncer } = ctx
    await bouncer.with(ReceivablePolicy).authorize('create', membership)
    const receivable = await requestedReceivable(ctx)
    const { customer: id, ...search } = await newReceivableValidator.validate(chosen(ctx))
    const wanted = await findAnyCustomer(tenant.id, id ?? receivable.customerId)
    const customer = wanted && (await findCustomer(tenant.id, wanted.mergedIntoId ?? wanted.id))
    if (!customer) {
      const here = `/t/${tenant.slug}/receivables/${receivable.id}/copy`
      return chooseCustomer(ctx, search, { into: 'receivables', here, target: here })
    }
    const copy = copyOf(receivable, clock.today(tenant.timeZone), tenant.timeZone)
    const page = await receivableFormPage(ctx, customer, copy)
    return view.render('pages/receivables/create', page)
  }
}
