import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import WebhookEvent from '#app/webhooks/models/webhook_event'
import { expireLeases } from '#tests/support/outbox'
import { startProcess, until, type StartedProcess } from '#tests/support/processes'
import { givenEvent } from '#tests/support/webhooks'

const running: StartedProcess[] = []

async function startWorker(settings: { handleMs: number; schedule?: boolean }) {
  const worker = startProcess('tests/fixtures/proof_worker.ts', [JSON.stringify(settings)])
  running.push(worker)
  await worker.said(/ready/)
  return worker
}

const waiting = async () => {
  const rows = await WebhookEvent.query().where('state', 'received')
  return rows.length
}
const proofs = (): Promise<{ what: string; pid: number; started_ms: string; ended_ms: string }[]> =>
  db.from('work_proofs').orderBy('started_ms')
const isPostgres = () => db.connection().dialect.name === 'postgres'

test.group('Workers in processes of their own', (group) => {
  group.each.setup(async () => {
    await db.rawQuery(
      'create table work_proofs (id text, what text, pid bigint, started_ms bigint, ended_ms bigint)'
    )
    return async () => {
      await Promise.all(running.splice(0).map((worker) => worker.kill()))
      await db.rawQuery('drop table work_proofs')
    }
  })

  test('one killed between claiming and completing: done once, by whoever comes next', async ({
    assert,
  }) => {
    const { id } = await givenEvent({ topic: 'proof', resourceId: '7' })
    const doomed = await startWorker({ handleMs: 60_000 })
    await doomed.said(new RegExp(`claimed ${id}`))
    await doomed.kill()
    assert.lengthOf(await proofs(), 0)
    assert.equal(await waiting(), 1)

    const next = await startWorker({ handleMs: 0 })
    await sleep(1500)
    assert.equal(await waiting(), 1, 'nobody touches it while its lease lasts')
    await expireLeases('webhook_events')
    await next.said(new RegExp(`done ${id}`))
    assert.lengthOf(await proofs(), 1)
    const event = await WebhookEvent.findOrFail(id)
    assert.deepEqual([event.state, event.attempts], ['processed', 2])
  })

  test('killed again and again under load: nothing lost, nothing doubled', async ({ assert }) => {
    const count = 120
    for (let at = 0; at < count; at++) {
      await givenEvent({ topic: 'proof', resourceId: `r${at}`, lane: `lane${at % 5}` })
    }
    const workers = isPostgres() ? 2 : 1
    const start = () => startWorker({ handleMs: 30 })
    let alive = await Promise.all(Array.from({ length: workers }, start))
    for (let kills = 0; kills < 3; kills++) {
      await sleep(300)
      await alive[0].kill()
      // Also those of the worker that lives: its late ends must then change nothing.
      await expireLeases('webhook_events')
      alive = [...alive.slice(1), await start()]
    }
    await until(async () => {
      await expireLeases('webhook_events')
      await sleep(1000)
      return (await waiting()) === 0
    })
    const done = await proofs()
    assert.lengthOf(done, count)
    assert.equal(new Set(done.map(({ what }) => what)).size, count)
  }).timeout(120_000)

  test('told to stop, it finishes what it has begun and hands back the rest', async ({
    assert,
  }) => {
    for (let at = 0; at < 20; at++) await givenEvent({ topic: 'proof', resourceId: `r${at}` })
    const worker = await startWorker({ handleMs: 1000 })
    await worker.said(/claimed/)
    const code = await worker.kill('SIGTERM')
    assert.equal(code, 0, worker.output())
    const claimed = worker.output().match(/claimed/g)!.length
    assert.lengthOf(worker.output().match(/done/g)!, claimed)
    assert.lengthOf(await proofs(), claimed)
    const left = await WebhookEvent.query().where('state', 'received')
    assert.lengthOf(left, 20 - claimed)
    for (const { leaseToken, attempts } of left) assert.deepEqual([leaseToken, attempts], [null, 0])
    assert.lengthOf(await db.from('worker_heartbeats'), 0)
  })

  test('of two workers exactly one runs each turn of a schedule', async ({ assert }) => {
    await Promise.all([1, 2].map(() => startWorker({ handleMs: 0, schedule: true })))
    await until(async () => {
      const runs = await proofs()
      return runs.length >= 6
    })
    const runs = await proofs()
    for (const [at, run] of runs.entries()) {
      if (at === 0) continue
      const before = runs[at - 1]
      assert.isAtLeast(Number(run.started_ms), Number(before.ended_ms), 'two runs overlap')
      assert.isAtLeast(Number(run.started_ms) - Number(before.started_ms), 900)
    }
  })

  test('a schedule whose worker was killed is run by the other', async ({ assert }) => {
    const doomed = await startWorker({ handleMs: 0, schedule: true })
    await until(async () =>
      Boolean(await db.from('schedule_leases').where('name', 'proof').first())
    )
    await doomed.kill()
    await db
      .from('schedule_leases')
      .update({ holder: 'dead', leased_until: new Date(Date.now() - 1000).toISOString() })
    const before = await proofs()
    await startWorker({ handleMs: 0, schedule: true })
    await until(async () => {
      const runs = await proofs()
      return runs.length > before.length
    })
    const after = await proofs()
    assert.notEqual(after.at(-1)!.pid, doomed.pid)
  })
})
