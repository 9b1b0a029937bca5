/** Line ends and other controls, and marks that turn the direction of what follows. */
const UNSAFE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu

/**
 * A name or subject as it may stand in a mail's header: one line, no controls, and no longer than
 * mail programs show.
 */
export function headerText(text: string, most = 120): string {
  const line = text.toWellFormed().replace(UNSAFE, ' ').replace(/\s+/g, ' ').trim()
  const characters = [...line]
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : line
}

/** "maria@example.com" → "m***@example.com": enough to recognise it by. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@')
  if (at < 1) return '***'
  return `${[...address][0]}***${address.slice(at)}`
}
