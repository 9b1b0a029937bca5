import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import KeptMail from '#app/core/models/kept_mail'
import { MakeDigests } from '#app/payments/actions/make_digests'
import Payment from '#app/payments/models/payment'
import { totalsOfDay } from '#app/payments/queries/payments_of_day'
import Membership from '#app/tenants/models/membership'
import type Tenant from '#app/tenants/models/tenant'
import { ChooseDigest } from '#app/tenants/actions/choose_digest'
import { givenMember, givenUser } from '#tests/support/given'
import { givenBoleto, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const ZONE = 'America/Sao_Paulo'

const choose = (tenant: Tenant, membership: Membership, wanted = true) =>
  new ChooseDigest().handle({ tenant, membership, wanted })

async function untilHour(hour: number, minute = 0) {
  const now = clock.now().setZone(ZONE)
  const today = now.set({ hour, minute, second: 0, millisecond: 0 })
  const next = today > now ? today : today.plus({ days: 1 })
  await simulator.advance({ seconds: Math.ceil(next.diff(now, 'seconds').seconds) })
}

async function givenPaid(tenant: Tenant, amountMinor: number) {
  const { charge } = await givenBoleto(tenant, { amountMinor, description: 'Perfume' })
  await simulator.pay(charge.providerPaymentId!)
  await drainWork()
}

const digests = async () => {
  await new MakeDigests().handle()
  await drainWork()
  const mails = await KeptMail.query().orderBy('id')
  return mails.filter(({ subject }) => !subject.includes('recibo'))
}

const plain = (text: string | null) => (text ?? '').replaceAll('\u00a0', ' ')

test.group('The daily digest', () => {
  test('tells in the morning what was paid the day before, once', async ({ assert }) => {
    const tenant = await givenSeller({ tradeName: 'Perfumaria Jasmim', timeZone: ZONE })
    const user = await givenUser({ locale: 'en' })
    const membership = await givenMember(tenant, 'manager', [], user)
    await untilHour(12)
    await choose(tenant, membership)
    await givenPaid(tenant, 100_00)
    await givenPaid(tenant, 50_00)
    await untilHour(6)
    assert.isEmpty(await digests())
    await untilHour(7, 1)
    const [mail] = await digests()
    assert.equal(mail.recipients, user.email)
    const text = plain(mail.text)
    const payments = await Payment.query().where('tenant_id', tenant.id)
    const net = payments.reduce((sum, one) => {
      return sum + one.amountMinor - one.chargesMinor - one.feeMinor
    }, 0)
    const [total] = await totalsOfDay(tenant, payments[0].approvedAt!.setZone(ZONE).toISODate()!)
    assert.equal(total.netMinor, net)
    assert.equal(total.count, 2)
    assert.include(plain(mail.subject), 'Perfumaria Jasmim: 2 payments on')
    assert.include(text, 'Paid by customers, BRL: R$150.00')
    assert.include(text, `For you: R$${(net / 100).toFixed(2)}`)
    assert.include(text, '- Perfume: R$100.00')
    assert.notInclude(mail.html, 'translation missing')
    await untilHour(9)
    assert.lengthOf(await digests(), 1)
  })

  test('does not come after a day without payments, nor to whoever did not ask', async ({
    assert,
  }) => {
    const tenant = await givenSeller({ timeZone: ZONE })
    const asked = await givenMember(tenant, 'owner')
    await givenMember(tenant, 'owner')
    const gone = await givenMember(tenant, 'manager')
    const demoted = await givenMember(tenant, 'manager')
    const changed = await givenMember(tenant, 'manager')
    await untilHour(12)
    for (const one of [asked, gone, demoted, changed]) await choose(tenant, one)
    await gone.user.merge({ disabledAt: DateTime.utc() }).save()
    await demoted.merge({ role: 'cashier' }).save()
    await choose(tenant, changed, false)
    await untilHour(8)
    assert.isEmpty(await digests())
    await givenPaid(tenant, 10_00)
    await untilHour(8)
    const mails = await digests()
    assert.deepEqual(
      mails.map(({ recipients }) => recipients),
      [asked.user.email]
    )
  })

  test('of days that were missed comes for each of the last three', async ({ assert }) => {
    const tenant = await givenSeller({ timeZone: ZONE })
    const membership = await givenMember(tenant, 'owner')
    await untilHour(12)
    await choose(tenant, membership)
    for (let day = 0; day < 5; day++) {
      await givenPaid(tenant, 10_00 + day)
      await simulator.advance({ days: 1 })
    }
    const mails = await digests()
    assert.deepEqual(
      // Sent at once, in any order.
      mails.map(({ text }) => /BRL: R\$ (\S+)/.exec(plain(text))?.[1]).sort(),
      ['10,02', '10,03', '10,04']
    )
  })

  test('is made once by two workers', async ({ assert }) => {
    const tenant = await givenSeller({ timeZone: ZONE })
    const membership = await givenMember(tenant, 'owner')
    await untilHour(12)
    await choose(tenant, membership)
    await givenPaid(tenant, 10_00)
    await untilHour(8)
    await Promise.all([1, 2, 3].map(() => new MakeDigests().handle()))
    assert.lengthOf(await digests(), 1)
  })

  test('counts a payment on the tenant’s own day', async ({ assert }) => {
    const tenant = await givenSeller({ timeZone: ZONE })
    await untilHour(23)
    const day = clock.now().setZone(ZONE).toISODate()!
    await givenPaid(tenant, 10_00)
    const [total] = await totalsOfDay(tenant, day)
    assert.equal(total.grossMinor, 10_00)
    assert.isEmpty(await totalsOfDay({ ...idOf(tenant), timeZone: 'UTC' }, day))
  })

  test('is chosen by owners and managers for themselves', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { user: manager } = await givenMember(tenant, 'manager')
    const { user: cashier } = await givenMember(tenant, 'cashier')
    const post = (user: typeof manager, form: Record<string, string>) =>
      client
        .post(`/t/${tenant.slug}/members/digest`)
        .form(form)
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
    const chosen = async () => {
      const members = await Membership.query().where('tenant_id', tenant.id).orderBy('id')
      return members.map(({ digestUntil }) => digestUntil !== null)
    }
    const refused = await post(cashier, { digest: 'true' })
    refused.assertStatus(403)
    await post(manager, { digest: 'true' })
    assert.deepEqual(await chosen(), [true, false])
    await post(manager, {})
    assert.deepEqual(await chosen(), [false, false])
  })
})

const idOf = ({ id }: Tenant) => ({ id })
