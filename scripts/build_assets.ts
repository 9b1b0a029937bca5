import { existsSync, globSync, mkdirSync, rmdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const MANIFEST = 'public/assets/.vite/manifest.json'
const SOURCES = ['resources/**/*.{css,js,ts,edge}', 'vite.config.ts', 'package-lock.json']
const LOCK_TIMEOUT_MS = 60_000

const modifiedAt = (path: string) => statSync(join(ROOT, path)).mtimeMs

function areFresh(): boolean {
  if (!existsSync(join(ROOT, MANIFEST))) return false
  const builtAt = modifiedAt(MANIFEST)
  return globSync(SOURCES, { cwd: ROOT }).every((path) => modifiedAt(path) < builtAt)
}

/** One build at a time: runs may share the working tree. */
async function alone(work: () => Promise<unknown>) {
  const lock = join(ROOT, 'tmp/assets.lock')
  mkdirSync(join(ROOT, 'tmp'), { recursive: true })
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

/** The framework's plugin empties the folder; the last plugin has the last word. */
const keepOlder: Plugin = {
  name: 'keep-older-assets',
  enforce: 'post',
  config: () => ({ build: { emptyOutDir: false } }),
}

/**
 * Builds the pages' assets as production has them when a source is newer. What an older build left
 * stays, as another run may be reading it.
 */
export async function buildAssets() {
  if (areFresh()) return
  await alone(async () => {
    if (areFresh()) return
    await build({ root: ROOT, logLevel: 'error', plugins: [keepOlder] })
  })
}
