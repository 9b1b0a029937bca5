import { test } from '@japa/runner'
import { clock } from '#app/core/clock'
import { nextTry, MAX_ATTEMPTS, errorLine } from '#app/core/work/retries'
import { TryAgain } from '#app/core/work/contracts'
import { isDue } from '#app/core/work/schedule'

const ago = (seconds: number) => clock.now().minus({ seconds })

test.group('When a schedule is due', () => {
  test('at once when it never ran', ({ assert }) => {
    assert.isTrue(isDue(3600, undefined))
    assert.isTrue(isDue('23:59', undefined))
  })

  test('every so many seconds', ({ assert }) => {
    assert.isFalse(isDue(60, ago(59)))
    assert.isTrue(isDue(60, ago(61)))
  })

  test('once a day at its time', ({ assert }) => {
    const passed = clock.now().minus({ minutes: 2 })
    const at = passed.toFormat('HH:mm') as `${number}:${number}`
    assert.isTrue(isDue(at, ago(3 * 60 + 60)))
    assert.isFalse(isDue(at, ago(30)))
    const coming = clock.now().plus({ minutes: 5 }).toFormat('HH:mm') as `${number}:${number}`
    assert.isFalse(isDue(coming, ago(60)))
    assert.isTrue(isDue(coming, ago(25 * 3600)))
  })

  test('when its last run lies in a future that was taken back', ({ assert }) => {
    assert.isTrue(isDue(3600, clock.now().plus({ days: 30 })))
  })
})

test.group('When failed work is tried again', () => {
  test('later each time, never all at the same moment, and not for ever', ({ assert }) => {
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
      const { delaySeconds, giveUp, counted } = nextTry(new Error('x'), attempt, 10)
      const full = Math.min(3600, 2 ** attempt)
      assert.isTrue(delaySeconds >= full / 2 && delaySeconds <= full, `attempt ${attempt}`)
      assert.isFalse(giveUp)
      assert.isTrue(counted)
    }
    assert.isTrue(nextTry(new Error('x'), MAX_ATTEMPTS, 10).giveUp)
    const delays = Array.from({ length: 20 }, () => nextTry(new Error('x'), 5, 10).delaySeconds)
    assert.isAbove(new Set(delays).size, 10)
  })

  test('"not yet" does not count, until it has gone on for a week', ({ assert }) => {
    const week = 7 * 24 * 3600
    assert.isFalse(nextTry(new TryAgain('busy'), MAX_ATTEMPTS, week - 1).giveUp)
    assert.isTrue(nextTry(new TryAgain('busy'), MAX_ATTEMPTS, week + 1).giveUp)
    assert.equal(nextTry(new TryAgain('busy', 7), 1, 0).delaySeconds, 7)
  })

  test('a row remembers one line, and no value that the database was given', ({ assert }) => {
    const failed = Object.assign(new Error("insert … values ('secret')"), {
      code: '23505',
      table: 'payments',
      constraint: 'payments_unique',
    })
    assert.equal(errorLine(failed), 'DatabaseError 23505 payments payments_unique')
    assert.lengthOf(errorLine(new Error('x'.repeat(9000))), 500)
  })
})
