import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/** The rows of a raw statement: PostgreSQL wraps them. */
export const rowsOf = <Row>(result: unknown): Row[] =>
  (result as { rows?: Row[] }).rows ?? (result as Row[])

/**
 * Inserts those rows whose unique column has no such value yet, in one statement.
 * Lucid's `onConflict().ignore().returning()` cannot tell on SQLite: it drops the `returning`.
 * @param rows all with the same columns; values that the driver takes as they are.
 * @returns the column's values of the rows that were new.
 */
export async function insertNew(
  client: QueryClientContract,
  table: string,
  rows: Record<string, any>[],
  unique: string
): Promise<string[]> {
  if (rows.length === 0) return []
  const columns = Object.keys(rows[0])
  const names = columns.join(', ')
  const { source, bindings } =
    client.dialect.name === 'postgres'
      ? // One parameter: hundreds of them take longer to plan than to insert.
        {
          source: `select ${names} from json_populate_recordset(null::${table}, ?::json)`,
          bindings: [JSON.stringify(rows)],
        }
      : {
          source: `values ${rows.map(() => `(${columns.map(() => '?')})`)}`,
          bindings: rows.flatMap((row) => columns.map((column) => row[column])),
        }
  const result = await client.rawQuery(
    `insert into ${table} (${names}) ${source} on conflict (${unique}) do nothing returning ${unique}`,
    bindings
  )
  return rowsOf<Record<string, string>>(result).map((row) => row[unique])
}
