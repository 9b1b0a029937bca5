import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import type { Job, Outcome } from '#app/core/work/job'
import { Pump } from '#app/core/work/pump'

const RUN_MS = 20

/** So many jobs, and what happens to them. */
function jobs(count: number, claimMs = 0) {
  const seen = { running: 0, most: 0, done: 0, released: 0, left: count }
  const job: Job = {
    async run(): Promise<Outcome> {
      seen.most = Math.max(seen.most, ++seen.running)
      await sleep(RUN_MS)
      seen.running--
      seen.done++
      return { state: 'done' }
    },
    async release() {
      seen.released++
    },
  }
  const source = {
    async claim(limit: number) {
      const taken = Math.min(limit, seen.left)
      seen.left -= taken
      await sleep(claimMs)
      return Array.from({ length: taken }, () => job)
    },
  }
  return { source, seen }
}

test.group('The pump', () => {
  test('runs no more at once than it is allowed, and keeps that many running', async ({
    assert,
  }) => {
    const { source, seen } = jobs(40)
    const pump = new Pump(source, 4)
    while (seen.done < 40) {
      await pump.pull()
      await sleep(1)
    }
    assert.equal(seen.most, 4)
  })

  test('told to stop, it finishes what runs and hands back what waits', async ({ assert }) => {
    const { source, seen } = jobs(40)
    const pump = new Pump(source, 4)
    await pump.pull()
    await pump.stop()
    assert.deepEqual([seen.done, seen.released, seen.running], [4, 2, 0])
    assert.equal(await pump.pull(), 0)
  })

  test('told to stop while it claims, it hands back what it gets', async ({ assert }) => {
    const { source, seen } = jobs(40, 20)
    const pump = new Pump(source, 4)
    const pulling = pump.pull()
    await pump.stop()
    await pulling
    assert.deepEqual([seen.done, seen.released], [0, 6])
  })
})
