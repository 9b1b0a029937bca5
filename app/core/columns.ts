import { column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { assertMinor } from '#app/core/money'

/**
 * The value contract: the same JavaScript value on SQLite and PostgreSQL. `schema_rules.ts` puts
 * these decorators on every generated column.
 */

const kept =
  <Raw, Value>(convert: (raw: Raw) => Value) =>
  (raw: Raw | null | undefined) =>
    raw === null || raw === undefined ? (raw as null | undefined) : convert(raw)

/** A 64-bit integer as a number; refuses what a number cannot hold. PostgreSQL sends strings. */
export const integer64 = () =>
  column({
    prepare: kept((value: number) => assertMinor(value)),
    consume: kept((raw: string | number) => assertMinor(Number(raw))),
  })

/** SQLite keeps 0 and 1. */
export const flag = () => column({ consume: kept((raw: unknown) => raw === true || raw === 1) })

/** SQLite keeps and returns text. */
export const jsonColumn = () =>
  column({
    prepare: kept((value: unknown) => JSON.stringify(value)),
    consume: kept((raw: unknown) => (typeof raw === 'string' ? JSON.parse(raw) : raw)),
  })

/** A decimal of two places as text: SQLite hands back the number 1 for "1.00". */
export const decimal2 = () => column({ consume: kept((raw: string | number) => twoPlaces(raw)) })

/** "1" and 1 as "1.00". */
export const twoPlaces = (raw: string | number) => {
  const [whole, fraction = ''] = String(raw).split('.')
  return `${whole}.${fraction.padEnd(2, '0').slice(0, 2)}`
}

/** How an instant is bound in a query: UTC with milliseconds, which sorts as text on SQLite. */
export const instantText = (value: DateTime): string => {
  const text = value.toUTC().toISO({ precision: 'milliseconds' })
  if (text === null) throw new RangeError(`Invalid instant: ${value.invalidReason}`)
  return text
}

export const instantFrom = (raw: string | Date): DateTime =>
  raw instanceof Date
    ? DateTime.fromJSDate(raw, { zone: 'utc' })
    : DateTime.fromISO(raw, { zone: 'utc' })

/** A point in time in UTC with milliseconds. Lucid's own column cuts to seconds on SQLite. */
export const instant = (options: { autoCreate?: boolean; autoUpdate?: boolean } = {}) =>
  column.dateTime({
    ...options,
    prepare: kept((value: DateTime | string) =>
      typeof value === 'string' ? value : instantText(value)
    ),
    consume: kept(instantFrom),
  })
