import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { formatLocale } from '#app/core/format_locale'
import { MAX_PASSWORD } from '#app/core/forms/password_limits'

/** What the fields of a form are read with. */
export interface FormMeta {
  /** A text in the reader's language. */
  t: (key: string) => string
  locale: string
  currency: string
}

export const formMeta = ({ i18n, tenant }: HttpContext): { meta: FormMeta } => ({
  meta: {
    t: (key) => i18n.t(key),
    locale: formatLocale(i18n.locale, tenant.country),
    currency: tenant.currency,
  },
})

/** A rule whose refusal is `payouts.invalid.<name>` in the reader's language. */
export const rule = (
  name: string,
  accepts: (text: string, meta: FormMeta, siblings: Record<string, unknown>) => boolean
) =>
  vine.createRule((value, _, field) => {
    const meta = field.meta as FormMeta
    if (typeof value !== 'string' || accepts(value, meta, field.parent)) return
    field.report(meta.t(`payouts.invalid.${name}`), name, field)
  })

/** The user's own, asked for again. */
export const password = () => vine.string().maxLength(MAX_PASSWORD)
