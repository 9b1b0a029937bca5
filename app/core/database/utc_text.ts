import type { QueryClientContract } from '@adonisjs/lucid/types/database'

const LENGTHS = { day: 10, hour: 13 } as const

/** SQL for "2026-11-21" or "2026-11-21T14" of an instant's column, in UTC, to group by. */
export function utcText(
  client: Pick<QueryClientContract, 'dialect'>,
  column: string,
  unit: keyof typeof LENGTHS
): string {
  const text =
    client.dialect.name === 'postgres'
      ? `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24')`
      : column
  return `substr(${text}, 1, ${LENGTHS[unit]})`
}
