import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { methods } from '#app/gateway/sites'
import {
  checkPayUntil,
  checkTimeLeft,
  endOfDay,
  issueDay,
  offeredPayUntil,
} from '#app/receivables/issue_day'

const today = '2026-11-21'
const { life } = methods.boleto
const key = (work: () => unknown) => {
  try {
    work()
    return null
  } catch (error) {
    return (error as { key: string }).key
  }
}

test.group('The day on which a boleto is issued', () => {
  test('is today while it lives at most 29 days', ({ assert }) => {
    assert.equal(issueDay({ life, today, dueOn: '2026-11-25', payUntil: '2026-12-20' }), today)
    assert.equal(issueDay({ life, today, dueOn: '2026-12-20', payUntil: '2026-12-20' }), today)
  })

  test('is 25 days before a far due date', ({ assert }) => {
    assert.equal(
      issueDay({ life, today, dueOn: '2027-01-20', payUntil: '2027-01-20' }),
      '2026-12-26'
    )
  })

  test('is later when the last day to pay is late, and never over its life', ({ assert }) => {
    assert.equal(
      issueDay({ life, today, dueOn: '2027-01-20', payUntil: '2027-02-10' }),
      '2027-01-12'
    )
    assert.equal(
      issueDay({ life, today, dueOn: '2026-12-01', payUntil: '2026-12-30' }),
      '2026-12-01'
    )
  })

  test('is always today for a link, which lives as long as we say', ({ assert }) => {
    const dates = { today, dueOn: '2027-06-20', payUntil: '2027-06-20' }
    assert.equal(issueDay({ ...dates, life: methods.link.life }), today)
  })
})

test.group('The time left to pay', () => {
  const noon = DateTime.fromISO('2026-11-21T12:00:00Z')
  const left = (method: keyof typeof methods, minutes: number) =>
    key(() => checkTimeLeft(noon, noon.plus({ minutes }), { method, life: methods[method].life }))

  test('is a day for a boleto and a voucher, half an hour for a Pix, anything for a link', ({
    assert,
  }) => {
    const least = { boleto: 1440, rapipago: 1440, pagofacil: 1440, pix: 30, link: 0 }
    for (const [method, minutes] of Object.entries(least) as [keyof typeof methods, number][]) {
      assert.isNull(left(method, minutes), method)
      assert.equal(left(method, minutes - 1), 'receivables.pay_until_too_soon', method)
    }
  })
})

test.group('The last day to pay', () => {
  test('lies between the due date and 29 days after it', ({ assert }) => {
    assert.isNull(key(() => checkPayUntil('2026-12-01', '2026-12-01')))
    assert.isNull(key(() => checkPayUntil('2026-12-01', '2026-12-30')))
    assert.equal(
      key(() => checkPayUntil('2026-12-01', '2026-12-31')),
      'receivables.pay_until_too_late'
    )
    assert.equal(
      key(() => checkPayUntil('2026-12-01', '2026-11-30')),
      'receivables.pay_until_before_due'
    )
  })

  test('of an overdue receivable counts from today', ({ assert }) => {
    assert.isNull(key(() => checkPayUntil('2026-10-01', '2026-12-20', today)))
    assert.equal(
      key(() => checkPayUntil('2026-10-01', '2026-12-21', today)),
      'receivables.pay_until_too_late'
    )
  })

  test('that is over is offered three days from now', ({ assert }) => {
    assert.equal(offeredPayUntil('2026-12-01', today), '2026-12-01')
    assert.equal(offeredPayUntil('2026-11-21', today), '2026-11-24')
  })

  test('ends where the tenant lives', ({ assert }) => {
    assert.equal(
      endOfDay('2026-12-01', 'America/Sao_Paulo').toUTC().toISO(),
      '2026-12-02T02:59:59.999Z'
    )
  })
})
