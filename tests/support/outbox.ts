import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { instantText } from '#app/core/columns'
import { insertNew } from '#app/core/database/insert_new'
import { newId } from '#app/core/ids'

/** Effects that wait, as `addEffect` writes them, in any lane. @returns their ids. */
export async function givenEffects(
  count: number,
  values: { lane?: string; effect?: string; payload?: object } = {}
): Promise<string[]> {
  const { lane = 'platform', effect = 'noted', payload = {} } = values
  const now = instantText(DateTime.utc())
  const rows = Array.from({ length: count }, () => ({
    id: newId(),
    effect,
    payload: JSON.stringify(payload),
    state: 'waiting',
    lane,
    attempts: 0,
    run_at: now,
    created_at: now,
  }))
  for (let at = 0; at < count; at += 500) {
    await insertNew(db.connection(), 'outbox_effects', rows.slice(at, at + 500), 'id')
  }
  return rows.map(({ id }) => id)
}

const past = () => instantText(DateTime.utc().minus({ minutes: 10 }))

/** As if the workers that hold these rows had died long ago. */
export const expireLeases = (table = 'outbox_effects') =>
  db.from(table).whereNotNull('lease_token').update({ leased_until: past() })

/** As if the back-off of all waiting rows was over. */
export const endBackOff = (table = 'outbox_effects') => db.from(table).update({ run_at: past() })
