import db from '@adonisjs/lucid/services/db'
import type { DateTime } from 'luxon'
import NewsSilence from '#app/admin/models/news_silence'
import type { NewsHour } from '#app/admin/silence'
import { instantFrom, instantText } from '#app/core/columns'

/** The accounts that are silent now, the latest first. */
export const openSilences = (): Promise<NewsSilence[]> =>
  NewsSilence.query().whereNull('ended_at').orderBy('id', 'desc')

/** What was issued at the provider and may still be paid. */
const PAYABLE = ['pending', 'in_process', 'authorized']

/** The accounts of which news may come at any time. */
export async function expectantCollectors(): Promise<string[]> {
  // tenant: one account serves many of them
  const rows = await db.from('charges').whereIn('state', PAYABLE).distinct('collector_id')
  return rows.map((row) => row.collector_id)
}

/** Only what is surely the provider's: anybody can send a hint. */
const newsOf = (collectorId: string) =>
  db.from('webhook_events').where({ mp_user_id: collectorId, signature: 'valid' })

/** When the provider was last heard of about an account; null when never. */
export async function lastNewsOf(collectorId: string): Promise<DateTime | null> {
  const last = await newsOf(collectorId)
    .orderBy('received_at', 'desc')
    .select('received_at')
    .first()
  return last ? instantFrom(last.received_at) : null
}

/** The hours with news of an account. */
export async function newsHours(
  collectorId: string,
  between: { since: DateTime; until: DateTime }
): Promise<NewsHour[]> {
  const hour =
    db.connection().dialect.name === 'postgres'
      ? `to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24')`
      : 'substr(received_at, 1, 13)'
  const rows = await newsOf(collectorId)
    .where('received_at', '>=', instantText(between.since))
    .where('received_at', '<=', instantText(between.until))
    .groupByRaw(hour)
    .select(db.raw(`${hour} as hour`))
    .count('* as news')
  return rows.map((row) => ({ hour: row.hour, count: Number(row.news) }))
}
