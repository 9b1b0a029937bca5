import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { WatchNews } from '#app/admin/actions/watch_news'
import NewsSilence from '#app/admin/models/news_silence'
import { clock } from '#app/core/clock'
import KeptMail from '#app/core/models/kept_mail'
import User from '#app/identity/models/user'
import Charge from '#app/receivables/models/charge'
import { givenConnection } from '#tests/support/connections'
import { givenPlatformAdmin, givenTenant, givenUser } from '#tests/support/given'
import { headerOf, withMailServer } from '#tests/support/mail_server'
import { givenWebhookSecret } from '#tests/support/money'
import { endBackOff } from '#tests/support/outbox'
import { givenBoleto } from '#tests/support/receivables'
import { givenBusyAccount, givenNews, untilWednesdayAtTen } from '#tests/support/silences'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const hours = (count: number) => simulator.advance({ seconds: count * 3600 })
const watch = async () => {
  await new WatchNews().handle()
  await drainWork()
}
const mailed = async () => {
  const mails = await KeptMail.query()
    .whereILike('subject', '%notifications from Mercado Pago%')
    .orderBy('recipients')
  return mails
}

/** The helpers make admins of their own; they are not asked. */
const onlyAdmins = async (...admins: User[]) => {
  const ids = admins.map(({ id }) => id)
  await User.query().whereNotIn('id', ids).update({ is_platform_admin: false })
}

test.group('An account without news', (group) => {
  group.each.setup(givenWebhookSecret)

  test('is told of once, by mail and on both pages, until news arrive', async ({
    assert,
    client,
  }) => {
    const { collectorId, charge } = await givenBusyAccount()
    const [one, two] = [
      await givenPlatformAdmin({ locale: 'en' }),
      await givenPlatformAdmin({ locale: 'en' }),
    ]
    const gone = await givenPlatformAdmin({ locale: 'en', disabledAt: DateTime.utc() })
    await givenUser({ locale: 'en' })
    await onlyAdmins(one, two, gone)

    await hours(1)
    await watch()
    await hours(1)
    await watch()
    assert.lengthOf(await NewsSilence.all(), 0)
    await hours(4)
    await watch()
    await hours(3)
    await watch()
    const silence = await NewsSilence.firstOrFail()
    assert.equal(silence.collectorId, collectorId)
    assert.equal(silence.expectedNews, 5)
    assert.lengthOf(await NewsSilence.all(), 1)
    const mails = await mailed()
    assert.sameMembers(
      mails.map(({ recipients }) => recipients),
      [one.email, two.email]
    )
    assert.include(mails[0].text, `/admin/webhooks?account=${collectorId}`)
    assert.include(mails[0].text, 'Usually about 5 come in such hours')

    for (const path of ['/admin', '/admin/webhooks']) {
      const page = await client.get(path).loginAs(one)
      page.assertTextIncludes(`No news of account ${collectorId} since`)
    }
    await simulator.pay(charge.providerPaymentId!)
    await watch()
    await silence.refresh()
    assert.equal(silence.endReason, 'news')
    const page = await client.get('/admin/webhooks').loginAs(one)
    assert.notInclude(page.text(), 'No news of account')
    assert.lengthOf(await mailed(), 2)
  })

  test("is noticed when it is a tenant's own", async ({ assert }) => {
    const tenant = await givenTenant()
    const { mpUserId } = await givenConnection(tenant)
    await untilWednesdayAtTen()
    await givenBoleto(tenant, { dueInDays: 20 })
    await simulator.flush()
    await db.from('webhook_events').delete()
    const now = clock.now()
    const everyHour = Array.from({ length: 200 }, (_, back) => now.minus({ hours: back }))
    await givenNews(mpUserId, everyHour)
    await hours(6)
    await watch()
    const silences = await NewsSilence.all()
    assert.deepEqual(
      silences.map(({ collectorId }) => collectorId),
      [mpUserId]
    )
  })

  test('that falls silent again is told of again', async ({ assert }) => {
    const { collectorId } = await givenBusyAccount()
    await onlyAdmins(await givenPlatformAdmin({ locale: 'en' }))
    await hours(6)
    await watch()
    await givenNews(collectorId, [clock.now()])
    await watch()
    await hours(8)
    await watch()
    assert.lengthOf(await NewsSilence.all(), 2)
    assert.lengthOf(await mailed(), 2)
  })

  test('is no alarm when nothing can be paid, or when it never had news', async ({ assert }) => {
    const { collectorId } = await givenBusyAccount()
    await hours(6)
    await Charge.query().where('collector_id', collectorId).update({ state: 'approved' })
    await watch()
    assert.lengthOf(await NewsSilence.all(), 0)
    await Charge.query().where('collector_id', collectorId).update({ state: 'pending' })
    await db.from('webhook_events').update({ signature: 'missing' })
    await watch()
    assert.lengthOf(await NewsSilence.all(), 0)
    await db.from('webhook_events').update({ signature: 'valid' })
    await watch()
    assert.lengthOf(await NewsSilence.all(), 1)
  })

  test('ends when nothing is left to be paid', async ({ assert }) => {
    const { collectorId } = await givenBusyAccount()
    await hours(6)
    await watch()
    await Charge.query().where('collector_id', collectorId).update({ state: 'cancelled' })
    await watch()
    const silence = await NewsSilence.firstOrFail()
    assert.equal(silence.endReason, 'nothing_open')
  })

  test('with little news is no alarm after a quiet day', async ({ assert }) => {
    const { collectorId } = await givenBusyAccount()
    await db.from('webhook_events').delete()
    const now = clock.now()
    const days = Array.from({ length: 13 }, (_, back) => now.minus({ days: back, hours: back % 9 }))
    await givenNews(collectorId, days)
    await hours(30)
    await watch()
    assert.lengthOf(await NewsSilence.all(), 0)
  })

  test('is told of once by workers that notice it together', async ({ assert }) => {
    await givenBusyAccount()
    await onlyAdmins(await givenPlatformAdmin({ locale: 'en' }))
    await hours(6)
    await Promise.all([1, 2, 3].map(() => new WatchNews().handle()))
    await drainWork()
    assert.lengthOf(await NewsSilence.all(), 1)
    assert.lengthOf(await mailed(), 1)
  })

  test('is not mailed of when it has ended before the mail left', async ({ assert }) => {
    const { collectorId } = await givenBusyAccount()
    await onlyAdmins(await givenPlatformAdmin({ locale: 'en' }))
    await hours(6)
    await new WatchNews().handle()
    await givenNews(collectorId, [clock.now()])
    await new WatchNews().handle()
    await drainWork()
    assert.lengthOf(await mailed(), 0)
  })

  test('is mailed of later when the mail server is away', async ({ assert, cleanup }) => {
    await givenBusyAccount()
    const admin = await givenPlatformAdmin({ locale: 'en' })
    await onlyAdmins(admin)
    await hours(6)
    const { server, end } = await withMailServer()
    cleanup(end)
    server.refusals = { to: '451 later' }
    await watch()
    assert.lengthOf(server.received, 0)
    server.refusals = {}
    await endBackOff()
    await drainWork()
    assert.lengthOf(server.received, 1)
    assert.equal(server.received[0].to, admin.email)
    assert.include(headerOf(server.received[0], 'Subject'), 'No notifications from Mercado Pago')
  })
})
