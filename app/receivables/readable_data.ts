import type { I18n } from '@adonisjs/i18n'
import { DateTime } from 'luxon'
import { formatDate, formatInstant } from '#app/core/date_text'
import { formatLocale } from '#app/core/format_locale'
import { fromDecimal } from '#app/core/money'
import { formatMoney } from '#app/core/money_text'
import type { CustomerData } from '#app/receivables/actions/export_customer'
import type Tenant from '#app/tenants/models/tenant'

type Values = Record<string, string | null>

/** Where the words of a value stand, by part and field. */
const words: Record<string, string> = {
  'customer.entity_type': 'customers.entity_types',
  'customer.language': 'common.languages',
  'receivables.state': 'receivables.states',
  'charges.state': 'receivables.charge_states',
  'charges.method': 'receivables.methods',
  'payments.status': 'payments.statuses',
  'mails.state': 'mails.sending.states',
  'mails.kind': 'mails.sending.kinds',
}

/** The export as a person reads it: words, amounts and dates instead of what machines take. */
export function readableData(data: CustomerData, { country, timeZone }: Tenant, i18n: I18n) {
  const locale = formatLocale(i18n.locale, country)

  const text = (part: string, field: string, value: string | null, { currency }: Values) => {
    if (value === null) return null
    const key = `${words[`${part}.${field}`]}.${value}`
    if (i18n.hasMessage(key)) return i18n.t(key)
    if (field.endsWith('_on')) return formatDate(value, locale, timeZone)
    if (field.endsWith('_at')) return formatInstant(DateTime.fromISO(value), locale, timeZone)
    if (!currency || !['amount', 'paid', 'refunded'].includes(field)) return value
    return formatMoney({ amountMinor: fromDecimal(value, currency), currency }, locale)
  }

  const item = (part: string, values: Values) =>
    Object.entries(values)
      .filter(([field]) => field !== 'currency')
      .map(([field, value]) => ({
        label: i18n.t(`customers.data.${field}`),
        text: text(part, field, value, values),
      }))

  return {
    facts: item('customer', data.customer).filter((fact) => fact.text),
    parts: Object.entries(data.parts)
      .filter(([, items]) => items.length > 0)
      .map(([name, items]) => ({ name, items: items.map((values) => item(name, values)) })),
  }
}
