import { test } from '@japa/runner'
import { clock } from '#app/core/clock'
import { newPublicToken } from '#app/core/ids'
import KeptMail from '#app/core/models/kept_mail'
import { ApprovePayout } from '#app/payouts/actions/approve_payout'
import { SaveRules } from '#app/payouts/actions/save_rules'
import { StartPayout } from '#app/payouts/actions/start_payout'
import PayoutDestination from '#app/payouts/models/payout_destination'
import type User from '#app/identity/models/user'
import type Tenant from '#app/tenants/models/tenant'
import { givenMember, givenPlatformAdmin, givenTenant, PASSWORD } from '#tests/support/given'
import { command, givenPayableTenant, requestPayout } from '#tests/support/payouts'
import { givenAvailable, givenPlatformAccount } from '#tests/support/posted_money'
import { simulator } from '#tests/support/simulator'
import { randomCnpj } from '#tests/support/tax_ids'
import { loggedIn } from '#tests/support/visitor'
import { drainWork } from '#tests/support/work'

/** An owner chooses a Pix key on the page. */
async function choose(tenant: Tenant, owner: User, taxId: string, key = 'new@example.com') {
  const visitor = await loggedIn(owner)
  await visitor.get(`/t/${tenant.slug}/payouts/destination`)
  return visitor.post(`/t/${tenant.slug}/payouts/destination?kind=pix`, {
    '_key': newPublicToken(),
    'password': PASSWORD,
    'secret[key_kind]': 'email',
    'secret[pix_key]': key,
    'secret[holder_tax_id]': taxId,
  })
}

async function givenOwnerWithMoney() {
  const taxId = randomCnpj()
  const { tenant, owner } = await givenPayableTenant(10_000, { taxId })
  return { tenant, owner, taxId }
}

test.group('A new destination', () => {
  test('is told to all owners, and to nobody else', async ({ assert }) => {
    const { tenant, owner, taxId } = await givenOwnerWithMoney()
    const { user: other } = await givenMember(tenant, 'owner')
    const { user: gone } = await givenMember(tenant, 'owner')
    await gone.merge({ disabledAt: clock.now() }).save()
    await givenMember(tenant, 'manager')
    const { status } = await choose(tenant, owner, taxId)
    assert.equal(status, 303)
    await drainWork()

    const mails = await KeptMail.all()
    assert.sameMembers(
      mails.map(({ recipients }) => recipients),
      [owner.email, other.email]
    )
    for (const { html, text } of mails) {
      assert.include(text, 'n***@e***')
      assert.notInclude(`${html}${text}`, 'new@example.com')
    }
    await drainWork()
    assert.lengthOf(await KeptMail.all(), 2)
  })

  test('waits before money leaves to it, and says so on the page', async ({ assert, client }) => {
    const { tenant, owner, taxId } = await givenOwnerWithMoney()
    await choose(tenant, owner, taxId)
    const payout = await requestPayout(tenant, owner, 4_000)
    const { id: userId } = await givenPlatformAdmin()
    await new ApprovePayout().handle({ payoutId: payout.id, userId, actor: command })
    const start = () =>
      new StartPayout().handle({ payoutId: payout.id, actor: command }).then(
        () => 'started',
        (error) => error.hindrance.reason
      )

    const current = await PayoutDestination.query()
      .where('tenant_id', tenant.id)
      .where('state', 'current')
      .firstOrFail()
    assert.closeTo(current.usableFrom.diff(clock.now(), 'hours').hours, 24, 0.1)
    assert.equal(await start(), 'destination_cooling')
    const page = await client.get(`/t/${tenant.slug}/payouts`).loginAs(owner)
    page.assertTextIncludes('Conta de destino nova')
    await simulator.advance({ days: 1 })
    assert.equal(await start(), 'started')
    const later = await client.get(`/t/${tenant.slug}/payouts`).loginAs(owner)
    assert.notInclude(later.text(), 'Conta de destino nova')
  })

  test('waits as long as the platform says', async ({ assert }) => {
    const { tenant, owner, taxId } = await givenOwnerWithMoney()
    const rules = { currency: 'BRL', minimumMinor: 1, secondPersonAboveMinor: null }
    await new SaveRules().handle({ ...rules, coolingHours: 0, actor: command })
    await choose(tenant, owner, taxId)
    const { usableFrom } = await PayoutDestination.query()
      .where('tenant_id', tenant.id)
      .where('state', 'current')
      .firstOrFail()
    assert.isTrue(usableFrom <= clock.now())
  })

  test('outside of Brazil is a bank account, by the country’s own number', async ({ assert }) => {
    const tenant = await givenTenant({ country: 'MX', taxId: 'GODE561231GR8' })
    const { user } = await givenMember(tenant, 'owner')
    await givenPlatformAccount('MXN')
    await givenAvailable(tenant, 5_000)
    const visitor = await loggedIn(user)
    const path = `/t/${tenant.slug}/payouts/destination`
    const page = await visitor.get(`${path}?kind=pix`)
    assert.include(page.text, 'CLABE')
    assert.notInclude(page.text, 'secret[pix_key]')
    const post = (account: string) =>
      visitor.post(`${path}?kind=pix`, {
        '_key': newPublicToken(),
        'password': PASSWORD,
        'secret[account]': account,
        'secret[holder_name]': 'Perfumería Jazmín',
        'secret[holder_tax_id]': 'GODE561231GR8',
      })
    await post('032180000118359718')
    assert.lengthOf(await PayoutDestination.query().where('tenant_id', tenant.id), 0)
    await post('032180000118359719')
    const [destination] = await PayoutDestination.query().where('tenant_id', tenant.id)
    assert.equal(destination.kind, 'bank_account')
    assert.equal(destination.masked, '***719')
  })
})
