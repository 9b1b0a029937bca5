import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { TryAgain } from '#app/core/work/contracts'
import type { Job } from '#app/core/work/job'
import { Outbox } from '#app/core/work/outbox'
import { MAX_ATTEMPTS } from '#app/core/work/retries'
import { endBackOff, expireLeases, givenEffects } from '#tests/support/outbox'

const handled: string[] = []
let behave: (id: string) => Promise<void> | void = () => {}

class Noted {
  async handle(_payload: unknown, { id }: { id: string }) {
    await behave(id)
    handled.push(id)
  }
}

const newOutbox = () => new Outbox({ noted: Noted })
const runAll = (jobs: Job[]) => Promise.all(jobs.map((job) => job.run()))
const row = (id: string) => db.from('outbox_effects').where('id', id).first()
const counts = async () => {
  const rows = await db.from('outbox_effects').select('state').count('* as total').groupBy('state')
  return Object.fromEntries(rows.map(({ state, total }) => [state, Number(total)]))
}

test.group('Claiming work', (group) => {
  group.each.setup(() => {
    handled.length = 0
    behave = () => {}
  })

  test('many workers at once never get the same row', async ({ assert }) => {
    const ids = await givenEffects(200)
    const workers = Array.from({ length: 8 }, newOutbox)
    for (let claimed = true; claimed;) {
      const claims = await Promise.all(workers.map((worker) => worker.claim(7)))
      claimed = claims.some((jobs) => jobs.length > 0)
      await runAll(claims.flat())
    }
    assert.lengthOf(handled, 200)
    assert.sameMembers(handled, ids)
    assert.deepEqual(await counts(), { done: 200 })
  })

  test('a lane with most of the rows does not delay the others', async ({ assert }) => {
    await givenEffects(1900, { lane: 'noisy' })
    const quiet: string[] = []
    for (const lane of ['a', 'm', 'z', 'zz', '0']) quiet.push(...(await givenEffects(20, { lane })))
    const outbox = newOutbox()
    for (let round = 0; round < 12; round++) await runAll(await outbox.claim(12))
    assert.includeMembers(handled, quiet)
    assert.isBelow(handled.length, 150)
  })

  test('more lanes than places are served in turn', async ({ assert }) => {
    for (let lane = 0; lane < 30; lane++) await givenEffects(3, { lane: `lane-${lane}` })
    const outbox = newOutbox()
    for (let round = 0; round < 6; round++) await runAll(await outbox.claim(5))
    const lanes = await db.from('outbox_effects').where('state', 'done').select('lane')
    assert.equal(new Set(lanes.map(({ lane }) => lane)).size, 30)
  })

  test('one that fails waits, longer each time, and is set aside in the end', async ({
    assert,
  }) => {
    const [poison] = await givenEffects(1)
    behave = () => {
      throw new Error('always')
    }
    const outbox = newOutbox()
    const waits: number[] = []
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const [outcome] = await runAll(await outbox.claim(5))
      assert.equal(outcome.state, attempt < MAX_ATTEMPTS ? 'again' : 'failed')
      const { run_at: runAt } = await row(poison)
      waits.push(new Date(runAt).getTime() - Date.now())
      assert.lengthOf(await outbox.claim(5), 0)
      await endBackOff()
    }
    assert.isAbove(waits[8], waits[2])
    const { state, attempts, last_error: lastError } = await row(poison)
    assert.deepEqual([state, attempts, lastError], ['failed', MAX_ATTEMPTS, 'Error always'])
  })

  test('a poisoned row does not hold up its own lane', async ({ assert }) => {
    const [poison] = await givenEffects(1, { lane: 'tenant' })
    const others = await givenEffects(20, { lane: 'tenant' })
    behave = (id) => {
      if (id === poison) throw new Error('poison')
    }
    const outbox = newOutbox()
    for (let round = 0; round < 5; round++) await runAll(await outbox.claim(5))
    assert.sameMembers(handled, others)
    assert.deepEqual(await counts(), { done: 20, waiting: 1 })
  })

  test('one whose process dies each time is set aside, and not tried for ever', async ({
    assert,
  }) => {
    const [deadly] = await givenEffects(1)
    const outbox = newOutbox()
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      assert.lengthOf(await outbox.claim(5), 1)
      await expireLeases()
    }
    await runAll(await outbox.claim(5))
    assert.lengthOf(handled, 0)
    const { state } = await row(deadly)
    assert.equal(state, 'failed')
  })

  test('"not yet" waits as long as it says and counts as no failure', async ({ assert }) => {
    const [early] = await givenEffects(1)
    behave = () => {
      throw new TryAgain('not readable yet', 30)
    }
    const outbox = newOutbox()
    for (let time = 0; time < MAX_ATTEMPTS + 5; time++) {
      const [outcome] = await runAll(await outbox.claim(5))
      assert.equal(outcome.state, 'again')
      await endBackOff()
    }
    const { attempts, state } = await row(early)
    assert.deepEqual([attempts, state], [0, 'waiting'])
    await runAll(await outbox.claim(5))
    const { run_at: runAt } = await row(early)
    assert.closeTo(new Date(runAt).getTime() - Date.now(), 30_000, 3000)
  })

  test('what is handed back is as if it had never been claimed', async ({ assert }) => {
    const [id] = await givenEffects(1)
    const outbox = newOutbox()
    const [job] = await outbox.claim(5)
    await job.release()
    const { attempts, lease_token: token } = await row(id)
    assert.deepEqual([attempts, token], [0, null])
    assert.lengthOf(await outbox.claim(5), 1)
  })

  test('a worker that was too slow changes nothing', async ({ assert }) => {
    const [id] = await givenEffects(1)
    const slow = newOutbox()
    const quick = newOutbox()
    const [late] = await slow.claim(5)
    await expireLeases()
    const [second] = await quick.claim(5)
    behave = () => {
      throw new Error('the slow one fails on top of it')
    }
    assert.equal(await stateOf(late), 'lost')
    behave = () => {}
    assert.equal(await stateOf(second), 'done')
    const { state, last_error: lastError } = await row(id)
    assert.deepEqual([state, lastError], ['done', null])
  })

  test('an effect without a handler waits for the version that has one', async ({ assert }) => {
    await givenEffects(1, { effect: 'of_tomorrow' })
    const [outcome] = await runAll(await newOutbox().claim(5))
    assert.equal(outcome.state, 'again')
    await endBackOff()
    const [later] = await runAll(await new Outbox({ of_tomorrow: Noted }).claim(5))
    assert.equal(later.state, 'done')
  })
})

async function stateOf(job: Job) {
  const { state } = await job.run()
  return state
}
