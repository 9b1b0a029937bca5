import { errors, type HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { useTimeZone } from '#app/core/http/reader'
import type Membership from '#app/tenants/models/membership'
import type Tenant from '#app/tenants/models/tenant'
import { membershipIn, membershipsOf } from '#app/tenants/queries/memberships'

/** The tenant of `/t/:slug`. For who is no member of it, it does not exist. */
export default class TenantMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const user = ctx.auth.getUserOrFail()
    const membership = await membershipIn(String(ctx.params.slug), user.id)
    if (!membership) throw new errors.E_ROUTE_NOT_FOUND([ctx.request.method(), ctx.request.url()])

    ctx.membership = membership
    ctx.tenant = membership.tenant
    useTimeZone(ctx, ctx.tenant.timeZone)
    ctx.view.share({
      tenant: ctx.tenant,
      membership,
      // Asked by the switcher only when a page with it is drawn.
      switchableTenants: () => membershipsOf(user.id, { limit: 8 }),
    })
    return next()
  }
}

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    tenant: Tenant
    membership: Membership
  }
}
