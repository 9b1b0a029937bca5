import type { HttpContext } from '@adonisjs/core/http'
import { currencies, type CurrencyCode } from '#app/core/currencies'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { formMeta } from '#app/admin/validators/form_meta'
import { currencyValidator, rulesValidator } from '#app/admin/validators/payout'
import { SaveRules } from '#app/payouts/actions/save_rules'
import PayoutRule from '#app/payouts/models/payout_rule'

/** The platform's rules for payouts, by currency. */
export default class PayoutRulesController {
  async edit({ request, view }: HttpContext) {
    const { currency = 'BRL' } = await currencyValidator.validate(request.qs())
    const rule = await PayoutRule.of(currency)
    const codes = Object.keys(currencies) as CurrencyCode[]
    return view.render('pages/admin/payouts/rules', { rule, currency, codes })
  }

  async update(ctx: HttpContext) {
    const { request, response, auth, session, i18n } = ctx
    const form = await request.validateUsing(rulesValidator, formMeta(ctx))
    const { id: userId } = auth.getUserOrFail()
    const { currency, minimum, second_person_above: secondPersonAboveMinor = null } = form
    const url = await once({ key: form._key, userId, purpose: 'payout_rules.save' }, async () => {
      await new SaveRules().handle({
        currency,
        coolingHours: form.cooling_hours,
        minimumMinor: minimum ?? 1,
        secondPersonAboveMinor: secondPersonAboveMinor ?? null,
        actor: actorOf(ctx),
      })
      return `/admin/payouts/rules?currency=${currency}`
    })
    session.flash('success', i18n.t('admin.payouts.rules.saved'))
    return response.redirect().status(303).toPath(url)
  }
}
