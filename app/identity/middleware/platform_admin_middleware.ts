import { errors, type HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** The back office does not exist for anybody else. */
export default class PlatformAdminMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { method, url } = { method: ctx.request.method(), url: ctx.request.url() }
    if (!ctx.auth.getUserOrFail().isPlatformAdmin) {
      throw new errors.E_ROUTE_NOT_FOUND([method, url])
    }
    return next()
  }
}
