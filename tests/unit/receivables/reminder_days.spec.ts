import { test } from '@japa/runner'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import {
  daysBetween,
  daysToMake,
  dueDates,
  latestReminder,
  reminderDay,
  reminderMoment,
} from '#app/receivables/reminder_days'
import { readDays } from '#app/receivables/validators/reminders'
import { holds } from '#tests/support/property'

const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' })

test.group('The day whose reminders are due', () => {
  test('begins at the hour where the tenant lives', ({ assert }) => {
    const zone = 'America/Sao_Paulo'
    assert.equal(reminderDay(utc('2026-03-10T11:59:59Z'), 9, zone), '2026-03-09')
    assert.equal(reminderDay(utc('2026-03-10T12:00:00Z'), 9, zone), '2026-03-10')
    // Still the ninth there.
    assert.equal(reminderDay(utc('2026-03-10T02:00:00Z'), 22, zone), '2026-03-09')
  })

  test('is each day once where the clocks change', ({ assert }) => {
    // Chile: 24 hours become 23 at midnight of 2026-09-06, and 25 on 2026-04-05.
    for (const [zone, from] of [
      ['America/Santiago', '2026-09-04'],
      ['America/Santiago', '2026-04-03'],
      ['America/Mexico_City', '2026-04-03'],
    ]) {
      for (const hour of [0, 1, 2, 3, 9, 23]) {
        const start = DateTime.fromISO(from, { zone })
        const days = Array.from({ length: 4 * 24 * 4 }, (_, quarter) =>
          reminderDay(start.plus({ minutes: 15 * quarter }).toUTC(), hour, zone)
        )
        const seen = [...new Set(days)]
        assert.deepEqual(seen, [...seen].sort(), `${zone} ${hour}`)
        for (const day of seen.slice(1)) {
          const first = start.plus({ minutes: 15 * days.indexOf(day) })
          assert.equal(first.toISODate(), day)
          assert.isTrue(first >= reminderMoment(day, hour, zone))
        }
      }
    }
  })
})

test.group('The days to make reminders for', () => {
  test('are those since the last one, a week at most, and one after a new choice', ({ assert }) => {
    const cases: [string | null, string, string][] = [
      ['2026-03-09', '2026-03-10', '2026-03-10'],
      ['2026-03-06', '2026-03-10', '2026-03-07'],
      ['2026-01-01', '2026-03-10', '2026-03-04'],
      [null, '2026-03-10', '2026-03-10'],
      // The clock of a demonstration went back.
      ['2026-09-09', '2026-03-10', '2026-03-10'],
    ]
    for (const [doneOn, upTo, from] of cases) {
      assert.deepEqual(daysToMake(doneOn, upTo), { from, upTo })
    }
  })

  test('give a bill its latest reminder only, and look at every due date that has one', async ({
    assert,
  }) => {
    const offsets = fc.uniqueArray(fc.integer({ min: -60, max: 60 }), {
      minLength: 1,
      maxLength: 11,
    })
    const day = fc.integer({ min: 0, max: 400 }).map((days) => {
      return utc('2026-01-01').plus({ days }).toISODate()!
    })
    await holds([offsets, day, day, fc.nat(6)], (days, dueOn, upTo, length) => {
      const from = utc(upTo).minus({ days: length }).toISODate()!
      const moments = days
        .filter((offset) => {
          const on = daysBetween(from, dueOn) + offset
          return on >= 0 && on <= length
        })
        .sort((one, other) => one - other)
      const reminder = latestReminder(dueOn, days, { from, upTo })
      assert.equal(reminder?.offset, moments.at(-1))
      const due = dueDates({ from, upTo }, days)
      if (reminder) assert.isTrue(dueOn >= due.from && dueOn <= due.upTo)
    })
  })
})

test.group('Days of reminders, as typed', () => {
  test('are whole numbers from 1 to 60, five at most', ({ assert }) => {
    assert.deepEqual(readDays('1, 5;10 10'), [1, 5, 10])
    assert.deepEqual(readDays(''), [])
    for (const wrong of ['0', '61', '1.5', '-1', 'x', '1,2,3,4,5,6']) {
      assert.isNull(readDays(wrong), wrong)
    }
  })
})
