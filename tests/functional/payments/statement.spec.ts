import { test } from '@japa/runner'
import { parse } from 'csv-parse/sync'
import { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { transaction } from '#app/core/transaction'
import GatewayConfig from '#app/gateway/models/gateway_config'
import { statement } from '#app/payments/queries/statement'
import type Tenant from '#app/tenants/models/tenant'
import { givenMember, givenStore, givenTenant } from '#tests/support/given'
import { bucketsOf, givenWebhookSecret } from '#tests/support/money'
import { givenPayableTenant, givenPayout } from '#tests/support/payouts'
import { givenAvailable } from '#tests/support/posted_money'
import { givenBoleto, givenCustomer, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { loggedIn, statusOf, textOf } from '#tests/support/visitor'
import { drainWork } from '#tests/support/work'

const plain = (html: string) => html.replaceAll('\u00a0', ' ')
const pageOf = (tenant: Tenant, path = '') => `/t/${tenant.slug}/statement${path}`

/** A paid boleto of R$ 150.00, one of R$ 80.00 refunded in part, both of known customers. */
async function givenSales() {
  await givenWebhookSecret()
  const { tenant, user } = await givenMember(await givenSeller(), 'manager')
  const customer = await givenCustomer(tenant, { name: 'Lívia Ramos' })
  const store = await givenStore(tenant, 'Centro')
  const sales = [
    await givenBoleto(tenant, { customer, description: 'Whole one' }),
    await givenBoleto(tenant, { amountMinor: 80_00, description: 'Other one', storeId: store.id }),
  ]
  for (const { charge } of sales) await simulator.pay(charge.providerPaymentId!)
  const id = sales[1].charge.providerPaymentId
  await simulator.control('POST', `/payments/${id}/refunds`, { amount: 20 })
  await drainWork()
  return { tenant, user, store, sales }
}

const linesOf = async (tenant: Tenant, more: object = {}) => {
  const { id: tenantId, currency } = tenant
  const { lines } = await statement({ tenantId, currency, ...more })
  return lines
}

test.group('The statement', () => {
  test('agrees to the cent with what the provider did', async ({ assert }) => {
    const { tenant } = await givenSales()
    const lines = await linesOf(tenant)
    assert.deepEqual(lines.map(({ kind }) => kind).sort(), [
      ...['payment_approved', 'payment_approved', 'refund'],
    ])
    const whole = lines.find(({ grossMinor }) => grossMinor === 150_00)!
    assert.equal(whole.feeMinor, -1_50)
    assert.equal(whole.chargesMinor, -whole.charges.reduce((sum, one) => sum - one.amountMinor, 0))
    assert.equal(whole.subject?.customer, 'Lívia Ramos')
    assert.equal(whole.subject?.description, 'Whole one')
    const refund = lines.find(({ kind }) => kind === 'refund')!
    assert.equal(refund.grossMinor, -20_00)
    assert.equal(refund.feeMinor, 20)
    const { pendingMinor, availableMinor, reservedMinor } = lines[0].after
    assert.deepEqual([pendingMinor, availableMinor, reservedMinor], await bucketsOf(tenant))
    const net = lines.reduce((sum, line) => {
      return sum + line.grossMinor + line.chargesMinor + line.feeMinor
    }, 0)
    assert.equal(pendingMinor + availableMinor + reservedMinor, net)
  })

  test('shows each movement, what it was of and when it is released', async ({ assert }) => {
    const { tenant, user } = await givenSales()
    const visitor = await loggedIn(user)
    const text = plain(await textOf(visitor.get(pageOf(tenant))))
    for (const words of ['Whole one', 'Lívia Ramos', 'Pagamento recebido', 'Devolução']) {
      assert.include(text, words)
    }
    assert.include(text, 'R$ 150,00')
    assert.include(text, '-R$ 1,50')
    assert.include(text, 'Liberação prevista: ')
  })

  test('is narrowed by kind, part of the balance, store, method and days', async ({ assert }) => {
    const { tenant, user, store } = await givenSales()
    const visitor = await loggedIn(user)
    const today = clock.today(tenant.timeZone)
    const rows = async (query: string) => {
      const text = await textOf(visitor.get(pageOf(tenant, `?${query}`)))
      return text.split('class="cell-movement"').length - 1
    }
    assert.equal(await rows(''), 3)
    assert.equal(await rows('kind=refund'), 1)
    assert.equal(await rows('bucket=pending'), 3)
    assert.equal(await rows('bucket=reserved'), 0)
    assert.equal(await rows(`store=${store.id}`), 2)
    assert.equal(await rows('type=ticket'), 3)
    assert.equal(await rows('type=bank_transfer'), 0)
    assert.equal(await rows(`from=${today}&until=${today}`), 3)
    assert.equal(await rows('until=2020-01-01'), 0)
  })

  test('keeps another store to itself, as if it were no store', async ({ assert }) => {
    const { tenant } = await givenSales()
    const foreign = await givenStore(await givenTenant(), 'Foreign')
    assert.lengthOf(await linesOf(tenant, { storeId: foreign.id }), 0)
  })

  test('comes in pages without a gap, whatever is posted meanwhile', async ({ assert }) => {
    const tenant = await givenTenant()
    for (const minor of [1_00, 2_00, 3_00]) await givenAvailable(tenant, minor)
    const which = { tenantId: tenant.id, currency: tenant.currency, limit: 4 }
    const first = await statement(which)
    await givenAvailable(tenant, 9_00, { paidAt: clock.now() })
    const second = await statement({ ...which, after: first.next! })
    assert.lengthOf(first.lines, 4)
    assert.lengthOf(second.lines, 2)
    const ids = [...first.lines, ...second.lines].map(({ id }) => id)
    assert.equal(new Set(ids).size, 6)
  })

  test('divides days where the tenant lives', async ({ assert }) => {
    // 22:30 of the 9th in Manaus and 23:30 in São Paulo is the 10th in UTC.
    const paidAt = DateTime.fromISO('2026-03-10T02:30:00.000Z', { zone: 'utc' })
    for (const [timeZone, day] of [
      ['America/Manaus', '2026-03-09'],
      ['America/Sao_Paulo', '2026-03-09'],
      ['UTC', '2026-03-10'],
    ]) {
      const { tenant, user } = await givenMember(await givenTenant({ timeZone }), 'owner')
      await givenAvailable(tenant, 77_00, { paidAt })
      const visitor = await loggedIn(user)
      for (const asked of ['2026-03-09', '2026-03-10']) {
        const text = await textOf(visitor.get(pageOf(tenant, `?from=${asked}&until=${asked}`)))
        assert.equal(text.includes('class="cell-movement"'), asked === day, `${timeZone} ${asked}`)
      }
    }
  })

  test('says what the balance was on a past day', async ({ assert }) => {
    const { tenant, user } = await givenMember(await givenTenant(), 'owner')
    for (const [day, minor] of [
      [1, 10_00],
      [5, 25_00],
    ]) {
      const paidAt = DateTime.fromISO(`2026-03-0${day}T15:00:00.000Z`, { zone: 'utc' })
      await givenAvailable(tenant, minor, { paidAt })
    }
    const visitor = await loggedIn(user)
    const at = async (query: string) => plain(await textOf(visitor.get(pageOf(tenant, query))))
    const early = await at('?until=2026-03-04')
    assert.include(early, 'Saldo no fim de 04/03/2026')
    assert.include(early, 'R$ 10,00')
    assert.notInclude(early, 'R$ 35,00')
    const period = await at('?from=2026-03-05&until=2026-03-05')
    assert.include(period, 'Saldo no início de 05/03/2026')
    assert.include(period, 'R$ 35,00')
  })

  test('tells an owner where a payout went', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(100_00)
    const { id } = await givenPayout(tenant, owner, 40_00, 'processing')
    const visitor = await loggedIn(owner)
    const text = plain(await textOf(visitor.get(pageOf(tenant))))
    assert.include(text, 'Repasse solicitado')
    assert.include(text, `/t/${tenant.slug}/payouts/${id}`)
    const [requested] = await linesOf(tenant, { kind: 'payout_requested' })
    assert.equal(requested.change.availableMinor, -40_00)
    assert.equal(requested.change.reservedMinor, 40_00)
    assert.equal(requested.grossMinor, 0)
  })

  test('is not for cashiers, other tenants and nonsense', async ({ assert }) => {
    const tenant = await givenTenant()
    const { user: cashier } = await givenMember(tenant, 'cashier')
    const { user: stranger } = await givenMember(await givenTenant(), 'owner')
    const { user: manager } = await givenMember(tenant, 'manager')
    const [byCashier, byStranger, visitor] = [
      ...[await loggedIn(cashier), await loggedIn(stranger), await loggedIn(manager)],
    ]
    for (const path of ['', '.csv', '/2026-03', '/releases']) {
      assert.equal(await statusOf(byCashier.get(pageOf(tenant, path))), 403, path)
      assert.equal(await statusOf(byStranger.get(pageOf(tenant, path))), 404, path)
      assert.equal(await statusOf(visitor.get(pageOf(tenant, path))), 200, path)
    }
    assert.equal(await statusOf(visitor.get(pageOf(tenant, '/2026-13'))), 404)
    for (const query of ['from=2026-02-31', 'kind=x', 'after=x', 'store=x']) {
      assert.equal(await statusOf(visitor.get(pageOf(tenant, `?${query}`))), 422, query)
    }
  })
})

test.group('The statement as a file', () => {
  test('has every movement, and runs no formula', async ({ assert }) => {
    const { tenant, user } = await givenSales()
    const evil = await givenBoleto(tenant, { description: '=1+1' })
    await simulator.pay(evil.charge.providerPaymentId!)
    await drainWork()
    const visitor = await loggedIn(user)
    const { text, headers } = await visitor.get(pageOf(tenant, '.csv'))
    const rows: Record<string, string>[] = parse(text, { bom: true, delimiter: ';', columns: true })
    assert.match(headers.get('content-type')!, /^text\/csv/)
    assert.lengthOf(rows, 4)
    assert.isTrue(rows.some((row) => row['Cobrança'] === "'=1+1"))
    const refund = rows.find((row) => row['Movimento'] === 'Devolução')!
    assert.equal(refund['Valor'], '-20,00')
    assert.equal(refund['Plataforma'], '0,20')
    const after = ['A liberar depois', 'Disponível depois', 'Reservado depois']
    const shown = after.map((name) => Number(rows[0][name].replace(',', '')))
    assert.deepEqual(shown, await bucketsOf(tenant))
  })

  test('keeps to the filter, and reads on past its first pages', async ({ assert }) => {
    const { tenant, user } = await givenMember(await givenTenant(), 'owner')
    await transaction(async (within) => {
      for (let time = 0; time < 260; time++) await givenAvailable(tenant, 1_00, { within })
    })
    const visitor = await loggedIn(user)
    const lines = async (query: string) => {
      const text = await textOf(visitor.get(pageOf(tenant, `.csv${query}`)))
      return text.trim().split('\r\n').length - 1
    }
    assert.equal(await lines(''), 520)
    assert.equal(await lines('?kind=payment_released'), 260)
  }).timeout(60_000)
})

test.group('A month of the statement', () => {
  test('names both parties, opens, sums up and closes', async ({ assert }) => {
    const { tenant, user } = await givenMember(await givenTenant(), 'owner')
    for (const [at, minor] of [
      ['2026-02-27T15:00:00.000Z', 10_00],
      ['2026-03-01T02:59:00.000Z', 20_00],
      ['2026-03-01T03:00:00.000Z', 30_00],
      ['2026-03-31T15:00:00.000Z', 40_00],
      ['2026-04-01T15:00:00.000Z', 50_00],
    ] as const) {
      await givenAvailable(tenant, minor, { paidAt: DateTime.fromISO(at, { zone: 'utc' }) })
    }
    const platform = { platformName: 'Plataforma S.A.', platformTaxId: '11.222.333/0001-81' }
    const config = await GatewayConfig.current()
    await config.merge(platform).save()
    const visitor = await loggedIn(user)
    const text = plain(await textOf(visitor.get(pageOf(tenant, '/2026-03'))))
    assert.include(text, tenant.legalName)
    assert.include(text, 'Plataforma S.A.')
    assert.include(text, '11.222.333/0001-81')
    // A company's tax id is public: complete.
    assert.include(text.replace(/\D/g, ''), tenant.taxId.replace(/\D/g, ''))
    assert.include(text, 'Saldo no início de 01/03/2026')
    assert.include(text, 'Saldo no fim de 31/03/2026')
    for (const sum of ['R$ 30,00', 'R$ 100,00', 'R$ 70,00']) assert.include(text, sum)
    assert.equal(text.split('class="cell-movement"').length - 1, 4)
  })
})

test.group('The calendar of releases', () => {
  test('adds up what is pending by day, and empties as it is released', async ({ assert }) => {
    const { tenant, user, sales } = await givenSales()
    const [pending] = await bucketsOf(tenant)
    const visitor = await loggedIn(user)
    const text = plain(await textOf(visitor.get(pageOf(tenant, '/releases'))))
    const shown = [...text.matchAll(/R\$ ([\d.,]+)/g)].map(([, digits]) =>
      Number(digits.replace(/\D/g, ''))
    )
    assert.include(shown, pending)
    const { money_release_date: release } = await simulator.payment(
      sales[0].charge.providerPaymentId!
    )
    const day = DateTime.fromISO(release).setZone(tenant.timeZone).toFormat('dd/MM/yyyy')
    assert.include(text, day)
  })
})
