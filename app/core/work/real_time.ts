import type { DialectContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { instantText } from '#app/core/columns'

/**
 * Real time, or so many seconds from it, as an SQL expression: for leases and heartbeats. On
 * PostgreSQL it is the database's, so that machines whose clocks differ agree on who is late.
 */
export function realTimeSql(dialect: Pick<DialectContract, 'name'>, offsetSeconds = 0): string {
  const seconds = Number(offsetSeconds)
  return dialect.name === 'postgres'
    ? `(clock_timestamp() + interval '${seconds} seconds')`
    : `'${instantText(DateTime.utc().plus({ seconds }))}'`
}
