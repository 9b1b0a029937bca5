import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { transaction, type Trx } from '#app/core/transaction'
import { wakeWorker } from '#app/core/work/wake'
import type WebhookEvent from '#app/webhooks/models/webhook_event'
import type { WebhookEventState } from '#app/webhooks/models/webhook_event'
import WebhookReplay from '#app/webhooks/models/webhook_replay'
import { filteredEvents, replayable, type EventFilter } from '#app/webhooks/queries/event_filter'

export interface ReplayInput extends EventFilter {
  /** How many at most, the oldest first. */
  limit?: number
  dryRun?: boolean
  actor: Actor
}

export interface ReplayedEvent {
  id: string
  topic: string
  resourceId: string
  /** The state that it was in. */
  state: WebhookEventState
  reason: string | null
}

export interface Replayed {
  /** Null when nothing was put back. */
  replayId: string | null
  events: ReplayedEvent[]
}

const MOST_AT_ONCE = 500

/**
 * Puts notifications back into the inbox, as if they had just come: the truth is fetched again, and
 * what was posted already is not posted twice. Forged ones and those at work are left alone.
 */
export class ReplayWebhookEvents {
  /**
   * @param input without ids and states: what failed.
   * @returns what was, or with `dryRun` would be, put back.
   */
  async handle(input: ReplayInput): Promise<Replayed> {
    const { ids, states, limit = Infinity, dryRun, actor } = input
    const filter = ids || states ? input : { ...input, states: ['failed'] as const }
    const events: ReplayedEvent[] = []
    let replay: WebhookReplay | null = null
    for (let last: string | undefined; events.length < limit;) {
      const most = Math.min(MOST_AT_ONCE, limit - events.length)
      const batch = await this.#next(filter, most, last)
      if (!dryRun && batch.length > 0) replay = await this.#putBack(batch, actor, replay)
      events.push(...batch.map(replayedEvent))
      last = batch[batch.length - 1]?.id
      if (batch.length < most) break
    }
    if (replay) wakeWorker()
    return { replayId: replay?.id ?? null, events }
  }

  #next(filter: EventFilter, most: number, last?: string) {
    const query = replayable(filteredEvents(filter)).orderBy('id').limit(most)
    if (last) query.where('id', '>', last)
    return query
  }

  #putBack(batch: WebhookEvent[], actor: Actor, begun: WebhookReplay | null) {
    return transaction(async (trx) => {
      const replay = begun ? begun.useTransaction(trx) : await this.#begin(trx, actor)
      const ids = batch.map(({ id }) => id)
      const changed = await this.#update(trx, ids, replay.id)
      await replay.merge({ eventCount: replay.eventCount + changed }).save()
      await recordAudit(trx, {
        actor,
        action: 'webhook_events.replayed',
        subject: { type: 'webhook_event', id: ids[0] },
        details: { count: changed, last: ids[ids.length - 1], replayId: replay.id },
      })
      return replay
    })
  }

  #begin(trx: Trx, actor: Actor): Promise<WebhookReplay> {
    const userId = actor.kind === 'user' ? actor.userId : null
    const begun = { userId, eventCount: 0, createdAt: clock.now() }
    return WebhookReplay.create(begun, { client: trx })
  }

  /** A verdict that comes after this one is looked at anew. */
  async #update(trx: Trx, ids: string[], replayId: string): Promise<number> {
    const changed = await trx
      .from('webhook_events')
      .whereIn('id', ids)
      .whereNull('lease_token')
      .update({
        ...{ replay_id: replayId, replayed_state: trx.raw('state') },
        replayed_reason: trx.raw('reason'),
        ...{ state: 'received', reason: null, attempts: 0, last_error: null },
        ...{ run_at: instantText(clock.now()), finished_at: null },
        ...{ reviewed_at: null, reviewed_by: null, review_note: null },
      })
    return Number(changed)
  }
}

const replayedEvent = ({ id, topic, resourceId, state, reason }: WebhookEvent): ReplayedEvent => ({
  id,
  topic,
  resourceId,
  state,
  reason,
})
