import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type { DateTime } from 'luxon'
import { instantText } from '#app/core/columns'
import WebhookEvent, { type WebhookEventState } from '#app/webhooks/models/webhook_event'

/** Which notifications; what is left out does not narrow. */
export interface EventFilter {
  ids?: string[]
  states?: readonly WebhookEventState[]
  reason?: string
  topic?: string
  /** The account that the notification says it is of. */
  collectorId?: string
  tenantIds?: string[]
  /** Received at or after. */
  since?: DateTime
  /** Received before. */
  until?: DateTime
  /** Ids of resources or of notifications themselves. */
  about?: string[]
  replayId?: string
  isReviewed?: boolean
  /** The newest that counts: what comes later is none of them. */
  upTo?: string
}

type EventQuery = ModelQueryBuilderContract<typeof WebhookEvent>

/** Notifications of all accounts that fit. */
export function filteredEvents(filter: EventFilter): EventQuery {
  const query = WebhookEvent.query()
  const { ids, states, reason, topic, collectorId, tenantIds, replayId, isReviewed, upTo } = filter
  if (ids) query.whereIn('id', ids)
  if (states) query.whereIn('state', [...states])
  if (reason) query.where('reason', reason)
  if (topic) query.where('topic', topic)
  if (collectorId) query.where('mp_user_id', collectorId)
  if (tenantIds) query.whereIn('tenant_id', tenantIds)
  if (replayId) query.where('replay_id', replayId)
  if (isReviewed === true) query.whereNotNull('reviewed_at')
  if (isReviewed === false) query.whereNull('reviewed_at')
  if (upTo) query.where('id', '<=', upTo)
  narrow(query, filter)
  return query
}

function narrow(query: EventQuery, { since, until, about }: EventFilter) {
  if (since) query.where('received_at', '>=', instantText(since))
  if (until) query.where('received_at', '<', instantText(until))
  if (!about) return
  query.where((either) => either.whereIn('resource_id', about).orWhereIn('notification_id', about))
}

/** Forged ones, those that point at nothing and those at work are not put back. */
export const replayable = (query: EventQuery): EventQuery =>
  query.whereNot('signature', 'invalid').whereNot('resource_id', '').whereNull('lease_token')
