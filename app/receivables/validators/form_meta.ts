import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#app/core/clock'
import type { FormMeta } from './rules.js'

/** What a form of this tenant is read with. */
export const formMeta = ({ i18n, tenant }: HttpContext): { meta: FormMeta } => ({
  meta: {
    t: (key) => i18n.t(key),
    locale: i18n.locale,
    country: tenant.country,
    currency: tenant.currency,
    today: clock.today(tenant.timeZone),
  },
})
