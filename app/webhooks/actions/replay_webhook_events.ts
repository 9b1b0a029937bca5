import type { DateTime } from 'luxon'
import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { transaction } from '#app/core/transaction'
import { wakeWorker } from '#app/core/work/wake'
import WebhookEvent, { type WebhookEventState } from '#app/webhooks/models/webhook_event'

export interface ReplayInput {
  ids?: string[]
  /** Those in this state; `failed` unless ids are given. */
  state?: WebhookEventState
  /** Received at or after. */
  since?: DateTime
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

const MOST_AT_ONCE = 500

/**
 * Puts notifications back into the inbox, as if they had just come: the truth is fetched again, and
 * what was posted already is not posted twice. Forged ones and those at work are left alone.
 */
export class ReplayWebhookEvents {
  /** @returns what was, or with `dryRun` would be, put back. */
  async handle(input: ReplayInput): Promise<ReplayedEvent[]> {
    const events: ReplayedEvent[] = []
    const limit = input.limit ?? Infinity
    for (let last: string | undefined; events.length < limit;) {
      const most = Math.min(MOST_AT_ONCE, limit - events.length)
      const batch = await this.#next(input, most, last)
      if (!input.dryRun && batch.length > 0) await this.#putBack(batch, input)
      events.push(...batch.map(replayedEvent))
      last = batch[batch.length - 1]?.id
      if (batch.length < most) break
    }
    if (!input.dryRun) wakeWorker()
    return events
  }

  #next({ ids, state, since }: ReplayInput, most: number, last?: string) {
    const query = WebhookEvent.query()
      .whereNot('signature', 'invalid')
      .whereNot('resource_id', '')
      .whereNull('lease_token')
      .orderBy('id')
      .limit(most)
    if (ids) query.whereIn('id', ids)
    if (state || !ids) query.where('state', state ?? 'failed')
    if (since) query.where('received_at', '>=', instantText(since))
    if (last) query.where('id', '>', last)
    return query
  }

  #putBack(batch: WebhookEvent[], { actor }: ReplayInput) {
    return transaction(async (trx) => {
      await trx
        .from('webhook_events')
        .whereIn(
          'id',
          batch.map(({ id }) => id)
        )
        .whereNull('lease_token')
        .update({
          state: 'received',
          reason: null,
          attempts: 0,
          run_at: instantText(clock.now()),
          finished_at: null,
          last_error: null,
        })
      await recordAudit(trx, {
        actor,
        action: 'webhook_events.replayed',
        subject: { type: 'webhook_event', id: batch[0].id },
        details: { count: batch.length, last: batch[batch.length - 1].id },
      })
    })
  }
}

const replayedEvent = ({ id, topic, resourceId, state, reason }: WebhookEvent): ReplayedEvent => ({
  id,
  topic,
  resourceId,
  state,
  reason,
})
