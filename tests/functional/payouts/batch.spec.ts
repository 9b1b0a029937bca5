import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { parse } from 'csv-parse/sync'
import { clock } from '#app/core/clock'
import { newPublicToken } from '#app/core/ids'
import type User from '#app/identity/models/user'
import { CancelPayout } from '#app/payouts/actions/cancel_payout'
import { MakeBatch } from '#app/payouts/actions/make_batch'
import { NothingToTransfer, PayoutStateConflict } from '#app/payouts/errors'
import Payout from '#app/payouts/models/payout'
import PayoutBatch from '#app/payouts/models/payout_batch'
import PayoutDestination from '#app/payouts/models/payout_destination'
import { givenPlatformAdmin } from '#tests/support/given'
import {
  balanceOf,
  command,
  givenDestination,
  givenPayableTenant,
  givenPayout,
} from '#tests/support/payouts'
import { givenTakenBack } from '#tests/support/posted_money'
import { startProcess } from '#tests/support/processes'
import { randomCnpj } from '#tests/support/tax_ids'

const make = ({ id: userId }: User) =>
  new MakeBatch().handle({ currency: 'BRL', userId, actor: command })

const rowsOf = ({ content }: PayoutBatch): Record<string, string>[] =>
  parse(content, { bom: true, delimiter: ';', columns: true })

const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error) => error.constructor.name
  )

/** An approved payout of a tenant of its own. */
async function givenApproved(values: Parameters<typeof givenPayableTenant>[1] = {}) {
  const { tenant, owner } = await givenPayableTenant(10_000, values)
  const payout = await givenPayout(tenant, owner, 4_000, 'approved')
  return { tenant, owner, payout }
}

test.group('A file of transfers', () => {
  test('has each approved payout of the currency once, with its reference', async ({ assert }) => {
    const taxId = randomCnpj()
    const { payout } = await givenApproved({ taxId, legalName: 'Jasmim Ltda' })
    const { payout: other } = await givenApproved()
    const { tenant, owner } = await givenPayableTenant(10_000)
    const requested = await givenPayout(tenant, owner, 1_000)
    const admin = await givenPlatformAdmin()
    const batch = await make(admin)

    const rows = rowsOf(batch)
    assert.sameMembers(
      rows.map(({ reference }) => reference),
      [payout.reference, other.reference]
    )
    assert.containSubset(
      rows.find(({ reference }) => reference === payout.reference),
      {
        ...{ amount: '40.00', currency: 'BRL', key_kind: 'email', pix_key: 'finance@example.com' },
        ...{ holder_name: 'Jasmim Ltda', holder_tax_id: taxId },
      }
    )
    for (const one of [payout, other]) {
      await one.refresh()
      assert.deepInclude(one.$attributes, { state: 'processing', batchId: batch.id })
    }
    await requested.refresh()
    assert.equal(requested.state, 'requested')
    assert.deepInclude(batch.$attributes, { payoutsCount: 2, totalMinor: 8_000 })
    assert.equal(await outcomeOf(make(admin)), NothingToTransfer.name)
    const stored = JSON.stringify(await db.from('payout_batches'))
    assert.notInclude(stored, 'finance@example')
  })

  test('runs no formula that a tenant has typed, and keeps a phone number whole', async ({
    assert,
  }) => {
    const { tenant, owner } = await givenPayableTenant(10_000, { legalName: '=HYPERLINK("x")' })
    await PayoutDestination.query().where('tenant_id', tenant.id).update({ state: 'replaced' })
    await givenDestination(tenant, owner, { kind: 'pix', keyKind: 'phone', key: '+5511987654321' })
    await givenPayout(tenant, owner, 4_000, 'approved')
    const { content } = await make(await givenPlatformAdmin())
    assert.include(content, `;"'=HYPERLINK(""x"")";`)
    assert.include(content, ';phone;+5511987654321;')
    assert.notMatch(content, /(^|[;"])[=@]/m)
  })

  test('leaves out whom nothing may leave to now', async ({ assert }) => {
    const { tenant: owing, payout: held } = await givenApproved()
    await givenTakenBack(owing, 7_000)
    const { tenant: suspended } = await givenApproved()
    await suspended.merge({ state: 'suspended' }).save()
    const { tenant: fresh } = await givenApproved()
    await PayoutDestination.query()
      .where('tenant_id', fresh.id)
      .update({ usable_from: clock.now().plus({ hours: 1 }).toISO() })
    const { payout } = await givenApproved()
    const batch = await make(await givenPlatformAdmin())
    assert.deepEqual(
      rowsOf(batch).map(({ reference }) => reference),
      [payout.reference]
    )
    await held.refresh()
    assert.equal(held.state, 'approved')
    assert.isNull(held.batchId)
  })

  test('is the same whenever it is downloaded, and each time is written down', async ({
    assert,
    client,
  }) => {
    await givenApproved()
    const admin = await givenPlatformAdmin()
    const post = (path: string) =>
      client
        .post(path)
        .loginAs(admin)
        .withCsrfToken()
        .redirects(0)
        .form({ _key: newPublicToken(), currency: 'BRL' })
    const made = await post('/admin/payouts/batches')
    const path = made.header('location')!
    const first = await post(`${path}/file`)
    const second = await post(`${path}/file`)
    assert.equal(first.text(), second.text())
    assert.match(first.header('content-disposition')!, /^attachment; filename="payouts-BRL-/)
    const downloads = db.from('audit_entries').where('action', 'payout_batch.downloaded')
    assert.lengthOf(await downloads, 2)
    const page = await client.get(path).loginAs(admin)
    page.assertStatus(200)
    assert.notInclude(page.text(), 'finance@example.com')
  })

  test('made twice at once has no payout twice', async ({ assert }) => {
    for (let at = 0; at < 6; at++) await givenApproved()
    const admin = await givenPlatformAdmin()
    await Promise.all(Array.from({ length: 5 }, () => outcomeOf(make(admin))))
    const batches = await PayoutBatch.all()
    const references = batches.flatMap(rowsOf).map(({ reference }) => reference)
    assert.lengthOf(references, 6)
    assert.equal(new Set(references).size, 6)
  })

  test('and a cancel never both have a payout', async ({ assert }) => {
    for (let round = 0; round < 5; round++) {
      const { tenant, payout } = await givenApproved()
      const cancel = new CancelPayout().handle({
        ...{ payoutId: payout.id, tenantId: tenant.id, actor: command },
      })
      const [cancelled, made] = await Promise.all([
        outcomeOf(cancel),
        outcomeOf(make(await givenPlatformAdmin())),
      ])
      await payout.refresh()
      if (cancelled === 'done') {
        assert.equal(made, NothingToTransfer.name)
        assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 10_000, reserved: 0 })
      } else {
        assert.deepEqual([cancelled, made], [PayoutStateConflict.name, 'done'])
        assert.equal(payout.state, 'processing')
      }
    }
  })
})

test.group('A file of transfers, in processes of their own', () => {
  test('is made by one of two at once, while owners cancel', async ({ assert }) => {
    const given = []
    for (let at = 0; at < 6; at++) given.push(await givenApproved())
    const admin = await givenPlatformAdmin()
    const processes = [1, 2].map(() =>
      startProcess('tests/support/payout_process.ts', ['batch', admin.id])
    )
    await Promise.all(processes.map(({ said }) => said(/ready/)))
    const cancels = await Promise.all(
      given.map(({ tenant, payout }) =>
        outcomeOf(
          new CancelPayout().handle({
            ...{ payoutId: payout.id, tenantId: tenant.id, actor: command },
          })
        )
      )
    )
    assert.deepEqual(await Promise.all(processes.map(({ ended }) => ended)), [0, 0])

    const batches = await PayoutBatch.all()
    const sent = batches.flatMap(rowsOf).map(({ reference }) => reference)
    assert.equal(new Set(sent).size, sent.length)
    for (const [at, { payout, tenant }] of given.entries()) {
      await payout.refresh()
      const isCancelled = cancels[at] === 'done'
      assert.equal(payout.state, isCancelled ? 'cancelled' : 'processing')
      assert.equal(sent.includes(payout.reference), !isCancelled)
      const [available, reserved] = isCancelled ? [10_000, 0] : [6_000, 4_000]
      assert.deepEqual(await balanceOf(tenant), { pending: 0, available, reserved })
    }
  }).timeout(180_000)

  test('killed at any statement is whole or not there', async ({ assert }) => {
    for (let at = 0; at < 3; at++) await givenApproved()
    const admin = await givenPlatformAdmin()
    const started = (dieAt: number) =>
      startProcess('tests/support/payout_process.ts', ['batch', admin.id, String(dieAt)])
    for (const dieAt of [3, 9, 14]) {
      await started(dieAt).ended
      const batches = await PayoutBatch.all()
      const under = await Payout.query().where('state', 'processing')
      assert.equal(under.length, batches.length * 3, `killed at ${dieAt}`)
      const posted = await db.from('audit_entries').where('action', 'payout.processing')
      assert.equal(posted.length, under.length)
    }
    assert.equal(await started(0).ended, 0)
    const [batch, ...more] = await PayoutBatch.all()
    assert.lengthOf(more, 0)
    assert.lengthOf(rowsOf(batch), 3)
  }).timeout(300_000)
})
