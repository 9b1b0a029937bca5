import type { I18n } from '@adonisjs/i18n'
import type { CustomerData } from '#app/receivables/actions/export_customer'
import { BYTE_ORDER_MARK, csvText } from '#app/core/csv_text'

/** One value a line: which part, which of its items, which field, and what is in it. */
export function customerDataCsv({ customer, parts }: CustomerData, i18n: I18n): string {
  const lines = [...linesOf(i18n.t('customers.parts.customer'), [customer], i18n)]
  for (const [name, items] of Object.entries(parts)) {
    lines.push(...linesOf(i18n.t(`customers.parts.${name}`), items, i18n))
  }
  const heading = ['part', 'item', 'field', 'value'].map((one) => i18n.t(`customers.data.${one}`))
  return BYTE_ORDER_MARK + csvText(heading) + lines.map(csvText).join('')
}

const linesOf = (part: string, items: Record<string, string | null>[], i18n: I18n) =>
  items.flatMap((item, at) =>
    Object.entries(item)
      .filter(([, value]) => value)
      .map(([field, value]) => [part, String(at + 1), i18n.t(`customers.data.${field}`), value!])
  )
