import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { instantText } from '#app/core/columns'
import { appendOnly, notAppendOnly } from '#app/core/database/append_only'
import { beat } from '#app/core/work/heartbeat'
import { tokenKeeper } from '#app/gateway/token_keeper'
import { putPlatformToken } from '#app/gateway/tokens/sealed_tokens'
import { givenPlatformAccount } from '#tests/support/posted_money'
import { givenWebhookSecrets } from '#tests/support/webhooks'

async function readiness() {
  const response = await fetch(`${process.env.APP_URL}/health/ready`)
  return { status: response.status, body: (await response.json()) as any }
}

const failing = async (...names: string[]) => {
  const { status, body } = await readiness()
  return { status, names: Object.keys(body.failed ?? {}), expected: names, body }
}

test.group('Readiness', (group) => {
  group.each.setup(() => beat('a-worker'))

  test('is 200 when all is well, and stores no session', async ({ assert }) => {
    assert.deepEqual(await readiness(), { status: 200, body: { status: 'ready' } })
    assert.lengthOf(await db.from('sessions'), 0)
  })

  test('fails when a migration is pending', async ({ assert }) => {
    const last = await db.from('adonis_schema').orderBy('id', 'desc').first()
    await db.from('adonis_schema').where('id', last.id).delete()
    const { status, names, body } = await failing()
    await db.table('adonis_schema').insert(last)
    assert.deepEqual([status, names], [503, ['migrations']])
    assert.equal(body.failed.migrations, '1 pending: run migration:run')
  })

  test('fails when a trigger of an append-only table is missing', async ({ assert }) => {
    const { dialect } = db.connection()
    for (const sql of notAppendOnly('ledger_entries', dialect.name)) await db.rawQuery(sql)
    const { status, body } = await readiness()
    for (const sql of appendOnly('ledger_entries', dialect.name)) await db.rawQuery(sql)
    assert.equal(status, 503)
    assert.include(body.failed.triggers, 'ledger_entries_no_update')
  })

  test('fails when every worker has been silent for a minute', async ({ assert }) => {
    const silent = instantText(DateTime.utc().minus({ seconds: 61 }))
    await db.from('worker_heartbeats').update({ beat_at: silent })
    const { status, names } = await failing()
    assert.deepEqual([status, names], [503, ['worker']])
    await beat('another-worker')
    const { status: after } = await readiness()
    assert.equal(after, 200)
  })

  test('fails when a credential cannot be decrypted, and shows nothing of it', async ({
    assert,
  }) => {
    await givenWebhookSecrets('s3cret-value')
    const account = await givenPlatformAccount()
    putPlatformToken(account, 'TEST-token-value')
    await account.save()
    const well = await readiness()
    assert.equal(well.status, 200)

    const lost = `k9.${account.accessTokenCiphertext!.split('.').slice(1).join('.')}`
    await account.merge({ accessTokenCiphertext: lost, tokenVersion: 9 }).save()
    tokenKeeper.forget(account.ref)
    const { status, names, body } = await failing()
    assert.deepEqual([status, names], [503, ['credentials']])
    for (const secret of ['s3cret', 'TEST-token', lost]) {
      assert.notInclude(JSON.stringify(body), secret)
    }
  })

  test('names what failed when the database has lost a table', async ({ assert }) => {
    await db.rawQuery('alter table worker_heartbeats rename to heartbeats_away')
    const { status, body } = await readiness()
    await db.rawQuery('alter table heartbeats_away rename to worker_heartbeats')
    assert.equal(status, 503)
    assert.deepEqual(body.failed, { worker: 'the check failed: see the log' })
  })
})
