import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { aceProcess } from '#tests/support/ace_process'
import { startProcess } from '#tests/support/processes'

test.group('The command "work"', () => {
  test('refuses to run beside SQLite, in one sentence', async ({ assert }) => {
    const { exitCode, stdout, stderr } = await aceProcess('work').ended
    assert.equal(exitCode, 2)
    assert.match(stdout + stderr, /needs DB_CONNECTION=pg/)
  }).skip(() => db.connection().dialect.name === 'postgres', 'there it works')

  test('works until it is told to stop', async ({ assert }) => {
    const worker = startProcess('ace.ts', ['work'], { LOG_LEVEL: 'info' })
    await worker.said(/working as/)
    assert.lengthOf(await db.from('worker_heartbeats'), 1)
    const code = await worker.kill('SIGTERM')
    assert.equal(code, 0, worker.output())
    assert.lengthOf(await db.from('worker_heartbeats'), 0)
  }).skip(() => db.connection().dialect.name !== 'postgres', 'needs PostgreSQL')
})
