import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { platformFigures, tenantFigures, type Figures } from '#app/payments/queries/figures'
import type Tenant from '#app/tenants/models/tenant'
import { givenMember, givenPlatformAdmin, givenStore, givenTenant } from '#tests/support/given'
import { bucketsOf, givenWebhookSecret, postings } from '#tests/support/money'
import { givenBoleto, givenReceivable, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { loggedIn, statusOf, textOf } from '#tests/support/visitor'
import { drainWork } from '#tests/support/work'

const plain = (html: string) => html.replaceAll('\u00a0', ' ')

const asked = (from?: string, until?: string) => {
  const today = clock.today('America/Sao_Paulo')
  return { today, period: { name: 'own' as const, from: from ?? today, until: until ?? today } }
}

/** Three boletos in two stores, one of them refunded in part. */
async function givenSales(tenant: Tenant) {
  await givenWebhookSecret()
  const centre = await givenStore(tenant, 'Centro')
  for (const [amountMinor, storeId] of [
    [150_00, centre.id],
    [80_00, undefined],
    [20_00, undefined],
  ] as const) {
    const { charge } = await givenBoleto(tenant, { amountMinor, storeId })
    await simulator.pay(charge.providerPaymentId!)
    if (amountMinor === 80_00) {
      const path = `/payments/${charge.providerPaymentId}/refunds`
      await simulator.control('POST', path, { amount: 30 })
    }
  }
  await drainWork()
}

/** What all postings together took into an account. */
async function posted(account: string, chargeType?: string): Promise<number> {
  const rows = await db.from('ledger_entries').where('account', account)
  return rows
    .filter((row) => (chargeType === 'any' ? row.charge_type : true))
    .reduce((sum, row) => sum + Number(row.amount_minor), 0)
}

const grossOf = (parts: { name: string; grossMinor: number }[]) =>
  parts.map(({ name, grossMinor }) => [name, grossMinor])

test.group("A tenant's figures", () => {
  test('agree to the cent with what was posted', async ({ assert }) => {
    const tenant = await givenSeller()
    await givenSales(tenant)
    const figures = await tenantFigures(tenant, asked())
    const { total } = figures
    assert.equal(total.count, 3)
    assert.equal(total.grossMinor, 250_00)
    assert.equal(total.refundedMinor, 30_00)
    assert.equal(total.chargesMinor, -(await posted('platform:gateway', 'any')))
    assert.equal(total.feeMinor, -(await posted('platform:fee_revenue')))
    const [pending, available, reserved] = await bucketsOf(tenant)
    const left = total.grossMinor - total.refundedMinor - total.chargesMinor - total.feeMinor
    assert.equal(left, pending + available + reserved)
    assert.isAbove(Object.keys(await postings()).length, 3)
    assert.deepEqual(grossOf(figures.byPlace), [
      ['Centro', 150_00],
      ['Matriz', 100_00],
    ])
    assert.deepEqual(grossOf(figures.byType), [['ticket', 250_00]])
    const coming = figures.releases.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
    assert.equal(coming, pending)
  })

  test('divide days where the tenant lives, and have every day of the period', async ({
    assert,
  }) => {
    const tenant = await givenSeller({ timeZone: 'America/Manaus' })
    await givenSales(tenant)
    // 23:30 of the 9th in Manaus.
    await db.from('payments').update({ approved_at: '2026-03-10T03:30:00.000Z' })
    const { days } = await tenantFigures(tenant, asked('2026-03-08', '2026-03-11'))
    assert.deepEqual(
      days.map(({ day, grossMinor }) => [day, grossMinor]),
      [
        ['2026-03-08', 0],
        ['2026-03-09', 250_00],
        ['2026-03-10', 0],
        ['2026-03-11', 0],
      ]
    )
    const { total } = await tenantFigures(tenant, asked('2026-03-10', '2026-03-11'))
    assert.equal(total.count, 0)
  })

  test('sort what is overdue by its age, less what was paid', async ({ assert }) => {
    const tenant = await givenTenant()
    for (const [days, paidMinor] of [
      [0, 0],
      [1, 0],
      [7, 0],
      [8, 50_00],
      [30, 0],
      [200, 0],
    ]) {
      const receivable = await givenReceivable(tenant, { dueInDays: -days, amountMinor: 100_00 })
      await receivable.merge({ state: paidMinor ? 'partially_paid' : 'open', paidMinor }).save()
    }
    const paid = await givenReceivable(tenant, { dueInDays: -3 })
    await paid.merge({ state: 'paid' }).save()
    const { overdue } = await tenantFigures(tenant, asked())
    const sorted = overdue.toSorted((one, other) => one.fromDays - other.fromDays)
    assert.deepEqual(
      sorted.map(({ fromDays, count, amountMinor }) => [fromDays, count, amountMinor]),
      [
        [1, 2, 200_00],
        [8, 2, 150_00],
        [91, 1, 100_00],
      ]
    )
  })

  test("hold nothing of another tenant's", async ({ assert }) => {
    await givenSales(await givenSeller())
    const other = await givenTenant()
    const figures = await tenantFigures(other, asked())
    const { total, byPlace, byType, overdue, releases } = figures
    assert.equal(total.count, 0)
    assert.deepEqual([byPlace, byType, overdue, releases], [[], [], [], []])
  })
})

test.group("The platform's figures", () => {
  const of = (all: Figures[], currency: string) => all.find((one) => one.currency === currency)!

  test('add up all tenants, and no two currencies', async ({ assert }) => {
    const [one, other] = [await givenSeller(), await givenSeller({ country: 'AR' })]
    await givenSales(one)
    const second = await givenTenant({ tradeName: 'Second' })
    await givenSales(second)
    const foreign = await givenReceivable(other, { amountMinor: 1_000_00, dueInDays: -2 })
    await foreign.merge({ state: 'open' }).save()
    const figures = await platformFigures({ ...asked(), timeZone: 'America/Sao_Paulo' })
    assert.deepEqual(
      figures.map(({ currency }) => currency),
      ['ARS', 'BRL']
    )
    assert.equal(of(figures, 'BRL').total.grossMinor, 500_00)
    assert.equal(of(figures, 'BRL').total.feeMinor, -(await posted('platform:fee_revenue')))
    assert.deepEqual(grossOf(of(figures, 'BRL').byPlace).sort(), [
      ['Second', 250_00],
      [one.tradeName, 250_00],
    ])
    assert.equal(of(figures, 'ARS').total.count, 0)
    assert.deepEqual(of(figures, 'ARS').overdue, [
      { currency: 'ARS', fromDays: 1, count: 1, amountMinor: 1_000_00 },
    ])
  })

  test('name the largest businesses and put the others together', async ({ assert }) => {
    await givenSales(await givenSeller())
    const [payment] = await db.from('payments').limit(1)
    const [charge] = await db.from('charges').where('id', payment.charge_id)
    const [receivable] = await db.from('receivables').where('id', payment.receivable_id)
    const [customer] = await db.from('customers').where('id', receivable.customer_id)
    for (let number = 1; number <= 11; number++) {
      const tenant = await givenTenant({ tradeName: number > 9 ? 'Twin' : `Small ${number}` })
      const ids = { tenant_id: tenant.id }
      const id = (table: number) => `00000000-0000-7000-800${table}-0000000000${10 + number}`
      const insert = (table: string, row: object) => db.table(table).insert({ ...row, ...ids })
      const [store] = await db.from('stores').where('tenant_id', tenant.id)
      await insert('customers', { ...customer, id: id(1), tax_id_index: id(1) })
      await insert('receivables', {
        ...{ ...receivable, id: id(2), customer_id: id(1), store_id: store.id },
        public_token: id(2),
      })
      await insert('charges', {
        ...{ ...charge, id: id(3), receivable_id: id(2), store_id: store.id },
        ...{ idempotency_key: id(3), external_reference: id(3) },
      })
      await insert('payments', {
        ...{ ...payment, id: id(4), charge_id: id(3), receivable_id: id(2) },
        ...{ provider_payment_id: String(number), amount_minor: number * 100 },
        snapshot: JSON.stringify({}),
      })
    }
    const [{ byPlace }] = await platformFigures({ ...asked(), timeZone: 'America/Sao_Paulo' })
    assert.lengthOf(byPlace, 11)
    assert.deepEqual(grossOf(byPlace).slice(1, 3), [
      ['Twin', 11_00],
      ['Twin', 10_00],
    ])
    assert.deepEqual(
      grossOf(byPlace).find(([name]) => name === ''),
      ['', 3_00]
    )
  })
})

test.group('The pages with charts', () => {
  test('show the figures of any period as tables, too', async ({ assert }) => {
    const { tenant, user } = await givenMember(await givenSeller(), 'manager')
    await givenSales(tenant)
    const visitor = await loggedIn(user)
    const text = async (query: string) =>
      plain(await textOf(visitor.get(`/t/${tenant.slug}${query}`)))
    for (const query of ['', '?period=7', '?period=90', '?period=month']) {
      const page = await text(query)
      assert.match(page, /data-value="250\.00">\s*R\$ 250,00</, query)
      assert.match(page, /<th scope="row">Centro<\/th>\s*<td[^>]*data-value="150\.00"/, query)
    }
    const past = await text('?from=2026-01-01&until=2026-01-31')
    assert.include(past, 'Nada foi recebido neste período.')
    assert.notInclude(past, 'data-value="250.00"')
    assert.equal(await statusOf(visitor.get(`/t/${tenant.slug}?period=1`)), 422)
    // More than a year is cut, never an error.
    assert.equal(await statusOf(visitor.get(`/t/${tenant.slug}?from=1900-01-01`)), 200)
  })

  test('show a cashier none of them', async ({ assert }) => {
    const { tenant, user } = await givenMember(await givenSeller(), 'cashier')
    await givenSales(tenant)
    const visitor = await loggedIn(user)
    const text = await textOf(visitor.get(`/t/${tenant.slug}`))
    assert.notInclude(text, 'data-value')
  })

  test("show the admin all tenants' figures and what is held for them today", async ({
    assert,
  }) => {
    const tenant = await givenSeller()
    await givenSales(tenant)
    const visitor = await loggedIn(await givenPlatformAdmin())
    const text = plain(await textOf(visitor.get('/admin')))
    const [pending, available, reserved] = await bucketsOf(tenant)
    const held = (pending + available + reserved).toString()
    assert.include(text, `R$ ${held.slice(0, -2)},${held.slice(-2)}`)
    assert.match(text, /data-value="250\.00">\s*R\$ 250,00</)
    assert.include(text, tenant.tradeName)
  })
})
