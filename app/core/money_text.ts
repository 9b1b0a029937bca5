import { currency } from '#app/core/currencies'
import { MAX_AMOUNT_MINOR, toDecimal, type Money } from '#app/core/money'

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const separators = (locale: string) => {
  const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(11111.1)
  const of = (type: string, otherwise: string) =>
    parts.find((part) => part.type === type)?.value ?? otherwise
  return { group: of('group', ','), decimal: of('decimal', '.') }
}

/**
 * An amount as a person typed it, in the currency's minor unit; null when it is not one.
 *
 * Grouping is optional but must be right; decimals are none or all of the currency's. Beside the
 * locale's own form, plain digits with a point and all decimals are unambiguous and accepted.
 */
export function parseAmount(text: string, code: string, locale: string): number | null {
  const { exponent, chargeStepMinor } = currency(code)
  const { group, decimal } = separators(locale)
  const decimals = exponent ? `(?:D(\\d{${exponent}}))?` : '()'
  const own = `^(\\d{1,3}(?:${escape(group)}\\d{3})+|\\d+)${decimals.replace('D', escape(decimal))}$`
  const plain = `^(\\d+)${decimals.replace('D', '\\.')}$`

  const match = new RegExp(own).exec(text.trim()) ?? new RegExp(plain).exec(text.trim())
  if (!match) return null
  const minor = Number(match[1].replace(/\D/g, '') + (match[2] ?? '').padEnd(exponent, '0'))
  const chargeable = minor > 0 && minor <= MAX_AMOUNT_MINOR && minor % chargeStepMinor === 0
  return chargeable ? minor : null
}

/** "R$ 1.234,56": for pages, mails and receipts. */
export function formatMoney(money: Money, locale: string): string {
  const { exponent } = currency(money.currency)
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: money.currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  }).format(toDecimal(money) as `${number}`)
}

/** What an amount field shows for a stored value: "1234,56". */
export function amountInput(money: Money, locale: string): string {
  return toDecimal(money).replace('.', separators(locale).decimal)
}
