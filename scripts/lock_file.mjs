// After each `npm install`: npm drops `"gypfile": false` from the lock file, and then `npm ci` compiles
// better-sqlite3, which brings its binaries, and fails where there is no python.
import { readFileSync, writeFileSync } from 'node:fs'

const path = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(path, 'utf8'))
const entry = lock.packages['node_modules/better-sqlite3']
if (entry.gypfile !== false) {
  entry.gypfile = false
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
}
