import { DateTime } from 'luxon'
import { ordersOfPayment } from '#app/payments/queries/orders_of_payment'
import { tenantIdsLike } from '#app/admin/queries/tenant_list'
import type { WebhookEventState } from '#app/webhooks/models/webhook_event'
import type { EventFilter } from '#app/webhooks/queries/event_filter'

/** What the fields above the list of notifications say. */
export interface DeskFilter {
  /** The id of a payment, of another resource or of the notification itself. */
  q?: string
  state?: WebhookEventState
  reason?: string
  topic?: string
  account?: string
  /** Part of a name, the beginning of an address, a tax id, or the id. */
  tenant?: string
  /** Days of the reader's: "2026-11-21"; both are part of it. */
  since?: string
  until?: string
  replay?: string
  ids?: string[]
}

/** @param timeZone of the reader */
export async function eventFilterOf(form: DeskFilter, timeZone: string): Promise<EventFilter> {
  const { q, state, reason, topic, account, tenant, since, until, replay, ids } = form
  const startOf = (day: string) => DateTime.fromISO(day, { zone: timeZone })
  return {
    ...{ reason, topic, ids, collectorId: account, replayId: replay },
    states: state ? [state] : undefined,
    tenantIds: tenant ? await tenantIdsLike(tenant) : undefined,
    since: since ? startOf(since) : undefined,
    until: until ? startOf(until).plus({ days: 1 }) : undefined,
    about: q ? [q, ...(await ordersOfPayment(q))] : undefined,
  }
}

/** The fields that are filled in, as an address or a form carries them on. */
export const carried = (form: DeskFilter): Record<string, string> =>
  Object.fromEntries(
    Object.entries(form).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== 'after'
    )
  )
