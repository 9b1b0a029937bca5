import { test } from '@japa/runner'
import { percentOf } from '#app/core/money'

test.group('Money', () => {
  test('a percentage is rounded half away from zero', ({ assert }) => {
    assert.equal(percentOf(150, 100), 2)
    assert.equal(percentOf(-150, 100), -2)
  })
})
