import { formatLocale } from '#app/core/format_locale'
import { formatMoney } from '#app/core/money_text'
import type { OfferedMethod } from '#app/gateway/queries/offered_methods'
import { AmountTooLarge, AmountTooSmall } from '#app/receivables/receivable_errors'
import type Tenant from '#app/tenants/models/tenant'

/** Why an amount cannot be charged that way, before the provider is asked; null when it can. */
export function amountProblem(
  { method, minMinor, maxMinor }: OfferedMethod,
  amountMinor: number,
  { currency, locale, country }: Pick<Tenant, 'currency' | 'locale' | 'country'>
): AmountTooSmall | AmountTooLarge | null {
  const words = (minor: number) => ({
    method,
    limit: formatMoney({ amountMinor: minor, currency }, formatLocale(locale, country)),
  })
  if (minMinor !== null && amountMinor < minMinor) return new AmountTooSmall(words(minMinor))
  if (maxMinor !== null && amountMinor > maxMinor) return new AmountTooLarge(words(maxMinor))
  return null
}
