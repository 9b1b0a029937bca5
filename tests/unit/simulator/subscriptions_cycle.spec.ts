import { test } from '@japa/runner'
import fc from 'fast-check'
import { holds } from '#tests/support/property'
import {
  countBefore,
  daysOfFirst,
  dueDate,
  type Rhythm,
} from '../../../app/simulator/subscriptions/cycle.js'

const BRAZIL = -3

function rhythm(change: Partial<Rhythm> & { anchor?: string } = {}): Rhythm {
  const { anchor = '2027-01-31T12:00:00Z', ...rest } = change
  return {
    frequency: 1,
    frequencyType: 'months',
    anchorAt: Date.parse(anchor),
    billingDay: null,
    utcOffsetHours: BRAZIL,
    ...rest,
  }
}

function dates(of: Rhythm, count = 4): string[] {
  return Array.from({ length: count }, (_, index) => new Date(dueDate(of, index)).toISOString())
}

test.group('Simulator | the dates of instalments', () => {
  test('keep the day of the month, or take the last one of a shorter month', ({ assert }) => {
    assert.deepEqual(dates(rhythm()), [
      '2027-01-31T12:00:00.000Z',
      '2027-02-28T12:00:00.000Z',
      '2027-03-31T12:00:00.000Z',
      '2027-04-30T12:00:00.000Z',
    ])
    assert.deepEqual(dates(rhythm({ frequency: 12 }), 2)[1], '2028-01-31T12:00:00.000Z')
  })

  test('are counted on the calendar of the country', ({ assert }) => {
    const late = rhythm({ anchor: '2027-03-01T01:00:00Z' })
    assert.equal(dates(late)[1], '2027-03-29T01:00:00.000Z')
  })

  test('are so many days apart', ({ assert }) => {
    const weekly = rhythm({ frequency: 7, frequencyType: 'days' })
    assert.deepEqual(dates(weekly, 2)[1], '2027-02-07T12:00:00.000Z')
  })

  test('come on the billing day from the second one on', ({ assert }) => {
    const before = rhythm({ anchor: '2027-01-05T12:00:00Z', billingDay: 10 })
    assert.deepEqual(
      dates(before, 3).map((date) => date.slice(0, 10)),
      ['2027-01-05', '2027-01-10', '2027-02-10']
    )
    const after = rhythm({ anchor: '2027-01-15T12:00:00Z', billingDay: 10, frequency: 2 })
    assert.deepEqual(
      dates(after, 3).map((date) => date.slice(0, 10)),
      ['2027-01-15', '2027-02-10', '2027-04-10']
    )
    const same = rhythm({ anchor: '2027-01-10T12:00:00Z', billingDay: 10, frequency: 2 })
    assert.equal(dates(same)[1].slice(0, 10), '2027-03-10')
  })

  test('make a part of a cycle of thirty days until the billing day', ({ assert }) => {
    const part = (anchor: string) => daysOfFirst(rhythm({ anchor, billingDay: 10 }))
    assert.deepEqual(part('2027-01-05T12:00:00Z'), { part: 5, whole: 30 })
    assert.deepEqual(part('2027-01-11T12:00:00Z'), { part: 30, whole: 30 })
    assert.deepEqual(part('2027-01-10T12:00:00Z'), { part: 30, whole: 30 })
  })

  test('follow each other, and are counted right up to any moment', async ({ assert }) => {
    const rhythms = fc.record({
      frequency: fc.integer({ min: 1, max: 40 }),
      frequencyType: fc.constantFrom('days' as const, 'months' as const),
      anchorAt: fc.integer({ min: 0, max: 4e12 }),
      billingDay: fc.constant(null),
      utcOffsetHours: fc.integer({ min: -6, max: -3 }),
    })
    await holds([rhythms, fc.nat(200), fc.integer({ min: -1, max: 1 })], (one, count, shift) => {
      const endAt = dueDate(one, count) + shift
      const expected = shift > 0 ? count + 1 : count
      assert.equal(countBefore(one, endAt), expected)
      assert.isAbove(dueDate(one, count + 1), dueDate(one, count))
    })
  })
})
