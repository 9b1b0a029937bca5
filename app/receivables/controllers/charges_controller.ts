import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { IssueCharge } from '#app/receivables/actions/issue_charge'
import { requestedReceivable } from '#app/receivables/controllers/requested_receivable'
import ReceivablePolicy from '#app/receivables/policies/receivable_policy'
import { formMeta } from '#app/receivables/validators/form_meta'
import { chargeValidator } from '#app/receivables/validators/receivable'

export default class ChargesController {
  /** Issues a boleto; the receivable's page then tells what became of it. */
  async store(ctx: HttpContext) {
    const { tenant, membership, request, response, auth } = ctx
    await ctx.bouncer.with(ReceivablePolicy).authorize('issue', membership)
    const receivable = await requestedReceivable(ctx)
    const form = await request.validateUsing(chargeValidator, formMeta(ctx))
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key: form._key, userId, purpose: 'charge.issue' }, async () => {
      await new IssueCharge().handle({
        tenant,
        receivable,
        method: 'boleto',
        payUntil: form.pay_until,
        actor: actorOf(ctx),
      })
      return `/t/${tenant.slug}/receivables/${receivable.id}`
    })
    return response.redirect().status(303).toPath(url)
  }
}
