import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { transaction } from '#app/core/transaction'
import { ledger, type Posting } from '#app/ledger/ledger'
import TenantBalance from '#app/ledger/models/tenant_balance'
import type Tenant from '#app/tenants/models/tenant'
import { givenTenant } from '#tests/support/given'
import { postings } from '#tests/support/money'
import { givenPlatformAccount } from '#tests/support/posted_money'

const posting = (tenant: Tenant | null, values: Partial<Posting> = {}): Posting => ({
  reference: 'adjustment:1',
  kind: 'adjustment',
  tenantId: tenant?.id ?? null,
  currency: 'BRL',
  occurredAt: DateTime.utc(),
  entries: [
    { account: 'platform:other', amountMinor: 500 },
    { account: 'tenant:available', amountMinor: -500 },
  ],
  ...values,
})

const post = (values: Posting) => transaction((trx) => ledger.post(trx, values))

const balance = async (tenant: Tenant) => {
  const row = await TenantBalance.query().where('tenant_id', tenant.id).first()
  return row && [row.pendingMinor, row.availableMinor, row.reservedMinor]
}

test.group('Posting', () => {
  test('books entries and changes the balance with them', async ({ assert }) => {
    const tenant = await givenTenant()
    assert.isTrue(await post(posting(tenant)))
    assert.deepEqual(await balance(tenant), [0, 500, 0])
    assert.deepEqual(await postings(), {
      'adjustment:1': ['platform:other 500', 'tenant:available -500'],
    })
  })

  test('leaves balances alone where no bucket changes, or nobody has one', async ({ assert }) => {
    const tenant = await givenTenant()
    const { id: platformAccountId } = await givenPlatformAccount()
    const withdrawal: Posting['entries'] = [
      { account: 'platform:other', amountMinor: 500 },
      { account: 'platform:gateway', amountMinor: -500, platformAccountId },
    ]
    const platform = { kind: 'foreign_movement' as const, entries: withdrawal }
    assert.isTrue(await post(posting(null, { ...platform, reference: 'report:1' })))
    assert.isTrue(await post(posting(tenant, { ...platform, reference: 'report:2' })))
    assert.isFalse(await post(posting(null, { ...platform, reference: 'report:1' })))
    assert.isNull(await balance(tenant))
  })

  test('books a reference once, whatever else comes under it', async ({ assert }) => {
    const [tenant, other] = [await givenTenant(), await givenTenant()]
    await post(posting(tenant))
    assert.isFalse(await post(posting(tenant)))
    assert.isFalse(await post(posting(other)))
    assert.deepEqual(await balance(tenant), [0, 500, 0])
    assert.isNull(await balance(other))
  })

  test('books a reference once when many post it at the same time', async ({ assert }) => {
    const tenant = await givenTenant()
    const booked = await Promise.all(Array.from({ length: 8 }, () => post(posting(tenant))))
    assert.lengthOf(booked.filter(Boolean), 1)
    assert.deepEqual(await balance(tenant), [0, 500, 0])
  })

  test('adds up what is posted at the same time', async ({ assert }) => {
    const tenant = await givenTenant()
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        post(posting(tenant, { reference: `adjustment:${index}` }))
      )
    )
    assert.deepEqual(await balance(tenant), [0, 6000, 0])
  })

  test('leaves nothing behind when the transaction fails later', async ({ assert }) => {
    const tenant = await givenTenant()
    await assert.rejects(() =>
      transaction(async (trx) => {
        await ledger.post(trx, posting(tenant))
        throw new Error('later')
      })
    )
    assert.deepEqual(await postings(), {})
    assert.isNull(await balance(tenant))
  })

  test('refuses what does not sum to zero, is unsafe, or misses its tenant or account', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const account = await givenPlatformAccount()
    const gateway = { account: 'platform:gateway' as const, amountMinor: 500 }
    const available = { account: 'tenant:available' as const, amountMinor: -500 }
    const refused: [string, Partial<Posting>, Tenant | null][] = [
      ['zero', { entries: [{ ...available }, { ...available, amountMinor: 499 }] }, tenant],
      ['fewer', { entries: [] }, tenant],
      ['nothing moves', { entries: [available, { ...available, amountMinor: 0 }] }, tenant],
      ['Not an amount', { entries: [{ ...available, amountMinor: 0.5 }, available] }, tenant],
      ['Not an amount', { entries: [{ ...available, amountMinor: 2 ** 53 }, available] }, tenant],
      ['without a tenant', {}, null],
      ['do not go together', { entries: [gateway, available] }, tenant],
      [
        'do not go together',
        { entries: [{ ...available, platformAccountId: account.id }, available] },
        tenant,
      ],
      [
        'unknown account',
        { entries: [{ account: 'tenant:gold' as never, amountMinor: 500 }, available] },
        tenant,
      ],
      ['unknown kind', { kind: 'gift' as never }, tenant],
      ['Unknown currency', { currency: 'XXX' }, tenant],
      ['bad reference', { reference: '' }, tenant],
    ]
    for (const [why, values, of] of refused) {
      await assert.rejects(() => post(posting(of, values)), new RegExp(why))
    }
    assert.deepEqual(await postings(), {})
  })

  test('takes available money below zero only where the kind may', async ({ assert }) => {
    const tenant = await givenTenant()
    const account = await givenPlatformAccount()
    const take = (kind: Posting['kind'], reference: string) =>
      post(
        posting(tenant, {
          kind,
          reference,
          entries: [
            { account: 'tenant:available', amountMinor: 700 },
            { account: 'platform:gateway', amountMinor: -700, platformAccountId: account.id },
          ],
        })
      )
    await post(posting(tenant))
    await assert.rejects(() => take('payout_requested', 'payout:1:requested'), /below zero/)
    assert.deepEqual(await balance(tenant), [0, 500, 0])
    assert.isTrue(await take('refund', 'refund:1'))
    assert.deepEqual(await balance(tenant), [0, -200, 0])
  })

  test('lets a tenant below zero be paid back', async ({ assert }) => {
    const tenant = await givenTenant()
    const debit = [
      { account: 'platform:other' as const, amountMinor: -900 },
      { account: 'tenant:available' as const, amountMinor: 900 },
    ]
    await post(posting(tenant, { reference: 'adjustment:debit', entries: debit }))
    await post(
      posting(tenant, {
        reference: 'payment:1:released',
        kind: 'payment_released',
        entries: [
          { account: 'tenant:pending', amountMinor: 400 },
          { account: 'tenant:available', amountMinor: -400 },
        ],
      })
    )
    assert.deepEqual(await balance(tenant), [-400, -500, 0])
  })

  test('makes two decisions on the same balance one after the other', async ({ assert }) => {
    const tenant = await givenTenant()
    await post(posting(tenant))
    const spend = (reference: string) =>
      transaction(async (trx) => {
        const { availableMinor } = await ledger.lockBalance(trx, tenant.id, 'BRL')
        if (availableMinor < 300) return false
        const entries = [
          { account: 'tenant:available' as const, amountMinor: 300 },
          { account: 'tenant:reserved' as const, amountMinor: -300 },
        ]
        return ledger.post(trx, posting(tenant, { kind: 'payout_requested', reference, entries }))
      })
    const spent = await Promise.all([spend('payout:1:requested'), spend('payout:2:requested')])
    assert.lengthOf(spent.filter(Boolean), 1)
    assert.deepEqual(await balance(tenant), [0, 200, 300])
  })

  test('locks a balance that is not there yet', async ({ assert }) => {
    const tenant = await givenTenant()
    const found = await transaction((trx) => ledger.lockBalance(trx, tenant.id, 'BRL'))
    assert.deepEqual(found, { pendingMinor: 0, availableMinor: 0, reservedMinor: 0 })
  })
})

test.group('The database', () => {
  test('refuses to change or delete what was posted', async ({ assert }) => {
    await post(posting(await givenTenant()))
    for (const table of ['ledger_entries', 'ledger_transactions']) {
      await assert.rejects(() => db.from(table).update({ currency: 'ARS' }), /append-only/)
      await assert.rejects(() => db.from(table).delete(), /append-only/)
    }
  })

  test('refuses an entry of another tenant than its transaction', async ({ assert }) => {
    const [tenant, other] = [await givenTenant(), await givenTenant()]
    await post(posting(tenant))
    const { id } = await db.from('ledger_transactions').firstOrFail()
    const foreign = {
      id: '019aa000-0000-7000-8000-000000000000',
      transaction_id: id,
      tenant_id: other.id,
      account: 'tenant:available',
      amount_minor: 1,
      currency: 'BRL',
    }
    await assert.rejects(() => db.table('ledger_entries').insert(foreign), /foreign key/i)
  })
})
