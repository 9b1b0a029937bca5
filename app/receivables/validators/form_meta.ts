import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#app/core/clock'
import { formatLocale } from '#app/core/format_locale'
import type { FormMeta } from './rules.js'

/** What a form of this tenant is read with. */
export const formMeta = ({ i18n, tenant }: HttpContext): { meta: FormMeta } => ({
  meta: {
    t: (key) => i18n.t(key),
    locale: formatLocale(i18n.locale, tenant.country),
    country: tenant.country,
    currency: tenant.currency,
    today: clock.today(tenant.timeZone),
  },
})
