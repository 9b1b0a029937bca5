import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

interface Entry {
  gypfile?: boolean
  optionalDependencies?: Record<string, string>
}

test.group('The lock file', () => {
  const text = readFileSync(app.makePath('package-lock.json'), 'utf8')
  const packages = JSON.parse(text).packages as Record<string, Entry>

  test('keeps npm from compiling better-sqlite3 (npm run lockfile)', ({ assert }) => {
    assert.isFalse(packages['node_modules/better-sqlite3'].gypfile)
  })

  test('names no registry', ({ assert }) => {
    assert.notMatch(text, /"resolved": "http/)
  })

  test('has the packages of every platform: newer npm refuses one that does not', ({ assert }) => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(path, name))
    )
    assert.isEmpty(missing)
  })

  /** Whether the package at this path finds the other one, in its own folder or further up. */
  function isLocked(path: string, name: string): boolean {
    if (`${path}/node_modules/${name}`.replace(/^\//, '') in packages) return true
    if (path === '') return false
    return isLocked(path.slice(0, path.lastIndexOf('node_modules/')).replace(/\/$/, ''), name)
  }
})
