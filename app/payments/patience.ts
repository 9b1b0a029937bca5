import { clock } from '#app/core/clock'
import type { Notification } from '#app/core/work/contracts'
import WebhookEvent from '#app/webhooks/models/webhook_event'

/** How long a payment may stay unreadable after news of it. What nobody signed may be invented. */
const patience = { signed: { hours: 24 }, unsigned: { hours: 1 } }

/** Whether a notification is so old that its resource will not appear any more. */
export async function isGivenUp({ eventId, signature }: Notification): Promise<boolean> {
  const event = await WebhookEvent.findOrFail(eventId)
  const limit = signature === 'valid' ? patience.signed : patience.unsigned
  return event.receivedAt < clock.now().minus(limit)
}
