import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { hindranceOf, type PayoutFacts } from '#app/payouts/hindrance'

const at = (iso: string) => DateTime.fromISO(iso, { zone: 'utc' })

const payable: PayoutFacts = {
  tenantIsActive: true,
  timeZone: 'America/Sao_Paulo',
  destinationId: 'd',
  platformAccountId: 'a',
  minimumMinor: 1,
  availableMinor: 1,
  firstPaymentAt: at('2026-11-01T15:00Z'),
}
const now = at('2026-11-21T12:00Z')
const reasonOf = (facts: Partial<PayoutFacts>, when = now) =>
  hindranceOf({ ...payable, ...facts }, { waitingDays: 7, now: when })?.reason ?? null

test.group('What keeps money from leaving', () => {
  test('is nothing when all is well', ({ assert }) => {
    assert.isNull(reasonOf({}))
  })

  test('is a tenant that is not active, whatever else', ({ assert }) => {
    assert.equal(reasonOf({ tenantIsActive: false, availableMinor: -1 }), 'tenant_not_active')
  })

  test('is a balance below zero', ({ assert }) => {
    assert.equal(reasonOf({ availableMinor: -1 }), 'below_zero')
  })

  test('is an empty balance, last of all', ({ assert }) => {
    assert.equal(reasonOf({ availableMinor: 0 }), 'nothing_available')
    assert.equal(reasonOf({ availableMinor: 0, destinationId: null }), 'no_destination')
    assert.equal(reasonOf({ availableMinor: 0, platformAccountId: null }), 'no_platform_account')
  })

  test('is that nobody has paid yet', ({ assert }) => {
    assert.equal(reasonOf({ firstPaymentAt: null, availableMinor: 5 }), 'no_payment_yet')
  })

  test('are the waiting days, counted in days of the tenant', ({ assert }) => {
    // 23:30 on 1 November in São Paulo is the 2nd in UTC.
    const firstPaymentAt = at('2026-11-02T02:30Z')
    assert.equal(reasonOf({ firstPaymentAt }, at('2026-11-08T02:59Z')), 'waiting_days')
    assert.isNull(reasonOf({ firstPaymentAt }, at('2026-11-08T03:00Z')))
  })

  test('names the first day that money may leave', ({ assert }) => {
    const facts = { ...payable, firstPaymentAt: at('2026-11-20T02:30Z') }
    const hindrance = hindranceOf(facts, { waitingDays: 7, now })
    assert.equal(hindrance?.reason, 'waiting_days')
    if (hindrance?.reason === 'waiting_days') {
      assert.equal(hindrance.until.toISO(), '2026-11-26T12:00:00.000Z')
    }
  })

  test('are no waiting days where the platform asks for none', ({ assert }) => {
    assert.isNull(hindranceOf({ ...payable, firstPaymentAt: now }, { waitingDays: 0, now }))
  })
})
