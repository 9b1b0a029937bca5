import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { ApprovePayout } from '#app/payouts/actions/approve_payout'
import { CancelPayout } from '#app/payouts/actions/cancel_payout'
import { FailPayout } from '#app/payouts/actions/fail_payout'
import { MarkPayoutPaid } from '#app/payouts/actions/mark_payout_paid'
import { RejectPayout } from '#app/payouts/actions/reject_payout'
import { RequestPayout } from '#app/payouts/actions/request_payout'
import { ReturnPayout } from '#app/payouts/actions/return_payout'
import { StartPayout } from '#app/payouts/actions/start_payout'
import { BankReferenceTaken, PayoutNotPossible, PayoutStateConflict } from '#app/payouts/errors'
import Payout from '#app/payouts/models/payout'
import { openPayout } from '#app/payouts/open_payout'
import type Tenant from '#app/tenants/models/tenant'
import { clock } from '#app/core/clock'
import { transaction } from '#app/core/transaction'
import { givenMember, givenPlatformAdmin, givenTenant } from '#tests/support/given'
import {
  balanceOf,
  command,
  givenDestination,
  givenPayableTenant,
  givenPayout,
  requestPayout,
  stepsPosted,
} from '#tests/support/payouts'
import { givenAvailable, givenPlatformAccount, givenTakenBack } from '#tests/support/posted_money'
import { simulator } from '#tests/support/simulator'

const approve = async (payoutId: string) => {
  const { id: userId } = await givenPlatformAdmin()
  return new ApprovePayout().handle({ payoutId, userId, actor: command })
}
const start = (payoutId: string) => new StartPayout().handle({ payoutId, actor: command })
const pay = (payoutId: string, bankReference = `E${payoutId}`) =>
  new MarkPayoutPaid().handle({ payoutId, bankReference, actor: command })
const reject = (payoutId: string) =>
  new RejectPayout().handle({ payoutId, reason: 'No', actor: command })
const cancel = (payoutId: string, { id: tenantId }: Tenant) =>
  new CancelPayout().handle({ payoutId, tenantId, actor: command })

const stateOf = async (payout: Payout) => {
  const { state } = await payout.refresh()
  return state
}

/** The error's class name, or "done". */
const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error) => error.constructor.name
  )

test.group('The money of a payout', () => {
  test('is reserved when asked for, and gone when paid', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const payout = await givenPayout(tenant, owner, 4_000)
    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 6_000, reserved: 4_000 })

    await approve(payout.id)
    await start(payout.id)
    await pay(payout.id, 'E123')
    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 6_000, reserved: 0 })
    assert.deepEqual(await stepsPosted(payout.id), ['paid', 'requested'])

    const paid = await payout.refresh()
    assert.equal(paid.state, 'paid')
    assert.equal(paid.bankReference, 'E123')
    const account = await givenPlatformAccount()
    const [left] = await db
      .from('ledger_entries')
      .where({ account: 'platform:gateway', amount_minor: -4_000 })
    assert.equal(left.platform_account_id, account.id)
  })

  test('is available again when {verb}')
    .with([
      { verb: 'rejected', from: 'requested' },
      { verb: 'rejected', from: 'approved' },
      { verb: 'cancelled', from: 'requested' },
      { verb: 'cancelled', from: 'approved' },
      { verb: 'failed', from: 'processing' },
    ] as const)
    .run(async ({ assert }, { verb, from }) => {
      const { tenant, owner } = await givenPayableTenant(10_000)
      const payout = await givenPayout(tenant, owner, 4_000, from)
      if (verb === 'rejected') await reject(payout.id)
      if (verb === 'cancelled') await cancel(payout.id, tenant)
      if (verb === 'failed') {
        await new FailPayout().handle({ payoutId: payout.id, reason: 'No key', actor: command })
      }
      assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 10_000, reserved: 0 })
      assert.deepEqual(await stepsPosted(payout.id), [verb, 'requested'].sort())
    })

  test('is available again when the bank sends it back', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const payout = await givenPayout(tenant, owner, 10_000, 'processing')
    await pay(payout.id)
    await new ReturnPayout().handle({ payoutId: payout.id, reason: 'Closed', actor: command })

    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 10_000, reserved: 0 })
    const [{ total }] = await db
      .from('ledger_entries')
      .where('account', 'platform:gateway')
      .sum('amount_minor as total')
    assert.equal(Number(total), 10_000)
  })

  test('is never more than what is available', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    assert.equal(await outcomeOf(requestPayout(tenant, owner, 10_001)), 'AmountAboveAvailable')
    assert.lengthOf(await Payout.all(), 0)
    assert.equal(await outcomeOf(requestPayout(tenant, owner, 10_000)), 'done')
    assert.equal(await outcomeOf(requestPayout(tenant, owner, 1)), 'PayoutNotPossible')
  })

  test('stays where it is when the password is wrong', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const asked = new RequestPayout().handle({
      tenantId: tenant.id,
      currency: 'BRL',
      amountMinor: 1_000,
      userId: owner.id,
      password: 'wrong',
      actor: command,
    })
    assert.equal(await outcomeOf(asked), 'WrongPassword')
    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 10_000, reserved: 0 })
  })

  test('tells the audit log who moved it', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const payout = await givenPayout(tenant, owner, 4_000, 'processing')
    await pay(payout.id, 'E9')
    const rows = await db.from('audit_entries').where('subject_id', payout.id).orderBy('id')
    assert.deepEqual(
      rows.map(({ action, actor }) => `${action} ${actor}`),
      [
        'payout.requested user',
        'payout.approved command',
        'payout.processing command',
        'payout.paid command',
      ]
    )
    assert.equal(rows[0].user_id, owner.id)
    assert.include(String(JSON.stringify(rows[3].details)), 'E9')
  })
})

test.group('A payout is not possible', () => {
  const reasonOf = async (work: Promise<unknown>) => {
    try {
      await work
      return 'none'
    } catch (error) {
      return error instanceof PayoutNotPossible ? error.hindrance.reason : String(error)
    }
  }

  test('before the waiting days are over, by the business clock', async ({ assert }) => {
    const tenant = await givenTenant()
    const { user: owner } = await givenMember(tenant, 'owner')
    await givenDestination(tenant, owner)
    await givenAvailable(tenant, 5_000, { paidAt: clock.now() })
    assert.equal(await reasonOf(requestPayout(tenant, owner, 1_000)), 'waiting_days')
    await simulator.advance({ days: 6 })
    // A later payment starts no new wait.
    await givenAvailable(tenant, 5_000, { paidAt: clock.now() })
    assert.equal(await reasonOf(requestPayout(tenant, owner, 1_000)), 'waiting_days')
    await simulator.advance({ days: 1 })
    assert.equal(await reasonOf(requestPayout(tenant, owner, 1_000)), 'none')
  })

  test('without a destination, an account, a payment or an active tenant', async ({ assert }) => {
    const tenant = await givenTenant()
    const { user: owner } = await givenMember(tenant, 'owner')
    assert.equal(await reasonOf(requestPayout(tenant, owner, 1)), 'no_payment_yet')
    await givenAvailable(tenant, 5_000)
    assert.equal(await reasonOf(requestPayout(tenant, owner, 1)), 'no_destination')
    await givenDestination(tenant, owner)
    const account = await givenPlatformAccount()
    await account.merge({ state: 'retired' }).save()
    assert.equal(await reasonOf(requestPayout(tenant, owner, 1)), 'no_platform_account')
    await account.merge({ state: 'current' }).save()
    await tenant.merge({ state: 'suspended' }).save()
    assert.equal(await reasonOf(requestPayout(tenant, owner, 1)), 'tenant_not_active')
    await tenant.merge({ state: 'active' }).save()
    assert.equal(await reasonOf(requestPayout(tenant, owner, 1)), 'none')
  })

  test('while the balance is below zero: neither asked for nor started', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const payout = await givenPayout(tenant, owner, 4_000, 'approved')
    await givenTakenBack(tenant, 6_001)

    assert.equal(await reasonOf(requestPayout(tenant, owner, 1)), 'below_zero')
    assert.equal(await reasonOf(start(payout.id)), 'below_zero')
    assert.equal(await stateOf(payout), 'approved')

    await givenAvailable(tenant, 1)
    assert.equal(await reasonOf(start(payout.id)), 'none')
  })

  test('while its tenant is suspended: it is not started', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const payout = await givenPayout(tenant, owner, 4_000, 'approved')
    await tenant.merge({ state: 'suspended' }).save()
    assert.equal(await reasonOf(start(payout.id)), 'tenant_not_active')
  })
})

test.group('At once', () => {
  test('ten requests of all there is make one payout', async ({ assert }) => {
    const { tenant } = await givenPayableTenant(10_000)
    // Without the password, whose check would make them come one after the other.
    const open = () =>
      transaction((trx) =>
        openPayout(trx, {
          tenantId: tenant.id,
          currency: 'BRL',
          amountMinor: 10_000,
          scheduledFor: null,
          requestedBy: null,
          actor: command,
        })
      )
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcomeOf(open())))
    assert.sameMembers(outcomes, ['done', ...Array(9).fill('PayoutNotPossible')])
    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 0, reserved: 10_000 })
  })

  test('a refund beside a request and a start: no payout leaves without its money', async ({
    assert,
  }) => {
    for (let round = 0; round < 10; round++) {
      const { tenant, owner } = await givenPayableTenant(10_000)
      const approved = await givenPayout(tenant, owner, 4_000, 'approved')
      const open = transaction((trx) =>
        openPayout(trx, {
          tenantId: tenant.id,
          currency: 'BRL',
          amountMinor: 6_000,
          scheduledFor: null,
          requestedBy: null,
          actor: command,
        })
      )
      const [opened, started] = await Promise.all([
        outcomeOf(open),
        outcomeOf(start(approved.id)),
        givenTakenBack(tenant, 7_000),
      ])

      const isOpened = opened === 'done'
      assert.include(['done', 'PayoutNotPossible'], opened)
      assert.equal(await stateOf(approved), started === 'done' ? 'processing' : 'approved')
      assert.deepEqual(await balanceOf(tenant), {
        pending: 0,
        available: isOpened ? -7_000 : -1_000,
        reserved: isOpened ? 10_000 : 4_000,
      })
      if (started !== 'done') {
        assert.equal(await outcomeOf(start(approved.id)), 'PayoutNotPossible')
      }
    }
  })

  test('two admins approve: one of them does', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant()
    const payout = await givenPayout(tenant, owner, 4_000)
    const outcomes = await Promise.all([
      outcomeOf(approve(payout.id)),
      outcomeOf(approve(payout.id)),
    ])
    assert.sameMembers(outcomes, ['done', 'PayoutStateConflict'])
  })

  test('two admins mark it paid: it is paid once', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const payout = await givenPayout(tenant, owner, 4_000, 'processing')
    const outcomes = await Promise.all([
      outcomeOf(pay(payout.id, 'E1')),
      outcomeOf(pay(payout.id, 'E2')),
    ])
    assert.sameMembers(outcomes, ['done', 'PayoutStateConflict'])
    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 6_000, reserved: 0 })
    assert.deepEqual(await stepsPosted(payout.id), ['paid', 'requested'])
  })

  test('one approves while another rejects: the books follow the state', async ({ assert }) => {
    for (let round = 0; round < 5; round++) {
      const { tenant, owner } = await givenPayableTenant(10_000)
      const payout = await givenPayout(tenant, owner, 4_000)
      await Promise.all([outcomeOf(approve(payout.id)), outcomeOf(reject(payout.id))])
      // Rejecting an approved payout is allowed; approving a rejected one is not.
      assert.equal(await stateOf(payout), 'rejected')
      assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 10_000, reserved: 0 })
    }
  })

  test('a cancel and the start of the transfer: never both', async ({ assert }) => {
    for (let round = 0; round < 5; round++) {
      const { tenant, owner } = await givenPayableTenant(10_000)
      const payout = await givenPayout(tenant, owner, 4_000, 'approved')
      const [cancelled, paid] = await Promise.all([
        outcomeOf(cancel(payout.id, tenant)),
        outcomeOf(start(payout.id).then(() => pay(payout.id))),
      ])
      assert.sameMembers([cancelled, paid], ['done', 'PayoutStateConflict'])
      assert.deepEqual(
        await balanceOf(tenant),
        cancelled === 'done'
          ? { pending: 0, available: 10_000, reserved: 0 }
          : { pending: 0, available: 6_000, reserved: 0 }
      )
    }
  })

  test('a cancel and a "paid" of a payout that is under way: it is paid', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const payout = await givenPayout(tenant, owner, 4_000, 'processing')
    const [cancelled, paid] = await Promise.all([
      outcomeOf(cancel(payout.id, tenant)),
      outcomeOf(pay(payout.id)),
    ])
    assert.deepEqual([cancelled, paid], ['PayoutStateConflict', 'done'])
    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 6_000, reserved: 0 })
  })

  test('one bank reference pays one of two payouts', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const first = await givenPayout(tenant, owner, 4_000, 'processing')
    const second = await givenPayout(tenant, owner, 3_000, 'processing')
    const outcomes = await Promise.all([
      outcomeOf(pay(first.id, 'E1')),
      outcomeOf(pay(second.id, 'E1')),
    ])
    assert.sameMembers(outcomes, ['done', BankReferenceTaken.name])
    const states = [await stateOf(first), await stateOf(second)]
    assert.sameMembers(states, ['paid', 'processing'])
  })
})

test('a foreign tenant cannot cancel, as if there were no such payout', async ({ assert }) => {
  const { tenant, owner } = await givenPayableTenant()
  const payout = await givenPayout(tenant, owner, 4_000)
  assert.equal(await outcomeOf(cancel(payout.id, await givenTenant())), 'PayoutNotFound')
  assert.equal(PayoutStateConflict.status, 409)
})
