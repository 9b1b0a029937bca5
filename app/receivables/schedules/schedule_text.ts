import { DateTime } from 'luxon'

const PLACEHOLDER = /\{(n|total|month)\}/g

/** Names of the placeholders that a description has. */
export const placeholdersOf = (description: string): string[] =>
  [...description.matchAll(PLACEHOLDER)].map(([, name]) => name)

/**
 * "Aluguel {month} ({n}/{total})" → "Aluguel janeiro de 2027 (1/12)".
 * @param locale the customer's: it is the customer who reads it
 */
export function fillDescription(
  description: string,
  { number, total, dueOn }: { number: number; total: number | null; dueOn: string },
  locale: string
): string {
  const values: Record<string, string> = {
    n: String(number),
    total: String(total ?? ''),
    month: DateTime.fromISO(dueOn, { zone: 'utc' })
      .setLocale(locale)
      .toLocaleString({ month: 'long', year: 'numeric' }),
  }
  return description.replace(PLACEHOLDER, (_, name: string) => values[name])
}
