import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { transaction } from '#app/core/transaction'
import { RebuildBalances } from '#app/ledger/actions/rebuild_balances'
import { VerifyLedger } from '#app/ledger/actions/verify_ledger'
import { ledger, type Buckets, type PostingEntry } from '#app/ledger/ledger'
import { balanceAt } from '#app/ledger/queries/balance_at'
import { movements, type Movement, type MovementsInput } from '#app/ledger/queries/movements'
import type Tenant from '#app/tenants/models/tenant'
import { givenTenant, next } from '#tests/support/given'
import { balanceOf } from '#tests/support/payouts'
import { holds } from '#tests/support/property'

const START = DateTime.fromISO('2026-11-20T22:00:00.000Z', { zone: 'utc' })

/** One movement: when, and what it does to the three buckets. */
interface Step {
  /** Few enough that many happen at the same one. */
  hour: number
  pending: number
  available: number
  reserved: number
}

const amount = fc.integer({ min: -5_000, max: 9_000 })
const anyStep: fc.Arbitrary<Step> = fc.record({
  hour: fc.integer({ min: 0, max: 80 }),
  ...{ pending: amount, available: amount, reserved: amount },
})

const entriesOf = ({ pending, available, reserved }: Step): PostingEntry[] =>
  (
    [
      { account: 'tenant:pending', amountMinor: -pending },
      { account: 'tenant:available', amountMinor: -available },
      { account: 'tenant:reserved', amountMinor: -reserved },
      { account: 'platform:other', amountMinor: pending + available + reserved },
    ] as const
  ).filter(({ amountMinor }) => amountMinor !== 0)

async function post(tenant: Tenant, step: Step) {
  const entries = entriesOf(step)
  if (entries.length < 2) return
  await transaction((trx) =>
    ledger.post(trx, {
      reference: `adjustment:${next()}:${step.hour}`,
      kind: 'adjustment',
      tenantId: tenant.id,
      currency: tenant.currency,
      occurredAt: START.plus({ hours: step.hour }),
      entries,
    })
  )
}

/** All of them by pages of so many. */
async function pages(tenant: Tenant, limit: number, more: Partial<MovementsInput> = {}) {
  const found: Movement[] = []
  for (let after: string | undefined; ;) {
    const page = await movements({
      ...{ tenantId: tenant.id, currency: tenant.currency, limit, after, ...more },
    })
    found.push(...page.movements)
    if (!page.next) return found
    after = page.next
  }
}

const totalOf = ({ pendingMinor, availableMinor, reservedMinor }: Buckets) =>
  pendingMinor + availableMinor + reservedMinor

const add = (one: Buckets, other: Buckets): Buckets => ({
  pendingMinor: one.pendingMinor + other.pendingMinor,
  availableMinor: one.availableMinor + other.availableMinor,
  reservedMinor: one.reservedMinor + other.reservedMinor,
})
const zero: Buckets = { pendingMinor: 0, availableMinor: 0, reservedMinor: 0 }

test.group('Movements', () => {
  test('end in the balance, and each is the one before it plus its change', async ({ assert }) => {
    await holds(
      [fc.array(anyStep, { minLength: 1, maxLength: 14 }), fc.integer({ min: 1, max: 5 })],
      async (steps, limit) => {
        const tenant = await givenTenant()
        const other = await givenTenant()
        for (const step of steps) {
          await post(tenant, step)
          await post(other, { ...step, available: step.available + 1 })
        }
        const found = await pages(tenant, limit)
        const { pending, available, reserved } = await balanceOf(tenant)
        const last = found.at(0)?.after ?? zero
        assert.deepEqual(last, {
          ...{ pendingMinor: pending, availableMinor: available, reservedMinor: reserved },
        })
        let running = zero
        for (const movement of found.toReversed()) {
          running = add(running, movement.change)
          assert.deepEqual(movement.after, running)
          const { grossMinor, chargesMinor, feeMinor, change } = movement
          assert.equal(grossMinor + chargesMinor + feeMinor, totalOf(change))
        }
      },
      { runs: 40, longRuns: 1_000 }
    )
  }).timeout(120_000)

  test('add up to the balance of any past moment', async ({ assert }) => {
    await holds(
      [fc.array(anyStep, { minLength: 1, maxLength: 12 }), fc.integer({ min: -2, max: 90 })],
      async (steps, hour) => {
        const tenant = await givenTenant()
        for (const step of steps) await post(tenant, step)
        const before = START.plus({ hours: hour })
        const past = (await pages(tenant, 50)).filter(({ occurredAt }) => occurredAt < before)
        const balance = await balanceAt({ tenantId: tenant.id, currency: tenant.currency, before })
        assert.deepEqual(balance, past.map(({ change }) => change).reduce(add, zero))
      },
      { runs: 40, longRuns: 1_000 }
    )
  }).timeout(120_000)

  test('keep their own balance when only some are shown', async ({ assert }) => {
    const tenant = await givenTenant()
    for (const [hour, pending, available] of [
      ...[
        [0, 100, 0],
        [1, 0, 50],
        [30, 7, 0],
        [30, 0, 9],
        [31, -100, 100],
      ],
    ]) {
      await post(tenant, { hour, pending, available, reserved: 0 })
    }
    const all = new Map((await pages(tenant, 2)).map(({ id, after }) => [id, after]))
    const some = await pages(tenant, 2, { bucket: 'available' })
    assert.deepEqual(some.map(({ change }) => change.availableMinor).sort(), [100, 50, 9])
    for (const { id, after } of some) assert.deepEqual(after, all.get(id))
    const from = START.plus({ hours: 1 })
    const until = START.plus({ hours: 31 })
    assert.lengthOf(await pages(tenant, 2, { from, until }), 3)
    assert.lengthOf(await pages(tenant, 2, { kind: 'refund' }), 0)
  })

  test('of a late posting take their place in the past', async ({ assert }) => {
    const tenant = await givenTenant()
    await post(tenant, { hour: 40, pending: 5, available: 0, reserved: 0 })
    await post(tenant, { hour: 3, pending: 100, available: 0, reserved: 0 })
    const [latest, first] = await pages(tenant, 10)
    assert.equal(first.after.pendingMinor, 100)
    assert.equal(latest.after.pendingMinor, 105)
  })
})

test.group('The days of a balance', () => {
  test('that are wrong are named, and made right again', async ({ assert }) => {
    const tenant = await givenTenant()
    await post(tenant, { hour: 0, pending: 100, available: 0, reserved: 0 })
    await post(tenant, { hour: 30, pending: -40, available: 40, reserved: 0 })
    const failing = async () => {
      const { checks } = await new VerifyLedger().handle()
      return checks.filter(({ offences }) => offences > 0).map(({ name }) => name)
    }
    assert.deepEqual(await failing(), [])
    // The sums still agree: only the days do not.
    await db.from('tenant_balance_days').where('day', '2026-11-20').increment('pending_minor', 5)
    await db.from('tenant_balance_days').where('day', '2026-11-22').decrement('pending_minor', 5)
    assert.deepEqual(await failing(), ['days_equal_entries'])
    const report = await new RebuildBalances().handle({})
    assert.deepEqual(report, { state: 'done', seen: 1, changed: 1 })
    assert.deepEqual(await failing(), [])
    await db.from('tenant_balance_days').delete()
    assert.deepEqual(await failing(), ['days_equal_entries'])
    await new RebuildBalances().handle({})
    assert.deepEqual(await failing(), [])
  })
})
