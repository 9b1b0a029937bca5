import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#app/core/clock'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { SetDestination } from '#app/payouts/actions/set_destination'
import { bankAccountForm } from '#app/payouts/bank_accounts'
import {
  destinationKindsOf,
  pixKeyKinds,
  type DestinationDetails,
  type DestinationKind,
} from '#app/payouts/destination_details'
import PayoutRule from '#app/payouts/models/payout_rule'
import type Tenant from '#app/tenants/models/tenant'
import PayoutPolicy from '#app/payouts/policies/payout_policy'
import { currentDestination, replacedDestinations } from '#app/payouts/queries/destinations'
import {
  bankAccountValidator,
  destinationKindValidator,
  pixValidator,
} from '#app/payouts/validators/destination'
import { formMeta } from '#app/payouts/validators/form_meta'

interface DestinationForm {
  key: string
  password: string
  details: DestinationDetails
  holderTaxId: string
}

export default class PayoutDestinationsController {
  async edit(ctx: HttpContext) {
    const { tenant, membership, request, view } = ctx
    await ctx.bouncer.with(PayoutPolicy).authorize('manage', membership)
    const kind = kindOf(tenant, await destinationKindValidator.validate(request.qs()))
    const current = await currentDestination(tenant.id)
    const replaced = await replacedDestinations(tenant.id)
    const { coolingHours } = await PayoutRule.of(tenant.currency)
    const kinds = destinationKindsOf(tenant.country)
    const form = bankAccountForm(tenant.country)
    const shown = { kind, kinds, pixKeyKinds, form, coolingHours, now: clock.now() }
    return view.render('pages/payouts/destination', { current, replaced, ...shown })
  }

  async update(ctx: HttpContext) {
    const { tenant, membership, response, auth, session, i18n } = ctx
    await ctx.bouncer.with(PayoutPolicy).authorize('manage', membership)
    const { key, ...form } = await this.#form(ctx)
    const { id: userId } = auth.getUserOrFail()
    const url = await once({ key, userId, purpose: 'payout_destination.set' }, async () => {
      await new SetDestination().handle({ ...form, tenant, userId, actor: actorOf(ctx) })
      return `/t/${tenant.slug}/payouts`
    })
    session.flash('success', i18n.t('payouts.destination.saved'))
    return response.redirect().status(303).toPath(url)
  }

  async #form(ctx: HttpContext): Promise<DestinationForm> {
    const { country } = ctx.tenant
    const kind = kindOf(ctx.tenant, await destinationKindValidator.validate(ctx.request.all()))
    if (kind === 'bank_account') {
      const form = await ctx.request.validateUsing(bankAccountValidator(country), formMeta(ctx))
      const { bank = '', branch = '', account, holder_name: holderName } = form.secret
      const details = { kind, bank, branch, account, holderName } as const
      return asForm(form, details)
    }
    const form = await ctx.request.validateUsing(pixValidator, formMeta(ctx))
    const { key_kind: keyKind, pix_key: key } = form.secret
    return asForm(form, { kind: 'pix', keyKind, key })
  }
}

/** What was chosen, where the country has it; else the country's usual one. */
function kindOf({ country }: Tenant, { kind }: { kind?: DestinationKind }): DestinationKind {
  const kinds = destinationKindsOf(country)
  return kind && kinds.includes(kind) ? kind : kinds[0]
}

const asForm = (
  form: { _key: string; password: string; secret: { holder_tax_id: string } },
  details: DestinationDetails
): DestinationForm => ({
  key: form._key,
  password: form.password,
  details,
  holderTaxId: form.secret.holder_tax_id,
})
