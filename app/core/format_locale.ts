/** Where amounts are written as in Mexico, "1,234.56"; elsewhere in the region "1.234,56". */
const regions = new Set(['AR', 'CL', 'CO', 'MX', 'PE', 'UY'])

/**
 * The locale that writes numbers and dates for a reader of this language. Plain "es" is Spain's,
 * with the currency behind the amount; a tenant's country says which Spanish is meant.
 */
export function formatLocale(language: string, country?: string): string {
  if (language !== 'es') return language
  return country && regions.has(country) ? `es-${country}` : 'es-AR'
}
