import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { Grouped } from '#app/webhooks/door/grouped'

const doubled = (groups: number[][], limits = { size: 10, atOnce: 1 }) =>
  new Grouped<number, number>(async (items) => {
    groups.push(items)
    await sleep(5)
    if (items.includes(-1)) throw new Error('group failed')
    return items.map((item) => item * 2)
  }, limits)

test.group('Requests that come at the same time', () => {
  test('share a group, and each gets its own answer', async ({ assert }) => {
    const groups: number[][] = []
    const grouped = doubled(groups)
    const answers = await Promise.all([1, 2, 3, 4, 5].map((item) => grouped.add(item)))
    assert.deepEqual(answers, [2, 4, 6, 8, 10])
    assert.lengthOf(groups, 1)
  })

  test('a group is never larger, and never more of them at once, than allowed', async ({
    assert,
  }) => {
    let running = 0
    let most = 0
    const grouped = new Grouped<number, number>(
      async (items) => {
        most = Math.max(most, ++running)
        assert.isAtMost(items.length, 10)
        assert.isAbove(items.length, 0)
        await sleep(2)
        running--
        return items
      },
      { size: 10, atOnce: 2 }
    )
    const items = Array.from({ length: 95 }, (_, index) => index)
    assert.deepEqual(await Promise.all(items.map((item) => grouped.add(item))), items)
    assert.equal(most, 2)
  })

  test('a group that fails fails all of its own, and none of the next', async ({ assert }) => {
    const grouped = doubled([])
    const first = await Promise.allSettled([grouped.add(1), grouped.add(-1)])
    assert.deepEqual(
      first.map(({ status }) => status),
      ['rejected', 'rejected']
    )
    assert.equal(await grouped.add(4), 8)
  })

  test('more than can wait are refused at once', async ({ assert }) => {
    const grouped = doubled([], { size: 1000, atOnce: 1 })
    const all = Array.from({ length: 5100 }, (_, item) => grouped.add(item))
    const outcomes = await Promise.allSettled(all)
    const refused = outcomes.filter(({ status }) => status === 'rejected')
    assert.lengthOf(refused, 100)
  })
})
