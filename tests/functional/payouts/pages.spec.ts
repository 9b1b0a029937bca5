import { test } from '@japa/runner'
import { newPublicToken } from '#app/core/ids'
import Payout from '#app/payouts/models/payout'
import PayoutDestination from '#app/payouts/models/payout_destination'
import { givenMember, givenPlatformAdmin, givenTenant, PASSWORD } from '#tests/support/given'
import { balanceOf, givenPayableTenant, givenPayout } from '#tests/support/payouts'
import { givenAvailable, givenTakenBack } from '#tests/support/posted_money'
import { randomCnpj } from '#tests/support/tax_ids'

test.group('Where a payout is asked for', () => {
  test('makes one payout of fifty identical posts at once', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const form = { _key: newPublicToken(), amount: '40,00', password: PASSWORD }
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        client
          .post(`/t/${tenant.slug}/payouts`)
          .loginAs(owner)
          .withCsrfToken()
          .redirects(0)
          .form(form)
      )
    )
    const payouts = await Payout.all()
    assert.lengthOf(payouts, 1)
    for (const answer of answers) {
      answer.assertStatus(303)
      answer.assertHeader('location', `/t/${tenant.slug}/payouts/${payouts[0].id}`)
    }
    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 6_000, reserved: 4_000 })
  })

  test('reads the amount in the language of the page', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000_000)
    const ask = async (amount: string) =>
      client
        .post(`/t/${tenant.slug}/payouts`)
        .loginAs(await owner.refresh())
        .withCsrfToken()
        .redirects(0)
        .form({ _key: newPublicToken(), amount, password: PASSWORD })
    await ask('1.234,56')
    await owner.merge({ locale: 'en' }).save()
    await ask('1,234.57')
    const payouts = await Payout.query().orderBy('id')
    assert.deepEqual(
      payouts.map(({ amountMinor }) => amountMinor),
      [123_456, 123_457]
    )
  })

  test('refuses {amount} at its field, and keeps what was typed')
    .with(
      ['0', '-1', '1e9', '0,001', '1,5,0', '', ' ', 'x'.repeat(5_000), '💸', '1000000'].map(
        (amount) => ({ amount })
      )
    )
    .run(async ({ assert, client }, { amount }) => {
      const { tenant, owner } = await givenPayableTenant(10_000)
      const answer = await client
        .post(`/t/${tenant.slug}/payouts`)
        .loginAs(owner)
        .withCsrfToken()
        .redirects(0)
        .header('referer', `/t/${tenant.slug}/payouts/new`)
        .form({ _key: newPublicToken(), amount, password: PASSWORD })
      answer.assertStatus(303)
      const errors = answer.flashMessage('inputErrorsBag')
      assert.property(errors, 'amount')
      assert.lengthOf(await Payout.all(), 0)
      assert.notProperty(answer.flashMessages(), 'password')
      if (amount.length < 10) assert.equal(answer.flashMessage('amount') ?? '', amount.trim())
    })

  test('takes any password that a user may have', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const password = 'long enough '.repeat(21)
    await owner.merge({ password: password.trim() }).save()
    const answer = await client
      .post(`/t/${tenant.slug}/payouts`)
      .loginAs(owner)
      .withCsrfToken()
      .redirects(0)
      .form({ _key: newPublicToken(), amount: '10,00', password })
    assert.isUndefined(answer.flashMessage('inputErrorsBag'))
    assert.lengthOf(await Payout.all(), 1)
  })

  test('says at its field that the password is wrong', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const answer = await client
      .post(`/t/${tenant.slug}/payouts`)
      .loginAs(owner)
      .withCsrfToken()
      .redirects(0)
      .form({ _key: newPublicToken(), amount: '10,00', password: 'wrong' })
    assert.property(answer.flashMessage('inputErrorsBag'), 'password')
    assert.lengthOf(await Payout.all(), 0)
  })

  test('shows why it is not possible', async ({ client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    await givenTakenBack(tenant, 10_001)
    const page = await client.get(`/t/${tenant.slug}/payouts`).loginAs(owner)
    page.assertStatus(200)
    page.assertTextIncludes('O saldo está negativo')
    const form = await client.get(`/t/${tenant.slug}/payouts/new`).loginAs(owner).redirects(0)
    form.assertHeader('location', `/t/${tenant.slug}/payouts`)
  })

  test('lists page after page', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    for (let made = 0; made < 31; made++) await givenPayout(tenant, owner, 100)
    const first = await client.get(`/t/${tenant.slug}/payouts`).loginAs(owner)
    const next = /rel="next" href="(\?after=[\w-]+)"/.exec(first.text())
    assert.isNotNull(next)
    const second = await client.get(`/t/${tenant.slug}/payouts${next![1]}`).loginAs(owner)
    assert.equal(second.text().match(/\/payouts\/[0-9a-f-]{36}"/g)?.length, 1)
  })
})

test.group('A payout of a tenant', () => {
  test('is cancelled by an owner until it is on its way', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const cancel = (id: string) =>
      client
        .post(`/t/${tenant.slug}/payouts/${id}/cancellation`)
        .loginAs(owner)
        .withCsrfToken()
        .redirects(0)
        .form({ _key: newPublicToken() })
    const early = await givenPayout(tenant, owner, 4_000, 'approved')
    await cancel(early.id)
    await early.refresh()
    assert.equal(early.state, 'cancelled')

    const late = await givenPayout(tenant, owner, 4_000, 'processing')
    const refused = await cancel(late.id)
    assert.isString(refused.flashMessage('error'))
    await late.refresh()
    assert.equal(late.state, 'processing')
  })

  test('does not exist for another tenant', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const { tenant: other, owner: stranger } = await givenPayableTenant(10_000)
    const { id } = await givenPayout(tenant, owner, 4_000)
    const missing = '0198f0aa-0000-7000-8000-000000000000'
    for (const path of [
      `/t/${other.slug}/payouts/${id}`,
      `/t/${other.slug}/payouts/${missing}`,
      `/t/${tenant.slug}/payouts/${id}`,
    ]) {
      const page = await client.get(path).loginAs(stranger)
      assert.equal(page.status(), 404, path)
      const cancelled = await client
        .post(`${path}/cancellation`)
        .loginAs(stranger)
        .withCsrfToken()
        .form({ _key: newPublicToken() })
      assert.equal(cancelled.status(), 404, path)
    }
    const payout = await Payout.findOrFail(id)
    assert.equal(payout.state, 'requested')
  })

  test('is no business of a {role}')
    .with([{ role: 'manager' }, { role: 'cashier' }] as const)
    .run(async ({ assert, client }, { role }) => {
      const { tenant, owner } = await givenPayableTenant(10_000)
      const { id } = await givenPayout(tenant, owner, 4_000)
      const { user } = await givenMember(tenant, role)
      const root = `/t/${tenant.slug}/payouts`
      for (const path of [root, `${root}/new`, `${root}/destination`, `${root}/${id}`]) {
        const page = await client.get(path).loginAs(user)
        assert.equal(page.status(), 403, path)
      }
      for (const path of [root, `${root}/destination`, `${root}/${id}/cancellation`]) {
        const answer = await client
          .post(path)
          .loginAs(user)
          .withCsrfToken()
          .form({ _key: newPublicToken(), amount: '1,00', password: PASSWORD })
        assert.equal(answer.status(), 403, path)
      }
    })

  test('is not a platform admin’s to ask for or cancel', async ({ client }) => {
    const { tenant, owner } = await givenPayableTenant(10_000)
    const { id } = await givenPayout(tenant, owner, 4_000)
    const admin = await givenPlatformAdmin()
    const page = await client.get(`/t/${tenant.slug}/payouts/${id}`).loginAs(admin)
    page.assertStatus(404)
  })
})

test.group('The page of the destination', () => {
  const account = 'money@somewhere.example.com'

  async function givenOwner() {
    const taxId = randomCnpj()
    const tenant = await givenTenant({ taxId })
    const { user } = await givenMember(tenant, 'owner')
    await givenAvailable(tenant, 1_000)
    return { tenant, user, taxId }
  }

  test('saves a Pix key, and never shows it again', async ({ assert, client }) => {
    const { tenant, user, taxId } = await givenOwner()
    const root = `/t/${tenant.slug}/payouts`
    const saved = await client
      .post(`${root}/destination?kind=pix`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({
        '_key': newPublicToken(),
        'password': PASSWORD,
        'secret[key_kind]': 'email',
        'secret[pix_key]': account,
        'secret[holder_tax_id]': taxId,
      })
    saved.assertHeader('location', root)
    const current = await PayoutDestination.query().firstOrFail()
    for (const path of [root, `${root}/destination`, `${root}/new`]) {
      const page = await client.get(path).loginAs(user)
      page.assertStatus(200)
      page.assertTextIncludes('m***@s***')
      for (const secret of [account, taxId, current.detailsCiphertext]) {
        assert.notInclude(page.text(), secret)
      }
    }
  })

  test('saves a bank account', async ({ assert, client }) => {
    const { tenant, user, taxId } = await givenOwner()
    await client
      .post(`/t/${tenant.slug}/payouts/destination?kind=bank_account`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({
        '_key': newPublicToken(),
        'password': PASSWORD,
        'secret[bank]': '341',
        'secret[branch]': '0001',
        'secret[account]': '1234567-8',
        'secret[holder_name]': 'Perfumaria Ltda.',
        'secret[holder_tax_id]': taxId,
      })
    const current = await PayoutDestination.query().firstOrFail()
    assert.equal(current.kind, 'bank_account')
    assert.equal(current.masked, '341 / 0001 / ***7-8')
  })

  test('puts what is wrong at its field, and keeps no secret in the session', async ({
    assert,
    client,
  }) => {
    const { tenant, user } = await givenOwner()
    const answer = await client
      .post(`/t/${tenant.slug}/payouts/destination?kind=pix`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({
        '_key': newPublicToken(),
        'password': PASSWORD,
        'secret[key_kind]': 'cpf',
        'secret[pix_key]': account,
        'secret[holder_tax_id]': '1',
      })
    assert.include(Object.keys(answer.flashMessage('inputErrorsBag')), 'secret.pix_key')
    const session = JSON.stringify(answer.flashMessages())
    for (const secret of [account, PASSWORD]) assert.notInclude(session, secret)
    assert.lengthOf(await PayoutDestination.all(), 0)
  })
})
