import { errors, type HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { RemoveLogo } from '#app/tenants/actions/remove_logo'
import { SaveLogo } from '#app/tenants/actions/save_logo'
import TenantPolicy from '#app/tenants/policies/tenant_policy'
import { logoByToken } from '#app/tenants/queries/brand'

export default class LogosController {
  /** For anybody: mail programs fetch it without a session. The address outlives the picture. */
  async show({ params, request, response }: HttpContext) {
    const logo = await logoByToken(params.token)
    if (!logo) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    response.header('Cache-Control', 'public, max-age=3600')
    const etag = `"${logo.fingerprint}"`
    response.header('ETag', etag)
    response.header('Content-Security-Policy', `default-src 'none'; frame-ancestors 'none'`)
    response.header('Cross-Origin-Resource-Policy', 'cross-origin')
    // A list of them, or one that a proxy calls weak.
    if (request.header('if-none-match')?.includes(etag)) return response.status(304).send(null)
    return response.type(logo.contentType).send(logo.content)
  }

  async store(ctx: HttpContext) {
    const { bouncer, tenant, membership, upload } = ctx
    await bouncer.with(TenantPolicy).authorize('changeSettings', membership)
    const bytes = upload ? upload.bytes : Buffer.alloc(0)
    await new SaveLogo().handle({ tenant, bytes, actor: actorOf(ctx) })
    return this.#done(ctx)
  }

  async destroy(ctx: HttpContext) {
    const { bouncer, tenant, membership } = ctx
    await bouncer.with(TenantPolicy).authorize('changeSettings', membership)
    await new RemoveLogo().handle({ tenant, actor: actorOf(ctx) })
    return this.#done(ctx)
  }

  #done({ session, response, tenant, i18n }: HttpContext) {
    session.flash('success', i18n.t('tenants.settings.saved'))
    return response.redirect().status(303).toPath(`/t/${tenant.slug}/settings/brand`)
  }
}
