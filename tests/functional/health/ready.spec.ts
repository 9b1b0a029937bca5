import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { appendOnly, notAppendOnly } from '#app/core/database/append_only'
import { beat } from '#app/core/work/heartbeat'
import { tokenKeeper } from '#app/gateway/token_keeper'
import { putPlatformToken } from '#app/gateway/tokens/sealed_tokens'
import { givenConnection } from '#tests/support/connections'
import { givenTenant } from '#tests/support/given'
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

  test('S1-01 fails when a token of a connection cannot be decrypted: {lost}')
    .with([{ lost: 'key' as const }, { lost: 'refresh' as const }, { lost: 'moved' as const }])
    .run(async ({ assert }, { lost }) => {
      const connection = await givenConnection(await givenTenant())
      for (let at = 0; at < 2; at++) await givenConnection(await givenTenant())
      assert.equal((await readiness()).status, 200)

      const [key, ...rest] = connection.refreshTokenCiphertext!.split('.')
      const damaged = {
        key: { accessTokenCiphertext: ['k9', ...rest].join('.') },
        refresh: { refreshTokenCiphertext: ['k9', ...rest].join('.') },
        moved: { accessTokenCiphertext: [key, ...rest].join('.') },
      }
      await connection.merge({ ...damaged[lost], tokenStoredAt: clock.now() }).save()
      const { status, names, body } = await failing()
      assert.deepEqual([status, names], [503, ['connections']])
      assert.include(body.failed.connections, '1 cannot be decrypted')
      assert.notInclude(JSON.stringify(body), rest[0])
    })

  test('S1-01 fails when the table of the connections is missing', async ({ assert }) => {
    await db.rawQuery('alter table tenant_gateway_configs rename to configs_away')
    const { status, body } = await readiness()
    await db.rawQuery('alter table configs_away rename to tenant_gateway_configs')
    assert.equal(status, 503)
    assert.deepEqual(body.failed, { connections: 'the check failed: see the log' })
  })

  test('names what failed when the database has lost a table', async ({ assert }) => {
    await db.rawQuery('alter table worker_heartbeats rename to heartbeats_away')
    const { status, body } = await readiness()
    await db.rawQuery('alter table heartbeats_away rename to worker_heartbeats')
    assert.equal(status, 503)
    assert.deepEqual(body.failed, { worker: 'the check failed: see the log' })
  })
})
