import { hostname } from 'node:os'
import db from '@adonisjs/lucid/services/db'
import { realTimeSql } from '#app/core/work/real_time'

/** A worker that is silent for so long counts as dead. */
export const SILENT_AFTER_SECONDS = 60
const FORGOTTEN_AFTER_SECONDS = 3600

/** Says that this worker lives, and forgets those that died long ago. */
export async function beat(id: string): Promise<void> {
  const client = db.connection()
  const now = client.raw(realTimeSql(client.dialect))
  const row = {
    id,
    host: hostname().slice(0, 120),
    pid: process.pid,
    started_at: now,
    beat_at: now,
  }
  await db.table('worker_heartbeats').insert(row).onConflict('id').merge(['beat_at'])
  await db
    .from('worker_heartbeats')
    .whereRaw(`beat_at < ${realTimeSql(client.dialect, -FORGOTTEN_AFTER_SECONDS)}`)
    .delete()
}

/** Says goodbye: a worker that was stopped is no silent one. */
export async function endBeats(id: string): Promise<void> {
  await db.from('worker_heartbeats').where('id', id).delete()
}

/** Whether any worker was heard of lately. */
export async function aWorkerLives(): Promise<boolean> {
  const { dialect } = db.connection()
  const row = await db
    .from('worker_heartbeats')
    .whereRaw(`beat_at >= ${realTimeSql(dialect, -SILENT_AFTER_SECONDS)}`)
    .select('id')
    .first()
  return Boolean(row)
}
