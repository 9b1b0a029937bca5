import { test } from '@japa/runner'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import KeptMail from '#app/core/models/kept_mail'
import type PlatformAccount from '#app/gateway/models/platform_account'
import { MakeReminders } from '#app/receivables/actions/make_reminders'
import { SaveReminders } from '#app/receivables/actions/save_reminders'
import type Charge from '#app/receivables/models/charge'
import type Receivable from '#app/receivables/models/receivable'
import Sending from '#app/receivables/models/sending'
import { customerToStop, stopUrl } from '#app/receivables/queries/reminders'
import type Tenant from '#app/tenants/models/tenant'
import { truncate } from '#tests/support/database'
import { givenMember, givenTenant, type GivenTenant } from '#tests/support/given'
import { headerOf, withMailServer } from '#tests/support/mail_server'
import { givenCharge } from '#tests/support/money'
import { endBackOff } from '#tests/support/outbox'
import { holds } from '#tests/support/property'
import { givenCustomer, givenPlatformAccount, givenReceivable } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const actor = { kind: 'command' } as const
const ZONE = 'America/Sao_Paulo'

const choose = (tenant: Tenant, days: number[], hour = 9, isOn = true) =>
  new SaveReminders().handle({ tenant, choice: { isOn, days, hour }, actor })

/** Business time goes on to the next time that it is this hour where the tenant lives. */
async function untilHour(hour: number, minute = 0) {
  const now = clock.now().setZone(ZONE)
  const today = now.set({ hour, minute, second: 0, millisecond: 0 })
  const next = today > now ? today : today.plus({ days: 1 })
  await simulator.advance({ seconds: Math.ceil(next.diff(now, 'seconds').seconds) })
}

async function givenWorld(values: GivenTenant = {}) {
  const account = await givenPlatformAccount()
  const tenant = await givenTenant({ timeZone: ZONE, ...values })
  return { account, tenant }
}

/** An open bill with a boleto that can be paid until long after its due date. */
async function givenOpen(
  { account, tenant }: { account: PlatformAccount; tenant: Tenant },
  dueInDays: number,
  charge: Partial<Pick<Charge, 'state'>> = {}
): Promise<Receivable> {
  const customer = await givenCustomer(tenant)
  const receivable = await givenReceivable(tenant, { dueInDays, customer })
  await receivable.moveTo('open').save()
  const made = await givenCharge(receivable, account, charge)
  await made.merge({ expiresAt: clock.now().plus({ days: 90 }) }).save()
  return receivable
}

const remind = async () => {
  await new MakeReminders().handle()
  await drainWork()
}

const offsetsOf = async ({ tenantId, id }: Receivable, state = 'sent') => {
  const rows = await Sending.query()
    .where({ tenant_id: tenantId, receivable_id: id, state, kind: 'reminder' })
    .orderBy('id')
  return rows.map(({ details }) => details.offset as number)
}

const pay = async (receivable: Receivable) => {
  await receivable.refresh()
  await receivable.applyAmounts({ paidMinor: receivable.amountMinor, refundedMinor: 0 }).save()
}

test.group('Reminders', () => {
  test('come before, on and after the due date, each once, at the hour', async ({ assert }) => {
    const world = await givenWorld()
    await untilHour(8)
    await choose(world.tenant, [-3, 0, 2])
    const receivable = await givenOpen(world, 4)
    for (let hours = 0; hours < 8 * 24; hours += 3) {
      await simulator.advance({ seconds: 3 * 3600 })
      await remind()
    }
    const sendings = await Sending.query().where('tenant_id', world.tenant.id).orderBy('id')
    const dueOn = DateTime.fromISO(receivable.dueOn, { zone: ZONE })
    assert.deepEqual(
      sendings.map(({ sentAt, details }) => [
        details.offset,
        sentAt!.setZone(ZONE).toFormat('yyyy-MM-dd HH'),
      ]),
      [-3, 0, 2].map((offset) => [
        offset,
        dueOn.plus({ days: offset }).set({ hour: 11 }).toFormat('yyyy-MM-dd HH'),
      ])
    )
    const subjects = await KeptMail.query().orderBy('id')
    const words = ['vence em 3 dias', 'vence hoje', 'venceu há 2 dias']
    subjects.forEach(({ subject }, at) => assert.include(subject, words[at]))
  })

  test('leave out who has paid, cannot pay, is paying, was cancelled, or has just been charged', async ({
    assert,
  }) => {
    const world = await givenWorld()
    await untilHour(8)
    await choose(world.tenant, [-1])
    const wanted = await givenOpen(world, 1)
    const paid = await givenOpen(world, 1)
    await pay(paid)
    const cancelled = await givenOpen(world, 1)
    await cancelled.moveTo('cancelled').save()
    await givenOpen(world, 1, { state: 'in_process' })
    await givenOpen(world, 1, { state: 'expired' })
    await givenOpen(world, 1, { state: 'scheduled' })
    const draft = await givenReceivable(world.tenant, { dueInDays: 1 })
    await givenCharge(draft, world.account)
    await untilHour(9, 1)
    await givenOpen(world, 1)
    await remind()
    const [only, ...more] = await Sending.query().where('tenant_id', world.tenant.id)
    assert.isEmpty(more)
    assert.equal(only.receivableId, wanted.id)
  })

  test('are not sent when the bill was paid, stopped or switched off after they were queued', async ({
    assert,
  }) => {
    const world = await givenWorld()
    await untilHour(8)
    await choose(world.tenant, [-1])
    const bills = [await givenOpen(world, 1), await givenOpen(world, 1)]
    await untilHour(9, 1)
    await new MakeReminders().handle()
    await pay(bills[0])
    await choose(world.tenant, [-1], 9, false)
    await drainWork()
    const sendings = await Sending.query().where('tenant_id', world.tenant.id).orderBy('id')
    assert.deepEqual(sendings.map(({ reason }) => reason).sort(), ['ended', 'off'])
    assert.isEmpty(await KeptMail.all())
  })

  test('that a mail server kept back for a day are not sent any more', async ({ assert }) => {
    const world = await givenWorld()
    await untilHour(8)
    await choose(world.tenant, [-1])
    await givenOpen(world, 1)
    await untilHour(9, 1)
    const { server, end } = await withMailServer()
    server.refusals = { to: '450 later' }
    await remind()
    await simulator.advance({ days: 1, seconds: 60 })
    server.refusals = {}
    await endBackOff()
    await drainWork()
    await end()
    const { state, reason } = await Sending.firstOrFail()
    assert.deepEqual([state, reason], ['skipped', 'late'])
    assert.isEmpty(server.received)
  })

  test('missed while no worker ran come as one, and older than a week not at all', async ({
    assert,
  }) => {
    const world = await givenWorld()
    await untilHour(8)
    await choose(world.tenant, [-3, -1, 0, 20])
    const within = await givenOpen(world, 4)
    const long = await givenOpen(world, 24)
    await untilHour(10)
    await remind()
    await simulator.advance({ days: 4 })
    await remind()
    assert.deepEqual(await offsetsOf(within), [0])
    const { subject } = await KeptMail.query().orderBy('id', 'desc').firstOrFail()
    assert.include(subject, 'vence hoje')
    // From the last run to twelve days after the 20th day.
    await simulator.advance({ days: 32 })
    await remind()
    assert.deepEqual(await offsetsOf(within), [0])
    assert.deepEqual(await offsetsOf(long), [])
  })

  test('are not sent for the time before they were switched on, nor for a suspended tenant', async ({
    assert,
  }) => {
    const world = await givenWorld()
    await untilHour(8)
    const receivable = await givenOpen(world, 1)
    await untilHour(10)
    await choose(world.tenant, [-1, 0])
    await remind()
    assert.deepEqual(await offsetsOf(receivable), [])
    await world.tenant.moveTo('suspended').save()
    await simulator.advance({ days: 1 })
    await remind()
    await world.tenant.moveTo('active').save()
    await remind()
    assert.deepEqual(await offsetsOf(receivable), [])
  })

  test('are one each when two workers make them at once', async ({ assert }) => {
    const world = await givenWorld()
    await untilHour(8)
    await choose(world.tenant, [-1])
    const bills = await Promise.all(Array.from({ length: 5 }, () => givenOpen(world, 1)))
    await untilHour(9, 1)
    await Promise.all([1, 2, 3].map(() => new MakeReminders().handle()))
    await Promise.all([drainWork(), drainWork()])
    for (const bill of bills) assert.deepEqual(await offsetsOf(bill), [-1])
    assert.lengthOf(await KeptMail.all(), bills.length)
  })

  test('come at most once each in any month with any pauses, and never for paid bills', async ({
    assert,
  }) => {
    const offsets = fc.uniqueArray(fc.integer({ min: -8, max: 8 }), { minLength: 1, maxLength: 5 })
    const bills = fc.array(
      fc.record({ dueInDays: fc.integer({ min: 0, max: 25 }), paidOn: fc.integer({ max: 40 }) }),
      { minLength: 1, maxLength: 4 }
    )
    const awake = fc.array(fc.boolean(), { minLength: 30, maxLength: 30 })
    await holds(
      [offsets, fc.integer({ min: 0, max: 23 }), bills, awake],
      async (days, hour, seeds, nights) => {
        await truncate()
        await simulator.reset()
        const world = await givenWorld()
        await untilHour((hour + 23) % 24, 30)
        await choose(world.tenant, days, hour)
        const given = []
        for (const seed of seeds) {
          given.push({ ...seed, bill: await givenOpen(world, seed.dueInDays) })
        }
        const expected = new Map(given.map(({ bill }) => [bill.id, [] as number[]]))
        let since = -1
        const today = clock.today(ZONE)
        const first = DateTime.fromISO(today).plus({ days: hour === 0 ? 1 : 0 })
        for (const [night, isAwake] of nights.entries()) {
          await simulator.advance({ seconds: night === 0 ? 3600 : 86_400 })
          for (const { bill, paidOn } of given) if (paidOn === night) await pay(bill)
          if (!isAwake) continue
          await remind()
          for (const { bill, paidOn } of given) {
            if (paidOn >= 0 && paidOn <= night) continue
            const dueIn = Math.round(DateTime.fromISO(bill.dueOn).diff(first, 'days').days)
            const missed = days
              .filter((offset) => {
                const on = dueIn + offset
                return on > Math.max(since, night - 7) && on <= night
              })
              .sort((one, other) => one - other)
            if (missed.length > 0) expected.get(bill.id)!.push(missed.at(-1)!)
          }
          since = night
        }
        for (const { bill } of given) {
          assert.deepEqual(await offsetsOf(bill), expected.get(bill.id))
        }
      },
      { runs: 5, longRuns: 100 }
    )
  }).timeout(300_000)
})

test.group('The link that stops reminders', () => {
  async function givenReminded() {
    const world = await givenWorld({ tradeName: 'Perfumaria Jasmim' })
    await untilHour(8)
    await choose(world.tenant, [-1, 0])
    const receivable = await givenOpen(world, 1)
    await untilHour(9, 1)
    const link = stopUrl(receivable.customer)
    return { ...world, receivable, link, path: link.slice(new URL(link).origin.length) }
  }

  test('stands in the mail and its headers, for one click of the mail program', async ({
    assert,
    client,
  }) => {
    const { receivable, link, path } = await givenReminded()
    const { server, end } = await withMailServer()
    await remind()
    await end()
    const [mail] = server.received
    assert.equal(headerOf(mail, 'List-Unsubscribe'), `<${link}>`)
    assert.equal(headerOf(mail, 'List-Unsubscribe-Post'), 'List-Unsubscribe=One-Click')

    const answer = await client.post(path).form({ 'List-Unsubscribe': 'One-Click' }).redirects(0)
    answer.assertStatus(200)
    assert.isEmpty(answer.headers()['set-cookie'] ?? [])
    await simulator.advance({ days: 1 })
    await remind()
    assert.deepEqual(await offsetsOf(receivable), [-1])
  })

  test('asks before, says so afterwards, and takes it back', async ({ assert, client }) => {
    const { tenant, receivable, path } = await givenReminded()
    const asked = await client.get(path)
    asked.assertTextIncludes('Parar de receber lembretes de Perfumaria Jasmim?')
    asked.assertTextIncludes('c***@example.com')
    assert.notInclude(asked.text(), receivable.customer.email)
    await remind()
    assert.deepEqual(await offsetsOf(receivable), [-1])

    const posts = [1, 2, 3].map(() => client.post(path).form({ wanted: 'no' }))
    for (const answer of await Promise.all(posts)) answer.assertTextIncludes('Sem mais lembretes')
    const { user } = await givenMember(tenant, 'manager')
    const noted = await client
      .get(`/t/${tenant.slug}/customers/${receivable.customerId}`)
      .loginAs(user)
    noted.assertTextIncludes('Não quer lembretes desde')
    const back = await client.post(path).form({ wanted: 'yes' })
    back.assertTextIncludes('Parar de receber lembretes')
    await simulator.advance({ days: 1 })
    await remind()
    assert.deepEqual(await offsetsOf(receivable), [-1, 0])
  })

  test('cannot be made up or used for another customer', async ({ client }) => {
    const { tenant, path } = await givenReminded()
    const other = await givenCustomer(tenant)
    const [, , id] = path.split('?')[0].split('/')
    const forged = [path.replace(id, other.id), path.split('?')[0], `${path}x`]
    for (const one of forged) {
      const shown = await client.get(one)
      shown.assertStatus(404)
      const posted = await client.post(one)
      posted.assertStatus(404)
    }
  })

  test('of a customer that was merged stops those of the one that it became', async ({
    assert,
  }) => {
    const { tenant, receivable } = await givenReminded()
    const kept = await givenCustomer(tenant)
    await receivable.customer.merge({ mergedIntoId: kept.id }).save()
    const found = await customerToStop(receivable.customerId)
    assert.equal(found?.id, kept.id)
  })
})

test.group('The choice of reminders', () => {
  test('is the owner’s', async ({ assert, client }) => {
    const tenant = await givenTenant()
    const { user: owner } = await givenMember(tenant, 'owner')
    const { user: manager } = await givenMember(tenant, 'manager')
    const path = `/t/${tenant.slug}/settings/reminders`
    const form = { is_on: 'true', before: '5, 1', on_due_date: 'true', after: '', hour: '7' }
    const refused = await client.post(path).form(form).loginAs(manager).withCsrfToken()
    refused.assertStatus(403)

    await client.post(path).form(form).loginAs(owner).withCsrfToken()
    const page = await client.get(path).loginAs(owner)
    page.assertTextIncludes('value="5, 1"')
    const wrong = await client
      .post(path)
      .form({ ...form, before: '0', hour: '24' })
      .loginAs(owner)
      .withCsrfToken()
      .redirects(0)
    assert.sameMembers(Object.keys(wrong.flashMessage('inputErrorsBag')), ['before', 'hour'])
  })
})
