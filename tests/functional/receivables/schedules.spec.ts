import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { newPublicToken } from '#app/core/ids'
import AuditEntry from '#app/core/models/audit_entry'
import { ChangeSchedule } from '#app/receivables/actions/change_schedule'
import Charge from '#app/receivables/models/charge'
import Receivable from '#app/receivables/models/receivable'
import ReceivableSchedule from '#app/receivables/models/receivable_schedule'
import ScheduleOccurrence from '#app/receivables/models/schedule_occurrence'
import Sending from '#app/receivables/models/sending'
import type Tenant from '#app/tenants/models/tenant'
import { defaultStore, givenMember, givenTenant } from '#tests/support/given'
import { givenCustomer, givenSeller } from '#tests/support/receivables'
import { dayFromNow, givenSchedule, recur } from '#tests/support/schedules'
import { simulator } from '#tests/support/simulator'
import { drainWork } from '#tests/support/work'

const dueDates = async () => {
  const receivables = await Receivable.query().orderBy('due_on')
  return receivables.map(({ dueOn }) => dueOn)
}

const change = (tenant: Tenant, { id }: ReceivableSchedule, to: 'active' | 'paused' | 'ended') =>
  new ChangeSchedule().handle({ tenant, id, to, actor: { kind: 'command' } })

const endOfMonth = (date: string) =>
  DateTime.fromISO(date, { zone: 'utc' }).endOf('month').toISODate()!

test.group('A recurring receivable', () => {
  test('is made twelve times in a year, with the worker down for three days', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const today = clock.today(tenant.timeZone)
    const firstDueOn = endOfMonth(today)
    await givenSchedule(tenant, { firstDueOn, isMonthEnd: true })
    const months = Array.from({ length: 12 }, (_, ahead) =>
      endOfMonth(DateTime.fromISO(firstDueOn, { zone: 'utc' }).plus({ months: ahead }).toISODate()!)
    )
    const down = [-1, 0, 1].map((days) =>
      DateTime.fromISO(months[3], { zone: 'utc' }).plus({ days }).toISODate()
    )

    const missed: number[] = []
    for (let day = 0; day < 365; day++) {
      if (day > 0) await simulator.advance({ days: 1 })
      if (down.includes(clock.today(tenant.timeZone))) missed.push(day)
      else await recur()
    }

    assert.lengthOf(missed, 3)
    assert.deepEqual(await dueDates(), months)
    const occurrences = await ScheduleOccurrence.query().orderBy('number')
    assert.deepEqual(
      occurrences.map(({ number, dueOn }) => ({ number, dueOn })),
      months.map((dueOn, at) => ({ number: at + 1, dueOn }))
    )
  }).timeout(120_000)

  test('is made once, whoever makes it and however often', async ({ assert }) => {
    const tenant = await givenTenant()
    await givenSchedule(tenant, { unit: 'week', leadDays: 30 })

    await Promise.all(Array.from({ length: 8 }, recur))
    await recur()

    assert.deepEqual(
      await dueDates(),
      [7, 14, 21, 28].map((days) => dayFromNow(tenant, days))
    )
  })

  test('ends with its last instalment or its last day, and fills in its words', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const given = { unit: 'week', leadDays: 60, description: 'Parcela {n} de {total}' } as const
    const counted = await givenSchedule(tenant, { ...given, total: 2 })
    const dated = await givenSchedule(tenant, {
      ...{ unit: 'week', leadDays: 60 },
      lastDueOn: dayFromNow(tenant, 27),
    })

    await recur()

    const made = await Receivable.query().orderBy('id')
    const texts = made.map(({ description }) => description)
    assert.sameMembers(texts, [
      ...['Parcela 1 de 2', 'Parcela 2 de 2'],
      ...['Aluguel 1', 'Aluguel 2', 'Aluguel 3'],
    ])
    for (const schedule of [counted, dated]) {
      await schedule.refresh()
      assert.equal(schedule.state, 'ended')
      assert.isNull(schedule.nextMakeOn)
    }
  })

  test('waits while its tenant is suspended and is caught up with afterwards', async ({
    assert,
  }) => {
    const tenant = await givenSeller()
    const firstDueOn = dayFromNow(tenant, 1)
    await givenSchedule(tenant, { unit: 'week', firstDueOn, methods: ['boleto'] })
    await tenant.moveTo('suspended').save()
    await simulator.advance({ days: 20 })
    await recur()
    assert.lengthOf(await Receivable.all(), 0)

    await tenant.moveTo('active').save()
    await recur()
    await drainWork()

    const made = await Receivable.query().orderBy('due_on')
    // Nobody is sent a bill that fell due weeks ago before a member has seen it.
    assert.deepEqual(
      made.map(({ dueOn, state }) => [dueOn, state]),
      [
        [dayFromNow(tenant, -19), 'draft'],
        [dayFromNow(tenant, -12), 'draft'],
        [dayFromNow(tenant, -5), 'open'],
      ]
    )
  })

  test('leaves out what falls due while it is paused', async ({ assert }) => {
    const tenant = await givenTenant()
    const schedule = await givenSchedule(tenant, { unit: 'week', total: 3 })
    await change(tenant, schedule, 'paused')
    await simulator.advance({ days: 15 })
    await recur()
    assert.lengthOf(await Receivable.all(), 0)

    await change(tenant, schedule, 'active')
    await simulator.advance({ days: 60 })
    await recur()

    const from = dayFromNow(tenant, -75)
    const after = (days: number) =>
      DateTime.fromISO(from, { zone: 'utc' }).plus({ days }).toISODate()!
    assert.deepEqual(await dueDates(), [21, 28, 35].map(after))
    await schedule.refresh()
    assert.equal(schedule.state, 'ended')
  })

  test('is offered in the chosen ways and sent, once', async ({ assert }) => {
    const tenant = await givenSeller()
    const methods = ['boleto', 'pix'] as const
    await givenSchedule(tenant, { leadDays: 10, methods: [...methods], isMailed: true })

    await recur()
    await drainWork()

    const charges = await Charge.query().orderBy('method')
    assert.deepEqual(
      charges.map(({ method, state }) => [method, state]),
      methods.map((method) => [method, 'pending'])
    )
    const [receivable] = await Receivable.all()
    assert.equal(receivable.state, 'open')
    assert.lengthOf(await Sending.all(), 1)
    const [occurrence] = await ScheduleOccurrence.all()
    assert.isNull(occurrence.problem)
  })

  test('says which way could not be offered', async ({ assert }) => {
    const tenant = await givenSeller()
    const { id: customerId } = await givenCustomer(tenant, { street: null })
    await givenSchedule(tenant, { leadDays: 10, customerId, methods: ['boleto'] })

    await recur()
    await drainWork()

    const [occurrence] = await ScheduleOccurrence.all()
    assert.equal(occurrence.problem?.key, 'receivables.customer_address_missing')
  })

  test('ends when its customer is erased', async ({ assert }) => {
    const tenant = await givenTenant()
    const customer = await givenCustomer(tenant)
    const schedule = await givenSchedule(tenant, { customerId: customer.id, leadDays: 10 })
    await customer.merge({ erasedAt: clock.now() }).save()

    await recur()

    assert.lengthOf(await Receivable.all(), 0)
    await schedule.refresh()
    assert.equal(schedule.state, 'ended')
  })
})

test.group('The pages of recurring receivables', () => {
  const form = async (tenant: Tenant, more: object = {}) => {
    const [customer, store] = [await givenCustomer(tenant), await defaultStore(tenant)]
    return {
      _key: newPublicToken(),
      ...{ customer_id: customer.id, store_id: store.id },
      description: 'Aluguel {month} ({n}/{total})',
      amount: '1.500,00',
      ...{ every: '1', unit: 'month', total: '12' },
      first_due_on: dayFromNow(tenant, 10),
      ...more,
    }
  }

  test('a manager writes one down, sees what it made, pauses and ends it', async ({
    assert,
    client,
  }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'manager')
    const home = `/t/${tenant.slug}/schedules`
    const values = await form(tenant, {
      'methods[]': 'pix',
      'month_end': 'true',
      'lead_days': '45',
    })
    const page = await client.get(`${home}/create?customer=${values.customer_id}`).loginAs(user)
    page.assertStatus(200)
    page.assertTextIncludes('Pix')

    const posts = Array.from({ length: 50 }, () =>
      client.post(home).loginAs(user).withCsrfToken().redirects(0).form(values)
    )
    for (const answer of await Promise.all(posts)) answer.assertStatus(303)
    const [schedule, ...others] = await ReceivableSchedule.all()
    assert.lengthOf(others, 0)
    assert.equal(schedule.amountMinor, 1_500_00)
    assert.deepEqual(schedule.methods, ['pix'])
    assert.isTrue(schedule.isMonthEnd)
    await recur()
    await drainWork()
    const show = await client.get(`${home}/${schedule.id}`).loginAs(user)
    const [made] = await Receivable.all()
    assert.include(made.description, '(1/12)')
    show.assertTextIncludes(`receivables/${made.id}`)
    const list = await client.get(home).loginAs(user)
    list.assertTextIncludes(`${home}/${schedule.id}`)

    for (const state of ['paused', 'ended'] as const) {
      const changes = Array.from({ length: 50 }, () =>
        client
          .put(`${home}/${schedule.id}/state`)
          .loginAs(user)
          .withCsrfToken()
          .redirects(0)
          .form({ state })
      )
      for (const answer of await Promise.all(changes)) answer.assertStatus(303)
      const entries = await AuditEntry.query().where('action', `schedule.${state}`)
      assert.lengthOf(entries, 1)
    }
    await schedule.refresh()
    assert.equal(schedule.state, 'ended')
  }).timeout(60_000)

  test('say at its field what is wrong', async ({ assert, client }) => {
    const tenant = await givenSeller()
    const { user } = await givenMember(tenant, 'owner')
    const stranger = await givenTenant()
    const [customer, store] = [await givenCustomer(stranger), await defaultStore(stranger)]
    const wrong: [string, unknown][] = [
      ...['0', '61', '1.5', 'x', ''].map((value) => ['every', value] as [string, unknown]),
      ...([
        ['unit', 'day'],
        ['amount', '0'],
        ['total', '0'],
        ['total', '601'],
      ] as [string, unknown][]),
      ['first_due_on', dayFromNow(tenant, -1)],
      ['last_due_on', dayFromNow(tenant, 9)],
      ...([
        ['grace_days', '30'],
        ['lead_days', '61'],
        ['methods', 'cash'],
      ] as [string, unknown][]),
      ['description', 'x'],
      ['customer_id', customer.id],
      ['store_id', store.id],
    ]
    for (const [field, value] of wrong) {
      const answer = await client
        .post(`/t/${tenant.slug}/schedules`)
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
        .form((await form(tenant, { [field]: value })) as never)
      const errors = Object.keys((answer.flashMessage('inputErrorsBag') ?? {}) as object)
      assert.deepEqual(errors, [field], `${field}: ${value}`)
    }
    const open = await client
      .post(`/t/${tenant.slug}/schedules`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form(await form(tenant, { total: '' }))
    assert.property(open.flashMessage('inputErrorsBag'), 'description')
    assert.lengthOf(await ReceivableSchedule.all(), 0)
  })

  test('are for owners and managers of their own tenant', async ({ client }) => {
    const tenant = await givenTenant()
    const schedule = await givenSchedule(tenant)
    const cashier = await givenMember(tenant, 'cashier', [await defaultStore(tenant)])
    const other = await givenTenant()
    const stranger = await givenMember(other, 'owner')
    const answers = await Promise.all([
      client.get(`/t/${tenant.slug}/schedules`).loginAs(cashier.user),
      client.get(`/t/${tenant.slug}/schedules/${schedule.id}`).loginAs(cashier.user),
      client.get(`/t/${other.slug}/schedules/${schedule.id}`).loginAs(stranger.user),
    ])
    for (const [at, status] of [403, 403, 404].entries()) answers[at].assertStatus(status)
  })
})
