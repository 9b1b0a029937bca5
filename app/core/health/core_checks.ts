import { readdir } from 'node:fs/promises'
import { parse } from 'node:path'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { missingTriggers } from '#app/core/database/append_only'
import type { HealthCheck } from '#app/core/health/health_check'
import { aWorkerLives, SILENT_AFTER_SECONDS } from '#app/core/work/heartbeat'

let shipped: string[] | undefined

/** Names of the migrations that this version brings; they do not change while it runs. */
async function shippedMigrations(): Promise<string[]> {
  const files = await readdir(app.migrationsPath())
  return files
    .filter((file) => /^\d.*\.(ts|js)$/.test(file))
    .map((file) => `database/migrations/${parse(file).name}`)
}

async function migrations() {
  shipped ??= await shippedMigrations()
  const rows = await db.from('adonis_schema').select('name')
  const done = new Set(rows.map(({ name }) => name))
  const pending = shipped.filter((name) => !done.has(name)).length
  return pending > 0 ? `${pending} pending: run migration:run` : null
}

async function triggers() {
  const missing = await missingTriggers(db.connection())
  return missing.length > 0 ? `missing: ${missing.join(', ')}` : null
}

async function worker() {
  const lives = await aWorkerLives()
  return lives ? null : `no worker was heard of for ${SILENT_AFTER_SECONDS} seconds`
}

export const coreChecks: HealthCheck[] = [
  { name: 'migrations', run: migrations },
  { name: 'triggers', run: triggers },
  { name: 'worker', run: worker },
]
