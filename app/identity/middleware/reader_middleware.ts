import { Bouncer } from '@adonisjs/bouncer'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { useLocale, useTimeZone } from '#app/core/http/reader'
import type User from '#app/identity/models/user'

/** Who reads this page, if anybody is logged in, in which language, and what the role allows. */
export default class ReaderMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    // What is behind a login stays in no cache, the browser's own included.
    ctx.response.header('Cache-Control', 'no-store')
    if (await ctx.auth.check()) {
      const user = ctx.auth.getUserOrFail()
      useLocale(ctx, user.locale)
      useTimeZone(ctx, user.timeZone)
    }
    ctx.bouncer = new Bouncer(() => ctx.auth.user ?? null)
    ctx.view.share({ reader: ctx.auth.user ?? null })
    return next()
  }
}

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    bouncer: Bouncer<User>
  }
}
