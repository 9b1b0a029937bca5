import { currency } from '#app/core/currencies'

/** What may stand before an amount: "R$", "$", "S/", "BRL". */
const SYMBOL = /^(?:S\/\.?|[A-Z]{0,3}\$[A-Z]?|[A-Z]{1,3})/i
const GROUPED = /^([1-9]\d{0,2})([.,'])(\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d{1,2}))?$/
const PLAIN = /^(\d+)(?:[.,](\d{1,2}))?$/

/**
 * "1.234,56", "1,234.56", "1234,5" and "R$ 1234.56" as "1234.56": what is behind the last sign tells
 * them apart, as three digits are thousands and one or two are decimals. Anything else stays as it is,
 * to be refused.
 */
export function plainAmount(text: string, code: string): string {
  const bare = text.replace(/\s/g, '').replace(SYMBOL, '')
  const grouped = GROUPED.exec(bare)
  const plain = grouped ? null : PLAIN.exec(bare)
  const whole = grouped ? grouped[1] + grouped[3].replace(/\D/g, '') : plain?.[1]
  if (whole === undefined) return text
  const decimals = grouped?.[4] ?? plain?.[2] ?? ''
  const { exponent } = currency(code)
  if (exponent > 0) return `${whole}.${decimals.padEnd(exponent, '0')}`
  return /^0*$/.test(decimals) ? whole : text
}

/** "21/11/2026", "21-11-2026" and "2026-11-21 00:00" as "2026-11-21"; the day always comes first. */
export function plainDate(text: string): string {
  const own = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T ].*)?$/.exec(text)
  if (own) return `${own[3]}-${own[2].padStart(2, '0')}-${own[1].padStart(2, '0')}`
  return /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(text)?.[1] ?? text
}
