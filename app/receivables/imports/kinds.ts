import { customersImport } from '#app/receivables/imports/customers_import'
import { receivablesImport } from '#app/receivables/imports/receivables_import'
import type { ImportKind } from '#app/receivables/imports/import_kind'

const kinds: Record<string, ImportKind> = {
  customers: customersImport,
  receivables: receivablesImport,
}

export const importKindNames = Object.keys(kinds)

/** @throws Error for a kind that nobody defined */
export function importKind(name: string): ImportKind {
  if (!Object.hasOwn(kinds, name)) throw new Error(`No import of ${name}`)
  return kinds[name]
}
