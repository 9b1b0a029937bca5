import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { SenderBudget } from '#app/webhooks/door/sender_budget'

const takes = (budget: SenderBudget, address: string, times: number) =>
  Array.from({ length: times }, () => budget.take(address))

test.group('What strangers may make us store', () => {
  test('a sender has its budget, and others theirs', ({ assert }) => {
    const budget = new SenderBudget(2, 3600)
    assert.deepEqual(takes(budget, '192.0.2.1', 3), [true, true, false])
    assert.isTrue(budget.take('192.0.2.2'))
  })

  test('addresses of one IPv6 network are one sender', ({ assert }) => {
    const budget = new SenderBudget(1, 3600)
    assert.isTrue(budget.take('2001:db8:0:1::1'))
    assert.isFalse(budget.take('2001:db8:0:1::2'))
    assert.isTrue(budget.take('2001:db8:0:2::1'))
    assert.isTrue(budget.take('2001:db8::1:2:3:4'))
    assert.isFalse(budget.take('2001:db8::5:6:7:8'))
  })

  test('an IPv4 address in IPv6 notation is itself', ({ assert }) => {
    const budget = new SenderBudget(1, 3600)
    assert.isTrue(budget.take('::ffff:192.0.2.1'))
    assert.isTrue(budget.take('::ffff:192.0.2.2'))
  })

  test('the budget comes back with the next window', async ({ assert }) => {
    const budget = new SenderBudget(1, 0.05)
    assert.deepEqual(takes(budget, '192.0.2.1', 2), [true, false])
    await sleep(60)
    assert.isTrue(budget.take('192.0.2.1'))
  })

  test('any number of senders takes bounded memory and storage', ({ assert }) => {
    const budget = new SenderBudget(1, 3600)
    let stored = 0
    for (let sender = 0; sender < 30_000; sender++) stored += Number(budget.take(`10.${sender}`))
    assert.equal(stored, 10_000)
  })
})
