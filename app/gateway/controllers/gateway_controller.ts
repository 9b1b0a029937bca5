import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { SaveGatewaySettings } from '#app/gateway/actions/save_gateway_settings'
import { percentInput } from '#app/core/percent_text'
import { gatewayOverview } from '#app/gateway/queries/gateway_overview'
import { shownTaxId } from '#app/gateway/queries/platform_identity'
import { readAnyTaxId, settingsValidator } from '#app/gateway/validators/gateway'
import { activeChargesByAccount } from '#app/receivables/queries/charges'

export default class GatewayController {
  async show({ view, i18n }: HttpContext) {
    const overview = await gatewayOverview()
    const openCharges = await activeChargesByAccount()
    return view.render('pages/gateway/show', {
      ...overview,
      openCharges,
      percentField: percentInput(overview.settings.platformFeePercent, i18n.locale),
    })
  }

  async update(ctx: HttpContext) {
    const { request, response, session, i18n } = ctx
    const meta = { t: (key: string) => i18n.t(key) }
    const form = await request.validateUsing(settingsValidator, { meta })
    const taxId = form.platform_tax_id ? readAnyTaxId(form.platform_tax_id) : null
    const settings = {
      platformFeePercent: form.platform_fee_percent,
      platformName: form.platform_name ?? null,
      // Never shown whole in the field, so that an empty one keeps what is stored.
      ...(taxId && { platformTaxId: shownTaxId(taxId) }),
      automaticTransfer: form.automatic_transfer ?? false,
      payoutWaitingDays: form.payout_waiting_days,
    }
    await new SaveGatewaySettings().handle({ settings, actor: actorOf(ctx) })
    session.flash('success', i18n.t('gateway.settings.saved'))
    return response.redirect().status(303).toPath('/admin/gateway')
  }
}
