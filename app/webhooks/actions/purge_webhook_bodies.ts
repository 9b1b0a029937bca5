import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'

const KEPT_DAYS = 90
/** Few enough that nobody waits for the lock. */
const ROWS_AT_ONCE = 500

/** Forgets what was sent, once nobody will look at it again; that it came stays. */
export class PurgeWebhookBodies {
  /** @returns how many were purged. */
  async handle(): Promise<number> {
    const before = instantText(clock.now().minus({ days: KEPT_DAYS }))
    let purged = 0
    for (let changed = ROWS_AT_ONCE; changed === ROWS_AT_ONCE; purged += changed) {
      const old = db
        .from('webhook_events')
        .where('received_at', '<', before)
        .whereNotNull('body')
        .select('id')
        .limit(ROWS_AT_ONCE)
      const purge = db.from('webhook_events').whereIn('id', old).update({ body: null, query: null })
      changed = Number(await purge)
    }
    return purged
  }
}
