import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { ConfirmPassword } from '#app/identity/actions/confirm_password'
import { EraseCustomer } from '#app/receivables/actions/erase_customer'
import CustomerPolicy from '#app/receivables/policies/customer_policy'
import { erasureValidator } from '#app/receivables/validators/customer'
import customerParts from '#start/customer_parts'

export default class CustomerErasuresController {
  async store(ctx: HttpContext) {
    const { tenant, membership, params, request, response, auth, session, i18n } = ctx
    await ctx.bouncer.with(CustomerPolicy).authorize('erase', membership)
    const form = await request.validateUsing(erasureValidator)
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key: form._key, userId, purpose: 'customer.erase' }, async () => {
      await new ConfirmPassword().handle(userId, form.password)
      await new EraseCustomer(customerParts).handle({
        customer: { id: params.id, tenantId: tenant.id },
        actor: actorOf(ctx),
      })
      return `/t/${tenant.slug}/customers/${params.id}`
    })
    session.flash('success', i18n.t('customers.erase.done'))
    return response.redirect().status(303).toPath(url)
  }
}
