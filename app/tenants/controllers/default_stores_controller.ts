import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { ChooseDefaultStore } from '#app/tenants/actions/choose_default_store'
import TenantPolicy from '#app/tenants/policies/tenant_policy'
import { storeOf } from '#app/tenants/queries/stores'

export default class DefaultStoresController {
  async store(ctx: HttpContext) {
    const { bouncer, tenant, membership, params, session, response, i18n } = ctx
    await bouncer.with(TenantPolicy).authorize('manageStores', membership)
    const store = await storeOf(tenant.id, params.id)
    await new ChooseDefaultStore().handle({ store, actor: actorOf(ctx) })
    session.flash('success', i18n.t('tenants.stores.made_default', { name: store.name }))
    return response.redirect().status(303).toPath(`/t/${tenant.slug}/stores`)
  }
}
