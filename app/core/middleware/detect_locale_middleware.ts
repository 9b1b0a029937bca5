import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { guessLocale, useLocale } from '#app/core/http/reader'

/** Until somebody is logged in: the language chosen in the footer, else what the browser asks for. */
export default class DetectLocaleMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    useLocale(ctx, guessLocale(ctx))
    return next()
  }
}
