import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import type { WebhookEventState } from '#app/webhooks/models/webhook_event'
import { filteredEvents, replayable, type EventFilter } from '#app/webhooks/queries/event_filter'

const DAY_HOURS = 24
const WEEK_HOURS = 7 * DAY_HOURS

/** How many came in the last day and week, by what became of them. */
export async function recentEvents(): Promise<
  Partial<Record<WebhookEventState, { day: number; week: number }>>
> {
  const since = (hours: number) => instantText(clock.now().minus({ hours }))
  const rows = await db
    .from('webhook_events')
    .where('received_at', '>=', since(WEEK_HOURS))
    .groupBy('state')
    .select('state')
    .count('* as week')
    .select(db.raw('sum(case when received_at >= ? then 1 else 0 end) as day', [since(DAY_HOURS)]))
  return Object.fromEntries(
    rows.map(({ state, day, week }) => [state, { day: Number(day), week: Number(week) }])
  )
}

export interface EventGroup {
  state: WebhookEventState
  reason: string | null
  count: number
}

/** How many fit, by state and reason; the most first. */
export const eventGroups = (filter: EventFilter): Promise<EventGroup[]> =>
  grouped(filteredEvents(filter))

/** The same of those that can be put back. */
export const replayableGroups = (filter: EventFilter): Promise<EventGroup[]> =>
  grouped(replayable(filteredEvents(filter)))

async function grouped(query: ReturnType<typeof filteredEvents>): Promise<EventGroup[]> {
  const rows: any[] = await query
    .pojo()
    .groupBy('state', 'reason')
    .select('state', 'reason')
    .count('* as total')
    .orderBy('total', 'desc')
  return rows.map(({ state, reason, total }) => ({ state, reason, count: Number(total) }))
}

export const totalOf = (groups: EventGroup[]): number =>
  groups.reduce((sum, { count }) => sum + count, 0)

/** The newest that fits: the upper end of what was counted. */
export async function newestEventId(filter: EventFilter): Promise<string | null> {
  const newest = await filteredEvents(filter).orderBy('id', 'desc').select('id').first()
  return newest?.id ?? null
}
