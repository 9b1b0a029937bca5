import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { newPublicToken } from '#app/core/ids'
import { ApprovePayout } from '#app/payouts/actions/approve_payout'
import { DecidePayouts } from '#app/payouts/actions/decide_payouts'
import { SaveRules } from '#app/payouts/actions/save_rules'
import Payout from '#app/payouts/models/payout'
import PayoutRule from '#app/payouts/models/payout_rule'
import { givenPlatformAdmin } from '#tests/support/given'
import { balanceOf, command, givenPayableTenant, givenPayout } from '#tests/support/payouts'

const secondPersonAbove = (secondPersonAboveMinor: number | null) =>
  new SaveRules().handle({
    ...{ currency: 'BRL', coolingHours: 24, minimumMinor: 1, secondPersonAboveMinor },
    actor: command,
  })

const outcomeOf = (work: Promise<Payout>): Promise<string> =>
  work.then(
    ({ state }) => state,
    (error) => error.constructor.name
  )

test.group('A second person', () => {
  test('is asked for above an amount only, and is another one', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(100_000)
    await secondPersonAbove(5_000)
    const [small, large] = [
      await givenPayout(tenant, owner, 5_000),
      await givenPayout(tenant, owner, 5_001),
    ]
    const [one, two] = [await givenPlatformAdmin(), await givenPlatformAdmin()]
    const approve = ({ id: payoutId }: Payout, { id: userId }: { id: string }) =>
      outcomeOf(new ApprovePayout().handle({ payoutId, userId, actor: command }))

    assert.equal(await approve(small, one), 'approved')
    assert.equal(await approve(large, one), 'requested')
    assert.equal(await approve(large, one), 'SecondPersonNeeded')
    assert.equal(await approve(large, two), 'approved')
    await large.refresh()
    assert.deepInclude(large.$attributes, { firstApprovedBy: one.id, approvedBy: two.id })
    const actions = await db.from('audit_entries').where('subject_id', large.id).orderBy('id')
    assert.deepEqual(
      actions.map(({ action }) => action),
      ['payout.requested', 'payout.first_approved', 'payout.approved']
    )
  })

  test('of two at the same moment: one is the first, the other the second', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(100_000)
    await secondPersonAbove(1)
    const { id: payoutId } = await givenPayout(tenant, owner, 5_000)
    const admins = [await givenPlatformAdmin(), await givenPlatformAdmin()]
    const outcomes = await Promise.all(
      admins.map(({ id: userId }) =>
        outcomeOf(new ApprovePayout().handle({ payoutId, userId, actor: command }))
      )
    )
    assert.sameMembers(outcomes, ['requested', 'approved'])
    const payout = await Payout.findOrFail(payoutId)
    assert.notEqual(payout.firstApprovedBy, payout.approvedBy)
  })

  test('is off as long as nobody sets an amount', async ({ assert }) => {
    const { secondPersonAboveMinor, coolingHours } = await PayoutRule.of('BRL')
    assert.isNull(secondPersonAboveMinor)
    assert.equal(coolingHours, 24)
  })
})

test.group('Many payouts at once', () => {
  test('are approved, and wait for a file', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(100_000)
    const payouts = []
    for (let at = 0; at < 3; at++) payouts.push(await givenPayout(tenant, owner, 1_000))
    const cancelled = await givenPayout(tenant, owner, 1_000)
    await cancelled.merge({ state: 'cancelled' }).save()
    const answer = await client
      .post('/admin/payouts/decisions')
      .loginAs(await givenPlatformAdmin())
      .withCsrfToken()
      .redirects(0)
      .form({
        ...{ _key: newPublicToken(), decision: 'approve' },
        ids: [...payouts, cancelled].map(({ id }) => id),
      })
    answer.assertStatus(303)
    assert.equal(answer.flashMessage('warning'), '3 repasses aprovados. 1 ficou como estava.')
    const states = await Payout.query().where('tenant_id', tenant.id).orderBy('id')
    assert.deepEqual(
      states.map(({ state }) => state),
      ['approved', 'approved', 'approved', 'cancelled']
    )
  })

  test('are rejected with one reason, which is needed', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const payouts = [
      await givenPayout(tenant, owner, 1_000),
      await givenPayout(tenant, owner, 2_000, 'approved'),
    ]
    const admin = await givenPlatformAdmin()
    const post = (fields: object) =>
      client
        .post('/admin/payouts/decisions')
        .loginAs(admin)
        .withCsrfToken()
        .redirects(0)
        .form({
          ...{ _key: newPublicToken(), decision: 'reject', ids: payouts.map(({ id }) => id) },
          ...fields,
        })
    const bare = await post({})
    assert.property(bare.flashMessage('inputErrorsBag'), 'reason')
    await post({ reason: 'Documents are missing' })
    for (const payout of payouts) {
      await payout.refresh()
      assert.deepInclude(payout.$attributes, { state: 'rejected', reason: 'Documents are missing' })
    }
    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 10_000, reserved: 0 })
    const page = await client.get(`/t/${tenant.slug}/payouts/${payouts[0].id}`).loginAs(owner)
    page.assertTextIncludes('Documents are missing')
    const none = await post({ ids: [] })
    assert.property(none.flashMessage('inputErrorsBag'), 'ids')
  })

  test('decided twice at once are decided once', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(100_000)
    const ids: string[] = []
    for (let at = 0; at < 4; at++) {
      const { id } = await givenPayout(tenant, owner, 1_000)
      ids.push(id)
    }
    const { id: userId } = await givenPlatformAdmin()
    const decide = () =>
      new DecidePayouts().handle({
        ...{ payoutIds: [...ids, ...ids], decision: { approve: true }, userId, actor: command },
      })
    const [one, two] = await Promise.all([decide(), decide()])
    assert.equal(one.done + two.done, 4)
    assert.equal(one.refused + two.refused, 4)
  })
})

test('the rules are saved by currency, and written down', async ({ assert, client }) => {
  const admin = await givenPlatformAdmin()
  const post = (fields: object) =>
    client
      .post('/admin/payouts/rules')
      .loginAs(admin)
      .withCsrfToken()
      .redirects(0)
      .form({ _key: newPublicToken(), currency: 'CLP', cooling_hours: '48', ...fields })
  await post({ minimum: '5.000', second_person_above: '1.000.000' })
  const rule = await PayoutRule.of('CLP')
  assert.deepInclude(rule.$attributes, {
    ...{ coolingHours: 48, minimumMinor: 5_000, secondPersonAboveMinor: 1_000_000 },
  })
  await post({ minimum: '', second_person_above: '' })
  await rule.refresh()
  assert.deepInclude(rule.$attributes, { minimumMinor: 1, secondPersonAboveMinor: null })
  const wrong = await post({ cooling_hours: '999', minimum: 'x' })
  assert.properties(wrong.flashMessage('inputErrorsBag'), ['cooling_hours', 'minimum'])
  assert.lengthOf(await db.from('audit_entries').where('action', 'payout_rules.changed'), 2)
  const page = await client.get('/admin/payouts/rules?currency=CLP').loginAs(admin)
  page.assertStatus(200)
})

test('each page of the back office of payouts opens, empty and with something on it', async ({
  client,
}) => {
  const admin = await givenPlatformAdmin()
  const pages = ['/admin/payouts', '/admin/payouts/batches', '/admin/payouts/results']
  const open = async () => {
    for (const path of pages) {
      const page = await client.get(path).loginAs(admin)
      page.assertStatus(200)
    }
  }
  await open()
  const { tenant, owner } = await givenPayableTenant(10_000)
  await givenPayout(tenant, owner, 1_000, 'approved')
  await givenPayout(tenant, owner, 2_000)
  await open()
})
