import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { newPublicToken } from '#app/core/ids'
import AuditEntry from '#app/core/models/audit_entry'
import GatewayConfig from '#app/gateway/models/gateway_config'
import { RunPayouts, type RunResult } from '#app/payouts/actions/run_payouts'
import { SaveSchedule, type ScheduleValues } from '#app/payouts/actions/save_schedule'
import Payout from '#app/payouts/models/payout'
import { payoutOverview } from '#app/payouts/queries/payout_overview'
import { SaveRules } from '#app/payouts/actions/save_rules'
import type Tenant from '#app/tenants/models/tenant'
import { command, givenPayableTenant } from '#tests/support/payouts'
import { givenAvailable } from '#tests/support/posted_money'
import { simulator } from '#tests/support/simulator'
import { loggedIn } from '#tests/support/visitor'

const schedule = (tenant: Tenant, values: Partial<ScheduleValues> = {}) =>
  new SaveSchedule().handle({
    tenantId: tenant.id,
    actor: command,
    values: {
      ...{ automatic: true, frequency: 'daily', weekday: 1, monthDay: 1 },
      ...{ minimumMinor: 0, keepMinor: 0, ...values },
    },
  })

async function run(): Promise<string[]> {
  const results: RunResult[] = []
  await new RunPayouts().handle({ actor: command, onResult: (result) => void results.push(result) })
  return results.map((result) => (result.outcome === 'skipped' ? result.reason : result.outcome))
}

/** Days until the tenant's next such weekday; a week when it is today. */
const daysUntil = (weekday: number, { timeZone }: Tenant) =>
  ((weekday - clock.now().setZone(timeZone).weekday + 6) % 7) + 1

test.group('A schedule of payouts', (group) => {
  group.each.setup(async () => {
    const config = await GatewayConfig.current()
    await config.merge({ automaticTransfer: true }).save()
  })

  test('pays on its weekday, and not on the others', async ({ assert }) => {
    const { tenant } = await givenPayableTenant(7_000)
    const today = clock.now().setZone(tenant.timeZone)
    await schedule(tenant, { frequency: 'weekly', weekday: (today.weekday % 7) + 1 })
    assert.deepEqual(await run(), ['not_due'])
    await simulator.advance({ days: 1 })
    assert.deepEqual(await run(), ['created'])
    await givenAvailable(tenant, 500)
    assert.deepEqual(await run(), ['already_created'])
    await simulator.advance({ days: 1 })
    assert.deepEqual(await run(), ['not_due'])
    const [payout] = await Payout.all()
    assert.equal(payout.scheduledFor, today.plus({ days: 1 }).toISODate())
  })

  test('is caught up with when no run came on the day', async ({ assert }) => {
    const { tenant } = await givenPayableTenant(7_000)
    await schedule(tenant, { frequency: 'weekly', weekday: 1 })
    const toMonday = daysUntil(1, tenant)
    const monday = clock.now().setZone(tenant.timeZone).plus({ days: toMonday })
    await simulator.advance({ days: toMonday + 2 })
    assert.deepEqual(await run(), ['created'])
    const [payout] = await Payout.all()
    assert.equal(payout.scheduledFor, monday.toISODate())
    await givenAvailable(tenant, 500)
    assert.deepEqual(await run(), ['not_due'])
    await simulator.advance({ days: 1 })
    assert.deepEqual(await run(), ['not_due'])
  })

  test('that was looked at on its day without money waits for the next one', async ({ assert }) => {
    const { tenant } = await givenPayableTenant(7_000)
    await schedule(tenant, { frequency: 'weekly', weekday: 1, minimumMinor: 8_000 })
    await simulator.advance({ days: daysUntil(1, tenant) })
    assert.deepEqual(await run(), ['below_minimum'])
    await givenAvailable(tenant, 5_000)
    await simulator.advance({ days: 1 })
    assert.deepEqual(await run(), ['not_due'])
    await simulator.advance({ days: 6 })
    assert.deepEqual(await run(), ['created'])
  })

  test('leaves what is to stay, and pays nothing below a minimum', async ({ assert }) => {
    const { tenant } = await givenPayableTenant(7_000)
    await schedule(tenant, { keepMinor: 2_000 })
    await run()
    const payout = await Payout.firstOrFail()
    assert.equal(payout.amountMinor, 5_000)

    const { tenant: small } = await givenPayableTenant(900)
    await schedule(small)
    const rules = { currency: 'BRL', coolingHours: 24, secondPersonAboveMinor: null }
    await new SaveRules().handle({ ...rules, minimumMinor: 1_000, actor: command })
    assert.include(await run(), 'below_minimum')
    assert.lengthOf(await Payout.query().where('tenant_id', small.id), 0)
  })

  test('is chosen by an owner, told on the page and written down', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(7_000)
    const visitor = await loggedIn(owner)
    const path = `/t/${tenant.slug}/payouts/schedule`
    await visitor.get(path)
    const saved = await visitor.post(path, {
      _key: newPublicToken(),
      automatic: 'true',
      frequency: 'monthly',
      weekday: '1',
      month_day: '31',
      minimum: '',
      keep: '20,00',
    })
    assert.equal(saved.location, `/t/${tenant.slug}/payouts`)
    const { nextPayout } = await payoutOverview(tenant.id)
    const today = DateTime.fromISO(clock.today(tenant.timeZone))
    const due = today.endOf('month').toISODate()
    assert.deepEqual(nextPayout, { date: due!, amountMinor: 5_000 })
    const page = await visitor.get(`/t/${tenant.slug}/payouts`)
    assert.include(page.text.replaceAll('\u00a0', ' '), 'cerca de R$ 50,00')
    const entry = await AuditEntry.findByOrFail('action', 'payout_schedule.changed')
    assert.containSubset(entry.details, { before: null, after: { keepMinor: 2_000, monthDay: 31 } })
  })

  test('refuses {field} of {value} at its field')
    .with([
      { field: 'frequency', value: 'hourly' },
      { field: 'weekday', value: '8' },
      { field: 'month_day', value: '32' },
      { field: 'month_day', value: '1.5' },
      { field: 'keep', value: '-1' },
      { field: 'minimum', value: '1e9' },
    ])
    .run(async ({ assert, client }, { field, value }) => {
      const { tenant, owner } = await givenPayableTenant()
      const form = { frequency: 'daily', weekday: '1', month_day: '1', minimum: '', keep: '' }
      const answer = await client
        .post(`/t/${tenant.slug}/payouts/schedule`)
        .loginAs(owner)
        .withCsrfToken()
        .redirects(0)
        .form({ _key: newPublicToken(), ...form, [field]: value })
      assert.property(answer.flashMessage('inputErrorsBag'), field)
      assert.lengthOf(await AuditEntry.query().where('action', 'payout_schedule.changed'), 0)
    })

  test('is paused with the platform’s switch, and the page says so', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(7_000)
    await schedule(tenant)
    const config = await GatewayConfig.current()
    await config.merge({ automaticTransfer: false }).save()
    await run()
    assert.lengthOf(await Payout.all(), 0)
    const { nextPayout } = await payoutOverview(tenant.id)
    assert.isNull(nextPayout)
    const page = await client.get(`/t/${tenant.slug}/payouts`).loginAs(owner)
    page.assertTextIncludes('pausado pela plataforma')
  })
})
