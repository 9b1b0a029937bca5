import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { PRODUCT_COLOR } from '#app/core/mail/brand'
import { SaveBrand } from '#app/tenants/actions/save_brand'
import TenantPolicy from '#app/tenants/policies/tenant_policy'
import { brandOf } from '#app/tenants/queries/brand'
import { brandValidator } from '#app/tenants/validators/brand_validator'

/** How the tenant shows itself to its customers. */
export default class BrandsController {
  async edit({ bouncer, tenant, membership, view }: HttpContext) {
    await bouncer.with(TenantPolicy).authorize('changeSettings', membership)
    return view.render('pages/tenants/brand', { brand: await brandOf(tenant) })
  }

  async update(ctx: HttpContext) {
    const { bouncer, tenant, membership, request, session, response, i18n } = ctx
    await bouncer.with(TenantPolicy).authorize('changeSettings', membership)
    const form = await request.validateUsing(brandValidator)
    const settings = {
      // A colour field always has a value: the product's own is no choice.
      brandColor: form.brand_color === PRODUCT_COLOR ? null : (form.brand_color ?? null),
      contactEmail: form.contact_email ?? null,
      contactPhone: form.contact_phone ?? null,
    }
    await new SaveBrand().handle({ tenant, settings, actor: actorOf(ctx) })
    session.flash('success', i18n.t('tenants.settings.saved'))
    return response.redirect().status(303).toPath(`/t/${tenant.slug}/settings/brand`)
  }
}
