import { errors, type HttpContext } from '@adonisjs/core/http'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { pointOut } from '#app/core/http/point_out'
import { nextPage } from '#app/admin/controllers/next_page'
import { OpenTenant } from '#app/admin/actions/open_tenant'
import { tenantList } from '#app/admin/queries/tenant_list'
import { defaultFee, tenantPage } from '#app/admin/queries/tenant_page'
import { formMeta, percentInput } from '#app/admin/validators/form_meta'
import { heldBack } from '#app/payments/queries/holdbacks'
import { tenantListValidator } from '#app/admin/validators/lists'
import { countryCodes, tenantValidator } from '#app/admin/validators/tenant'

export default class TenantsController {
  async index(ctx: HttpContext) {
    const { request, view } = ctx
    const { q: search, state: filter, after } = await tenantListValidator.validate(request.qs())
    const { tenants, next } = await tenantList({ search, state: filter, after })
    return view.render('pages/admin/tenants/index', {
      tenants,
      search,
      filter,
      next: nextPage(ctx, next),
    })
  }

  async show({ params, request, view, i18n }: HttpContext) {
    const page = await tenantPage(params.id)
    if (!page) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    // Not `tenant`: the layout would take it for the tenant that the reader works in.
    const { tenant: shown, ...rest } = page
    const { entitlement, id: tenantId, timeZone } = shown
    return view.render('pages/admin/tenants/show', {
      ...{ shown, ...rest },
      feeField: percentInput(entitlement.platformFeePercent, i18n.locale),
      holdbackField: percentInput(entitlement.holdbackPercent, i18n.locale),
      held: await heldBack({ tenantId, timeZone }),
    })
  }

  async create({ view }: HttpContext) {
    return view.render('pages/admin/tenants/create', {
      countryCodes,
      defaultFee: await defaultFee(),
    })
  }

  async store(ctx: HttpContext) {
    const { response, session, i18n } = ctx
    try {
      const url = await this.#open(ctx)
      session.flash('success', i18n.t('admin.tenants.created'))
      return response.redirect().status(303).toPath(url)
    } catch (error) {
      if (!pointOut(error, ctx)) throw error
      return response.status(422).send(await this.create(ctx))
    }
  }

  async #open(ctx: HttpContext): Promise<string> {
    const form = await ctx.request.validateUsing(tenantValidator, formMeta(ctx))
    const { id: userId } = ctx.auth.getUserOrFail()
    return once({ key: form._key, userId, purpose: 'tenant.open' }, async () => {
      const tenant = await new OpenTenant().handle({
        legalName: form.legalName,
        tradeName: form.tradeName,
        country: form.country,
        taxId: form.taxId,
        platformFeePercent: form.percent ?? null,
        owner: {
          email: form.ownerEmail,
          fullName: form.ownerName,
          password: form.ownerPassword,
        },
        actor: actorOf(ctx),
      })
      return `/admin/tenants/${tenant.id}`
    })
  }
}
