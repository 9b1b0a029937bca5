import { I18n } from '@adonisjs/i18n'
import i18nManager from '@adonisjs/i18n/services/main'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { RequestValidator } from '@adonisjs/core/http'

RequestValidator.messagesProvider = (ctx) => ctx.i18n.createMessagesProvider()

/** The reader's language: the user's own once logged in, until then what the browser asks for. */
export default class DetectLocaleMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    const locale =
      i18nManager.getSupportedLocaleFor(ctx.request.languages()) ?? i18nManager.defaultLocale
    useLocale(ctx, locale)
    return next()
  }
}

/** Switches the language of the rest of this request, and of its page. */
export function useLocale(ctx: HttpContext, locale: string) {
  ctx.i18n = i18nManager.locale(locale)
  ctx.containerResolver.bindValue(I18n, ctx.i18n)
  ctx.view?.share({ i18n: ctx.i18n })
}

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    i18n: I18n
  }
}
