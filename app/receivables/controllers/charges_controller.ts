import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { IssueCharges } from '#app/receivables/actions/issue_charges'
import { requestedReceivable } from '#app/receivables/controllers/requested_receivable'
import ReceivablePolicy from '#app/receivables/policies/receivable_policy'
import { formMeta } from '#app/receivables/validators/form_meta'
import { chargeValidator } from '#app/receivables/validators/receivable'

export default class ChargesController {
  /** Offers the chosen ways of paying; the receivable's page then tells what became of each. */
  async store(ctx: HttpContext) {
    const { tenant, membership, request, response, auth, session, i18n } = ctx
    await ctx.bouncer.with(ReceivablePolicy).authorize('issue', membership)
    const receivable = await requestedReceivable(ctx)
    const form = await request.validateUsing(chargeValidator, formMeta(ctx))
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key: form._key, userId, purpose: 'charge.issue' }, async () => {
      const { failed } = await new IssueCharges().handle({
        tenant,
        receivable,
        methods: form.methods,
        payUntil: form.pay_until,
        actor: actorOf(ctx),
      })
      const words = failed.map(({ error }) => i18n.t(`errors.${error.key}`, error.params))
      if (words.length > 0) session.flash('warning', words.join(' '))
      return `/t/${tenant.slug}/receivables/${receivable.id}`
    })
    return response.redirect().status(303).toPath(url)
  }
}
