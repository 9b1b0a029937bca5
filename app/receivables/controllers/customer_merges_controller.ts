import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { mergeFields, MergeCustomers } from '#app/receivables/actions/merge_customers'
import { requestedCustomer } from '#app/receivables/controllers/requested_customer'
import CustomerPolicy from '#app/receivables/policies/customer_policy'
import { customerListPage, findCustomer } from '#app/receivables/queries/customer_list'
import { chosen } from '#app/core/http/query_string'
import { mergeSearchValidator, mergeValidator } from '#app/receivables/validators/merge'
import customerParts from '#start/customer_parts'

export default class CustomerMergesController {
  /** First which one is the same person, then both beside each other. */
  async create(ctx: HttpContext) {
    const { tenant, membership, view } = ctx
    await ctx.bouncer.with(CustomerPolicy).authorize('manage', membership)
    const customer = await requestedCustomer(ctx)
    const { with: otherId, ...search } = await mergeSearchValidator.validate(chosen(ctx))
    const other = otherId && otherId !== customer.id ? await findCustomer(tenant.id, otherId) : null
    if (other) return view.render('pages/customers/merge', { customer, other, mergeFields })
    const page = await customerListPage(tenant, search)
    const customers = page.customers.filter(({ id }) => id !== customer.id)
    return view.render('pages/customers/choose_merge', { ...page, customer, customers })
  }

  async store(ctx: HttpContext) {
    const { tenant, membership, params, request, response, auth, session, i18n } = ctx
    await ctx.bouncer.with(CustomerPolicy).authorize('manage', membership)
    const form = await request.validateUsing(mergeValidator)
    const { id: userId } = auth.getUserOrFail()
    const taken = mergeFields.filter((field) => form.from[field] === 'other')
    const purpose = 'customer.merge'
    const url = await once({ key: form._key, userId, purpose }, async () => {
      await new MergeCustomers(customerParts).handle({
        ...{ tenant, keptId: params.id, goneId: form.other, taken },
        actor: actorOf(ctx),
      })
      return `/t/${tenant.slug}/customers/${params.id}`
    })
    session.flash('success', i18n.t('customers.merge.done'))
    return response.redirect().status(303).toPath(url)
  }
}
