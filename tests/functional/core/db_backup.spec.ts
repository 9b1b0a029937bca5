import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { test } from '@japa/runner'
import ace from '@adonisjs/core/services/ace'
import db from '@adonisjs/lucid/services/db'
import BetterSqlite3 from 'better-sqlite3'
import { appendOnlyTables } from '#app/core/database/append_only'
import { transaction } from '#app/core/transaction'
import Store from '#app/tenants/models/store'
import { givenTenant, givenUser } from '#tests/support/given'
import { aceProcess } from '#tests/support/ace_process'
import { scratchPath } from '#tests/support/scratch'

const isPostgres = () => db.connection().dialect.name === 'postgres'

let number = 0
const newPath = () => scratchPath(`backups/copy-${++number}`)

/** What a copy holds, read without the app. */
function contentOf(path: string): { users: number; triggers: number } {
  if (isPostgres()) {
    const { stdout, status } = spawnSync('pg_restore', ['--file=-', path], { encoding: 'utf8' })
    const users = /^COPY public\.users .*?;\n([^]*?)^\\\.$/m.exec(stdout)?.[1] ?? ''
    return {
      users: status === 0 ? users.split('\n').length - 1 : -1,
      triggers: stdout.match(/^CREATE TRIGGER \w+_no_(update|delete)/gm)?.length ?? 0,
    }
  }
  const copy = new BetterSqlite3(path, { readonly: true })
  const count = (sql: string) => copy.prepare(sql).pluck().get() as number
  const content = {
    users: count('SELECT count(*) FROM users'),
    triggers: count(`SELECT count(*) FROM sqlite_master WHERE type = 'trigger'`),
  }
  copy.close()
  return content
}

test.group('db:backup', (group) => {
  group.setup(() => {
    ace.ui.switchMode('raw')
    return () => ace.ui.switchMode('normal')
  })

  test('writes all rows and triggers, for its owner alone', async ({ assert }) => {
    await givenTenant()
    await givenUser()
    await givenUser()
    const path = newPath()
    const command = await ace.exec('db:backup', [`--output=${path}`])

    assert.isUndefined(command.exitCode || undefined)
    assert.deepEqual(contentOf(path), { users: 2, triggers: appendOnlyTables.length * 2 })
    assert.equal(statSync(path).mode & 0o777, 0o600)
  })

  test('never overwrites a file, and leaves none behind when it fails', async ({ assert }) => {
    const path = newPath()
    await ace.exec('db:backup', [`--output=${path}`])
    const before = readFileSync(path)
    const again = await ace.exec('db:backup', [`--output=${path}`])
    assert.equal(again.exitCode, 2)
    assert.isTrue(before.equals(readFileSync(path)))

    writeFileSync(scratchPath('no-folder'), '')
    const failed = await ace.exec('db:backup', [`--output=${scratchPath('no-folder/copy')}`])
    assert.equal(failed.exitCode, 1)
    assert.isEmpty(readdirSync(scratchPath('backups')).filter((name) => name.includes('partial')))
  })

  test('is whole when another process takes it while we write', async ({ assert }) => {
    const { id: tenantId } = await givenTenant()
    const path = newPath()
    let isRunning = true
    const backup = aceProcess('db:backup', `--output=${path}`).ended.finally(
      () => (isRunning = false)
    )

    let pairs = 0
    while (isRunning) {
      const names = [`left ${pairs}`, `right ${pairs}`]
      await transaction(async (trx) => {
        for (const name of names) {
          await Store.create({ tenantId, name, isDefault: false }, { client: trx })
        }
      })
      pairs++
      // SQLite's driver never waits: without this the process would hear of nothing else.
      await nextTurn()
    }

    const { exitCode } = await backup
    const stores = storesIn(path)
    assert.equal(exitCode, 0)
    assert.isAbove(stores, 1)
    assert.isBelow(stores, 1 + pairs * 2)
    assert.equal(stores % 2, 1, 'whole pairs, and the store that the tenant began with')
  })
})

function storesIn(path: string): number {
  if (isPostgres()) {
    const { stdout } = spawnSync('pg_restore', ['--file=-', '--data-only', '-t', 'stores', path], {
      encoding: 'utf8',
    })
    return (
      (/^COPY public\.stores .*?;\n([^]*?)^\\\.$/m.exec(stdout)?.[1] ?? '').split('\n').length - 1
    )
  }
  const copy = new BetterSqlite3(path, { readonly: true })
  const stores = copy.prepare('SELECT count(*) FROM stores').pluck().get() as number
  copy.close()
  return stores
}
