import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { CreateStore } from '#app/tenants/actions/create_store'
import { RenameStore } from '#app/tenants/actions/rename_store'
import TenantPolicy from '#app/tenants/policies/tenant_policy'
import { storeOf, storesOf } from '#app/tenants/queries/stores'
import { storeValidator } from '#app/tenants/validators/tenant_validator'

export default class StoresController {
  async index({ bouncer, tenant, membership, view }: HttpContext) {
    const policy = bouncer.with(TenantPolicy)
    await policy.authorize('seeOrganisation', membership)
    return view.render('pages/tenants/stores', {
      stores: await storesOf(tenant.id),
      mayManage: await policy.allows('manageStores', membership),
    })
  }

  async store(ctx: HttpContext) {
    const { bouncer, tenant, membership, request, i18n } = ctx
    await bouncer.with(TenantPolicy).authorize('manageStores', membership)
    const { name } = await request.validateUsing(storeValidator)
    await new CreateStore().handle({ tenantId: tenant.id, name, actor: actorOf(ctx) })
    return this.#back(ctx, i18n.t('tenants.stores.created', { name }))
  }

  async edit({ bouncer, tenant, membership, params, view }: HttpContext) {
    await bouncer.with(TenantPolicy).authorize('manageStores', membership)
    const store = await storeOf(tenant.id, params.id)
    return view.render('pages/tenants/store', { store })
  }

  async update(ctx: HttpContext) {
    const { bouncer, tenant, membership, params, request, i18n } = ctx
    await bouncer.with(TenantPolicy).authorize('manageStores', membership)
    const store = await storeOf(tenant.id, params.id)
    const { name } = await request.validateUsing(storeValidator)
    await new RenameStore().handle({ store, name, actor: actorOf(ctx) })
    return this.#back(ctx, i18n.t('tenants.stores.renamed', { name }))
  }

  #back({ session, response, tenant }: HttpContext, message: string) {
    session.flash('success', message)
    return response.redirect().status(303).toPath(`/t/${tenant.slug}/stores`)
  }
}
