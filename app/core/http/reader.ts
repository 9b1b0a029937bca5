import type { HttpContext } from '@adonisjs/core/http'
import { RequestValidator } from '@adonisjs/core/http'
import { I18n } from '@adonisjs/i18n'
import i18nManager from '@adonisjs/i18n/services/main'

/** The language and the time zone that a page is written in. */

export const LOCALES = ['pt-BR', 'es', 'en'] as const
export type Locale = (typeof LOCALES)[number]

const COOKIE = 'repasse-locale'
const COOKIE_OPTIONS = { maxAge: '1 year', httpOnly: true, sameSite: 'lax' } as const

RequestValidator.messagesProvider = (ctx) =>
  (ctx.i18n ?? i18nManager.locale(guessLocale(ctx))).createMessagesProvider()

/** The address's `lang`, the language chosen before, the browser's best one of ours, Portuguese. */
export function guessLocale({ request }: HttpContext): string {
  for (const chosen of [request.qs().lang, request.cookie(COOKIE)]) {
    if (LOCALES.some((locale) => locale === chosen)) return chosen
  }
  return i18nManager.getSupportedLocaleFor(request.languages()) ?? i18nManager.defaultLocale
}

/** Keeps the language for pages that know no user: login, errors, the payer's page. */
export const rememberLocale = ({ response }: HttpContext, locale: string) =>
  response.cookie(COOKIE, locale, COOKIE_OPTIONS)

/** Switches the language of the rest of this request, and of its page. */
export function useLocale(ctx: HttpContext, locale: string) {
  ctx.i18n = i18nManager.locale(locale)
  ctx.containerResolver.bindValue(I18n, ctx.i18n)
  ctx.view.share({ i18n: ctx.i18n })
}

/** The time zone in which this page writes instants: the tenant's, where there is one. */
export const useTimeZone = (ctx: HttpContext, timeZone: string) => ctx.view.share({ timeZone })

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    i18n: I18n
  }
}
