import { existsSync, globSync, mkdirSync, rmdirSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { build } from 'vite'

const MANIFEST = 'public/assets/.vite/manifest.json'
const SOURCES = ['resources/**/*.{css,js,ts,edge}', 'vite.config.ts', 'package-lock.json']
const LOCK_TIMEOUT_MS = 60_000

const modifiedAt = (path: string) => statSync(app.makePath(path)).mtimeMs

function areFresh(): boolean {
  if (!existsSync(app.makePath(MANIFEST))) return false
  const builtAt = modifiedAt(MANIFEST)
  const sources = globSync(SOURCES, { cwd: app.makePath() })
  return sources.every((path) => modifiedAt(path) < builtAt)
}

/** One build at a time: runs may share the working tree. */
async function alone(work: () => Promise<unknown>) {
  const lock = app.tmpPath('assets.lock')
  mkdirSync(app.tmpPath(), { recursive: true })
  const giveUpAt = Date.now() + LOCK_TIMEOUT_MS
  for (;;) {
    try {
      mkdirSync(lock)
      break
    } catch {
      // A lock this old was left behind by a run that was killed.
      if (Date.now() > giveUpAt) break
      await sleep(200)
    }
  }
  try {
    await work()
  } finally {
    rmdirSync(lock)
  }
}

/**
 * Builds the pages' assets as production has them when a source is newer. What an older build left
 * stays, as another run may be reading it.
 */
export async function buildAssets() {
  if (areFresh()) return
  await alone(async () => {
    if (areFresh()) return
    await build({ root: app.makePath(), logLevel: 'warn', build: { emptyOutDir: false } })
  })
}
