import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { transaction } from '#app/core/transaction'

interface ReviewInput {
  ids: string[]
  /** Why nothing else is to be done. */
  note: string
  userId: string
  actor: Actor
}

/** Takes rejected notifications out of quarantine: somebody looked at them. Nothing else changes. */
export class ReviewWebhookEvents {
  /** @returns how many; those that are no longer rejected, or were looked at before, stay as they are. */
  handle({ ids, note, userId, actor }: ReviewInput): Promise<number> {
    return transaction(async (trx) => {
      const open = await trx
        .from('webhook_events')
        .whereIn('id', ids)
        .where('state', 'rejected')
        .whereNull('reviewed_at')
        .forUpdate()
        .select('id')
        .orderBy('id')
      const found = open.map(({ id }) => id as string)
      const reviewed = { reviewed_at: instantText(clock.now()), reviewed_by: userId }
      await trx
        .from('webhook_events')
        .whereIn('id', found)
        .update({ ...reviewed, review_note: note })
      for (const id of found) {
        await recordAudit(trx, {
          actor,
          action: 'webhook_event.reviewed',
          subject: { type: 'webhook_event', id },
          details: { note },
        })
      }
      return found.length
    })
  }
}
