import { test } from '@japa/runner'
import fc from 'fast-check'
import { DateTime, Settings } from 'luxon'
import { timeZones } from '#app/core/time_zones'
import { dueOnAt, makeOn, placesBefore, type Rhythm } from '#app/receivables/schedules/due_dates'
import { fillDescription } from '#app/receivables/schedules/schedule_text'
import { holds } from '#tests/support/property'

const rhythm = fc.record({
  unit: fc.constantFrom('week', 'month', 'year'),
  every: fc.integer({ min: 1, max: 24 }),
  firstDueOn: fc
    .date({ min: new Date('2024-01-01'), max: new Date('2032-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  isMonthEnd: fc.boolean(),
}) as fc.Arbitrary<Rhythm>

const place = fc.integer({ min: 0, max: 120 })

/** The calendar by plain numbers, without a date library. */
function expected({ unit, every, firstDueOn, isMonthEnd }: Rhythm, at: number): string {
  const [year, month, day] = firstDueOn.split('-').map(Number)
  if (unit === 'week') {
    return new Date(Date.UTC(year, month - 1, day + 7 * every * at)).toISOString().slice(0, 10)
  }
  const months = month - 1 + every * at * (unit === 'year' ? 12 : 1)
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate()
  const dayOf = isMonthEnd ? last : Math.min(day, last)
  return new Date(Date.UTC(year, months, dayOf)).toISOString().slice(0, 10)
}

test.group('The due dates of a schedule', () => {
  test('count from the first one in every time zone, leap years included', async ({
    assert,
    cleanup,
  }) => {
    cleanup(() => void (Settings.defaultZone = 'system'))
    await holds([rhythm, place, fc.constantFrom(...timeZones)], (given, at, zone) => {
      Settings.defaultZone = zone
      assert.equal(dueOnAt(given, at), expected(given, at))
    })
  })

  test('rise, none twice', async ({ assert }) => {
    await holds([rhythm, place], (given, at) => {
      assert.isAbove(Date.parse(dueOnAt(given, at + 1)), Date.parse(dueOnAt(given, at)))
    })
  })

  test('that lie before a day are counted exactly', async ({ assert }) => {
    await holds([rhythm, place, fc.integer({ min: -40, max: 40 })], (given, at, days) => {
      const today = DateTime.fromISO(dueOnAt(given, at), { zone: 'utc' })
        .plus({ days })
        .toISODate()!
      const count = placesBefore(given, today)
      assert.isTrue(dueOnAt(given, count) >= today)
      if (count > 0) assert.isTrue(dueOnAt(given, count - 1) < today)
    })
  })

  test('of the 31st are the last days of shorter months, and the 31st again', ({ assert }) => {
    const given: Rhythm = { unit: 'month', every: 1, firstDueOn: '2027-12-31', isMonthEnd: false }
    const dates = [1, 2, 3, 4].map((at) => dueOnAt(given, at))
    assert.deepEqual(dates, ['2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30'])
  })

  test('can follow the end of the month from a short one on', ({ assert }) => {
    const given: Rhythm = { unit: 'month', every: 1, firstDueOn: '2027-02-28', isMonthEnd: true }
    assert.deepEqual([dueOnAt(given, 0), dueOnAt(given, 1)], ['2027-02-28', '2027-03-31'])
  })

  test('are prepared ahead of their day', ({ assert }) => {
    assert.equal(makeOn('2028-03-01', 1), '2028-02-29')
  })

  test('fill in the description, in the words of the customer', ({ assert }) => {
    const filled = { number: 3, total: 12, dueOn: '2027-01-31' }
    assert.equal(
      fillDescription('{month} ({n}/{total})', filled, 'pt-BR'),
      'janeiro de 2027 (3/12)'
    )
    assert.equal(fillDescription('{month} {x}', filled, 'en'), 'January 2027 {x}')
  })
})
