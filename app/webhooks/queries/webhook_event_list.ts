import WebhookEvent from '#app/webhooks/models/webhook_event'
import { filteredEvents, type EventFilter } from '#app/webhooks/queries/event_filter'

export const PAGE_SIZE = 30

interface ListInput extends EventFilter {
  /** The id of the last row of the page before. */
  after?: string
}

/** Notifications of all accounts, the newest first, with the tenant that they turned out to be of. */
export async function webhookEventList({ after, ...filter }: ListInput) {
  const query = filteredEvents(filter)
    .preload('tenant')
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
  if (after) query.where('id', '<', after)
  const rows = await query
  const events = rows.slice(0, PAGE_SIZE)
  return { events, next: rows.length > PAGE_SIZE ? events[PAGE_SIZE - 1].id : null }
}

/** One notification; null when there is none. */
export const findWebhookEvent = (id: string): Promise<WebhookEvent | null> =>
  WebhookEvent.query().where('id', id).preload('tenant').preload('replay').first()
