import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { SetTerms } from '#app/receivables/actions/set_terms'
import { requestedReceivable } from '#app/receivables/controllers/requested_receivable'
import { termsWarnings } from '#app/receivables/late_payment'
import ReceivablePolicy from '#app/receivables/policies/receivable_policy'
import { chosenTerms } from '#app/receivables/terms'
import { formMeta } from '#app/receivables/validators/form_meta'
import { termsValidator } from '#app/receivables/validators/terms'

export default class TermsController {
  /** Fine, interest and discount of a draft. What is unusual is warned of and done all the same. */
  async update(ctx: HttpContext) {
    const { tenant, membership, request, response, session, i18n } = ctx
    await ctx.bouncer.with(ReceivablePolicy).authorize('create', membership)
    const receivable = await requestedReceivable(ctx)
    const form = await request.validateUsing(termsValidator, formMeta(ctx))
    const changed = await new SetTerms().handle({
      receivable,
      terms: chosenTerms(form, receivable.dueOn),
      actor: actorOf(ctx),
    })
    const warnings = termsWarnings(changed).map((name) => i18n.t(`receivables.terms.${name}`))
    if (warnings.length > 0) session.flash('warning', warnings.join(' '))
    else session.flash('success', i18n.t('receivables.terms.saved'))
    return response.redirect().status(303).toPath(`/t/${tenant.slug}/receivables/${receivable.id}`)
  }
}
