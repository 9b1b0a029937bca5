import i18nManager from '@adonisjs/i18n/services/main'
import type { ImportColumn, ImportKind } from '#app/receivables/imports/import_kind'
import type Tenant from '#app/tenants/models/tenant'

export interface Heading {
  /** The column's name at each place; null where the file has one that means nothing to us. */
  names: (string | null)[]
  /** Headings that are ignored, as they stand in the file. */
  ignored: string[]
}

/** What is wrong with the whole file, and which columns it is about. */
export interface HeadingProblem {
  reason: 'columns_missing' | 'columns_doubled'
  columns: string[]
}

/** "CPF ou CNPJ" → "cpf ou cnpj": accents, case and punctuation do not count. */
const bare = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The heading of a column in one language. */
export const headingOf = (kind: ImportKind, { name }: ImportColumn, locale: string): string =>
  i18nManager.locale(locale).t(`imports.columns.${kind.name}.${name}`)

const MOST_IGNORED = 20
const SHOWN_LENGTH = 60

/** Finds out which column is which, in whatever language and order they are. */
export function readHeading(
  cells: string[],
  kind: ImportKind,
  tenant: Tenant
): Heading | HeadingProblem {
  const columns = kind.columns(tenant)
  const known = new Map<string, string>()
  for (const column of columns) {
    const titles = i18nManager.supportedLocales().map((locale) => headingOf(kind, column, locale))
    for (const text of [column.name, ...titles, ...(column.also ?? [])]) {
      known.set(bare(text), column.name)
    }
  }
  const names = cells.map((cell) => known.get(bare(cell)) ?? null)
  const doubled = names.filter((name, at) => name !== null && names.indexOf(name) !== at)
  if (doubled.length > 0) return { reason: 'columns_doubled', columns: doubled as string[] }
  const missing = columns.filter(({ name, required }) => required && !names.includes(name))
  if (missing.length > 0) {
    return { reason: 'columns_missing', columns: missing.map(({ name }) => name) }
  }
  const ignored = cells
    .filter((cell, at) => cell !== '' && names[at] === null)
    .slice(0, MOST_IGNORED)
  return { names, ignored: ignored.map((cell) => cell.slice(0, SHOWN_LENGTH)) }
}
