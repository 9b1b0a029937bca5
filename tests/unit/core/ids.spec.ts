import { test } from '@japa/runner'
import { newId } from '#app/core/ids'

test.group('Ids of rows', () => {
  test('are UUIDs of version 7, each after the one before', ({ assert }) => {
    const start = Date.now()
    const ids = Array.from({ length: 20_000 }, newId)
    assert.deepEqual(ids, ids.toSorted())
    assert.equal(new Set(ids).size, ids.length)
    for (const id of ids) {
      assert.match(id, /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    }
    const time = Number.parseInt(ids[0].replaceAll('-', '').slice(0, 12), 16)
    assert.isAtLeast(time, start)
    assert.isBelow(time, start + 1_000)
  })
})
