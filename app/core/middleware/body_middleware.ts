import BodyParserMiddleware from '@adonisjs/core/bodyparser_middleware'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Parses bodies, but not those of webhooks: their controllers read what was sent, as it was sent. */
export default class BodyMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    if (ctx.route?.pattern.startsWith('/webhooks/')) return next()
    const parser = await ctx.containerResolver.make(BodyParserMiddleware)
    return parser.handle(ctx, next)
  }
}
