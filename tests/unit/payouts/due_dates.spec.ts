import { test } from '@japa/runner'
import { dueFrom, dueUpTo, type DueDays } from '#app/payouts/due_dates'
import { dueDate, nextDate, scheduledAmount } from '#app/payouts/scheduled_payout'

const days = (values: Partial<DueDays> = {}): DueDays => ({
  ...{ frequency: 'daily', weekday: 1, monthDay: 1 },
  ...values,
})

test.group('The dates of a schedule', () => {
  test('of {days.frequency} around {date} are {before} and {after}')
    .with([
      { days: days(), date: '2026-11-21', before: '2026-11-21', after: '2026-11-21' },
      // A Saturday.
      {
        ...{ days: days({ frequency: 'weekly', weekday: 1 }), date: '2026-11-21' },
        ...{ before: '2026-11-16', after: '2026-11-23' },
      },
      {
        ...{ days: days({ frequency: 'weekly', weekday: 6 }), date: '2026-11-21' },
        ...{ before: '2026-11-21', after: '2026-11-21' },
      },
      {
        ...{ days: days({ frequency: 'weekly', weekday: 7 }), date: '2026-11-21' },
        ...{ before: '2026-11-15', after: '2026-11-22' },
      },
      {
        ...{ days: days({ frequency: 'monthly', monthDay: 5 }), date: '2026-01-03' },
        ...{ before: '2025-12-05', after: '2026-01-05' },
      },
      {
        ...{ days: days({ frequency: 'monthly', monthDay: 31 }), date: '2026-02-28' },
        ...{ before: '2026-02-28', after: '2026-02-28' },
      },
      {
        ...{ days: days({ frequency: 'monthly', monthDay: 31 }), date: '2026-03-01' },
        ...{ before: '2026-02-28', after: '2026-03-31' },
      },
      {
        ...{ days: days({ frequency: 'monthly', monthDay: 30 }), date: '2028-02-29' },
        ...{ before: '2028-02-29', after: '2028-02-29' },
      },
      {
        ...{ days: days({ frequency: 'monthly', monthDay: 1 }), date: '2026-12-31' },
        ...{ before: '2026-12-01', after: '2027-01-01' },
      },
    ])
    .run(({ assert }, { days: chosen, date, before, after }) => {
      assert.equal(dueUpTo(chosen, date), before)
      assert.equal(dueFrom(chosen, date), after)
    })

  test('are paid late when no run looked at the tenant on the day, and never twice', ({
    assert,
  }) => {
    const schedule = {
      ...days({ frequency: 'weekly', weekday: 1 }),
      ...{ minimumMinor: 0, keepMinor: 0, seenFor: '2026-11-15' },
    }
    assert.equal(dueDate({ schedule }, '2026-11-16'), '2026-11-16')
    assert.equal(dueDate({ schedule }, '2026-11-18'), '2026-11-16')
    assert.isNull(dueDate({ schedule: { ...schedule, seenFor: '2026-11-16' } }, '2026-11-18'))
    assert.isNull(dueDate({ schedule: { ...schedule, seenFor: null } }, '2026-11-18'))
    assert.equal(nextDate({ schedule }, '2026-11-16', false), '2026-11-16')
    assert.equal(nextDate({ schedule }, '2026-11-16', true), '2026-11-23')
  })

  test('take all but what stays, and nothing below a minimum', ({ assert }) => {
    const of = (availableMinor: number, keepMinor: number, minimumMinor: number, least = 1) =>
      scheduledAmount({
        availableMinor,
        minimumMinor: least,
        schedule: { ...days(), keepMinor, minimumMinor, seenFor: null },
      })
    assert.equal(of(10_000, 3_000, 0), 7_000)
    assert.equal(of(10_000, 3_000, 7_000), 7_000)
    assert.isNull(of(10_000, 3_000, 7_001))
    assert.isNull(of(10_000, 3_000, 0, 7_001))
    assert.isNull(of(10_000, 10_000, 0))
    assert.isNull(of(-1, 0, 0))
  })
})
