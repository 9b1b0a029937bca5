import { eventGroups, type EventGroup } from '#app/webhooks/queries/event_counts'
import WebhookReplay from '#app/webhooks/models/webhook_replay'

export interface ReplayOutcome {
  replay: WebhookReplay
  /** What its notifications are by now, without those that were put back again later. */
  groups: EventGroup[]
  waiting: number
}

/** A replay and what became of it so far; null when there is none. */
export async function replayOutcome(id: string): Promise<ReplayOutcome | null> {
  const replay = await WebhookReplay.find(id)
  if (!replay) return null
  const groups = await eventGroups({ replayId: id })
  const waiting = groups.find(({ state }) => state === 'received')?.count ?? 0
  return { replay, groups, waiting }
}
