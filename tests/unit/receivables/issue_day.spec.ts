import { test } from '@japa/runner'
import { checkPayUntil, endOfDay, issueDay, offeredPayUntil } from '#app/receivables/issue_day'

const today = '2026-11-21'
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
    assert.equal(issueDay({ today, dueOn: '2026-11-25', payUntil: '2026-12-20' }), today)
    assert.equal(issueDay({ today, dueOn: '2026-12-20', payUntil: '2026-12-20' }), today)
  })

  test('is 25 days before a far due date', ({ assert }) => {
    assert.equal(issueDay({ today, dueOn: '2027-01-20', payUntil: '2027-01-20' }), '2026-12-26')
  })

  test('is later when the last day to pay is late, and never over its life', ({ assert }) => {
    assert.equal(issueDay({ today, dueOn: '2027-01-20', payUntil: '2027-02-10' }), '2027-01-12')
    assert.equal(issueDay({ today, dueOn: '2026-12-01', payUntil: '2026-12-30' }), '2026-12-01')
  })

  test('does not exist when the last day is today or over', ({ assert }) => {
    for (const payUntil of [today, '2026-11-20']) {
      assert.equal(
        key(() => issueDay({ today, dueOn: payUntil, payUntil })),
        'receivables.pay_until_too_soon'
      )
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
