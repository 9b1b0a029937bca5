import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { cspFactory, frameGuardFactory, hstsFactory, noSniffFactory } from '@adonisjs/shield/guards'
import { securityHeaders } from '#config/shield'

const guards = [
  cspFactory(securityHeaders.csp),
  frameGuardFactory(securityHeaders.xFrame),
  hstsFactory(securityHeaders.hsts),
  noSniffFactory(securityHeaders.contentTypeSniffing),
]

/** On every answer, also of errors and of pages without a session, which shield never sees. */
export default class SecurityHeadersMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    for (const guard of guards) await guard(ctx)
    // The payer's token is in the address: no other site may learn it.
    ctx.response.header('Referrer-Policy', 'same-origin')
    ctx.response.header('Cross-Origin-Opener-Policy', 'same-origin')
    ctx.response.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=()')
    return next()
  }
}
