import { test } from '@japa/runner'
import { chosenPeriod, daysOf, endOfDay, monthPeriod, startOfDay } from '#app/core/periods'

test.group('Periods', () => {
  test('end today where their owner lives', ({ assert }) => {
    const of = (form: Parameters<typeof chosenPeriod>[0]) => {
      const { from, until } = chosenPeriod(form, '2026-03-01')
      return `${from} ${until}`
    }
    assert.equal(of({ period: '7' }), '2026-02-23 2026-03-01')
    assert.equal(of({ period: 'month' }), '2026-03-01 2026-03-01')
    assert.equal(of({ period: 'last_month' }), '2026-02-01 2026-02-28')
    assert.equal(of({ from: '2026-02-10', until: '2026-02-01' }), '2026-02-01 2026-02-10')
    assert.equal(of({ until: '2026-02-10' }), '2026-02-10 2026-02-10')
    assert.equal(of({ from: '2020-01-01' }), '2025-03-01 2026-03-01')
  })

  test('have all their days', ({ assert }) => {
    assert.deepEqual(daysOf({ from: '2026-02-27', until: '2026-03-01' }), [
      ...['2026-02-27', '2026-02-28', '2026-03-01'],
    ])
    assert.deepEqual(monthPeriod('2028-02'), { from: '2028-02-01', until: '2028-02-29' })
  })

  test('know a day of 23 hours', ({ assert }) => {
    // Chile's clocks went from 24:00 to 01:00.
    const [start, end] = [
      startOfDay('2026-09-06', 'America/Santiago'),
      endOfDay('2026-09-06', 'America/Santiago'),
    ]
    assert.equal(end.diff(start, 'hours').hours, 23)
  })
})
