import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { currentKeyId, open, purposeOf, seal, Undecryptable } from '#app/core/vault'

/** A column of ciphertexts, and what binds each of them to its row. */
export interface SealedColumn {
  table: string
  /** As in the purpose; the column itself is named `<name>_ciphertext`. */
  name: string
  /** The primary key, in the order of its index. */
  key: readonly string[]
  /** Where the purpose names the tenant; the value's own column. */
  tenant: 'tenant_id' | 'id' | null
}

type Row = Record<string, string | number>

export interface Rotated {
  table: string
  column: string
  /** Sealed under a key that is no longer the current one, before and after. */
  old: number
  left: number
  rotated: number
  /** Opened by none of the configured keys; by primary key. */
  undecryptable: string[]
}

const PAGE = 200

const columnOf = ({ name }: SealedColumn) => `${name}_ciphertext`

const purposeFor = (sealed: SealedColumn, row: Row) =>
  purposeOf(
    sealed.table,
    sealed.name,
    sealed.key.map((column) => row[column]).join(':'),
    sealed.tenant ? String(row[sealed.tenant]) : undefined
  )

/** Rows whose ciphertext does not begin with the current key's id. */
function oldRows(client: QueryClientContract, sealed: SealedColumn) {
  const prefix = `${currentKeyId()}.`
  const column = columnOf(sealed)
  // tenant: keys protect the rows of all tenants
  return client
    .from(sealed.table)
    .whereNotNull(column)
    .whereRaw(`substr(${column}, 1, ?) <> ?`, [prefix.length, prefix])
}

/** How many values of a column are still under an old key. */
export async function countOld(sealed: SealedColumn): Promise<number> {
  const [{ old }] = await oldRows(db.connection(), sealed).count('* as old')
  return Number(old)
}

/**
 * Seals a column's values under the current key, while the app runs: each row by itself, and only if
 * nobody changed it meanwhile. Stopped anywhere, the next run goes on with what is left.
 */
export async function rotate(
  sealed: SealedColumn,
  onRows: (rows: number) => void = () => {}
): Promise<Rotated> {
  const client = db.connection()
  const { table } = sealed
  const report = { table, column: columnOf(sealed), rotated: 0, undecryptable: [] as string[] }
  const old = await countOld(sealed)
  for (let after: Row | undefined; ;) {
    const rows = await page(client, sealed, after)
    for (const row of rows) {
      const fresh = reseal(sealed, row)
      if (fresh === null) report.undecryptable.push(keyText(sealed, row))
      else if (await replace(client, sealed, row, fresh)) report.rotated++
    }
    onRows(rows.length)
    if (rows.length < PAGE) return { ...report, old, left: await countOld(sealed) }
    after = rows.at(-1)
  }
}

function page(client: QueryClientContract, sealed: SealedColumn, after?: Row): Promise<Row[]> {
  const tenant = sealed.tenant && !sealed.key.includes(sealed.tenant) ? [sealed.tenant] : []
  const query = oldRows(client, sealed)
    .select(...sealed.key, ...tenant, columnOf(sealed))
    .limit(PAGE)
  for (const column of sealed.key) query.orderBy(column)
  if (after) {
    const marks = sealed.key.map(() => '?').join(', ')
    query.whereRaw(
      `(${sealed.key.join(', ')}) > (${marks})`,
      sealed.key.map((column) => after[column])
    )
  }
  return query
}

function reseal(sealed: SealedColumn, row: Row): string | null {
  const purpose = purposeFor(sealed, row)
  try {
    return seal(open<unknown>(String(row[columnOf(sealed)]), purpose), purpose)
  } catch (error) {
    if (error instanceof Undecryptable) return null
    throw error
  }
}

/** A row that was sealed anew meanwhile is left as it is. */
async function replace(
  client: QueryClientContract,
  sealed: SealedColumn,
  row: Row,
  fresh: string
): Promise<boolean> {
  const column = columnOf(sealed)
  const identity = Object.fromEntries(sealed.key.map((name) => [name, row[name]]))
  // tenant: the primary key is one row's
  const changed = await client
    .from(sealed.table)
    .where({ ...identity, [column]: row[column] })
    .update({ [column]: fresh })
  return Number(Array.isArray(changed) ? changed[0] : changed) === 1
}

const keyText = ({ key }: SealedColumn, row: Row) => key.map((column) => row[column]).join(':')
