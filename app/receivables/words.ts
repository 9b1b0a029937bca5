/** Texts as they are searched: by the beginnings of their words, without accents and case. */

export const LONGEST = 64
/** More than a name of 160 characters has, unless somebody plays. */
export const MOST = 32

export const withoutAccents = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

export const wordsIn = (text: string): string[] =>
  withoutAccents(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => word.slice(0, LONGEST))

/** The beginnings that all have to be there, the longest first: it finds the fewest. */
export function termsOf(search: string): string[] {
  const terms = search
    .trim()
    .split(/\s+/)
    .flatMap((part) =>
      part.includes('@') ? withoutAccents(part).slice(0, LONGEST) : wordsIn(part)
    )
  return [...new Set(terms)].sort((one, other) => other.length - one.length).slice(0, 8)
}

/** The range of all words with this beginning. */
export const bounds = (term: string): [string, string] => [term, `${term}\u{10ffff}`]

/** Rows of one statement: SQLite takes so many values. */
export const WORDS_AT_ONCE = 500
