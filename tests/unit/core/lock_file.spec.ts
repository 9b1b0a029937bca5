import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

test.group('The lock file', () => {
  const text = readFileSync(app.makePath('package-lock.json'), 'utf8')

  test('keeps npm from compiling better-sqlite3 (npm run lockfile)', ({ assert }) => {
    assert.isFalse(JSON.parse(text).packages['node_modules/better-sqlite3'].gypfile)
  })

  test('names no registry', ({ assert }) => {
    assert.notMatch(text, /"resolved": "http/)
  })
})
