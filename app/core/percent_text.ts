import { basisPoints, percentText } from '#app/core/money'

/** "1", "1,5" and "1.50", as a person types them → "1.50"; null for no percentage of two places. */
export function readPercent(text: string): string | null {
  try {
    return percentText(basisPoints(text.trim().replace(',', '.')))
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** "1.00" as it is typed: "1,00" where a comma parts decimals. */
export const percentInput = (percent: string, locale: string): string =>
  locale === 'en' ? percent : percent.replace('.', ',')
