import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { percentText } from '#app/core/money'

/** What the fields of a form are read with. */
export interface FormMeta {
  /** A text in the reader's language. */
  t: (key: string) => string
  locale: string
}

export const formMeta = ({ i18n }: HttpContext): { meta: FormMeta } => ({
  meta: { t: (key) => i18n.t(key), locale: i18n.locale },
})

/** A rule whose refusal is `admin.invalid.<name>` in the reader's language. */
export const rule = (name: string, accepts: (text: string, meta: FormMeta) => boolean) =>
  vine.createRule((value, _, field) => {
    const meta = field.meta as FormMeta
    if (typeof value !== 'string' || accepts(value, meta)) return
    field.report(meta.t(`admin.invalid.${name}`), name, field)
  })

/** What a percentage field shows for a stored value: "2,50". */
export const percentInput = (percent: string | null, locale: string): string =>
  (percent ?? '').replace('.', locale === 'en' ? '.' : ',')

/** "2,5" or "2.50" → "2.50"; null when it is no percentage between 0 and 100 of two places. */
export function percentOfText(text: string): string | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.trim())
  if (!match) return null
  const points = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  return points <= 10_000 ? percentText(points) : null
}
